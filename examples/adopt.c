/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* adopt BRIDGE DEVICE SECONDS: moves a NIC into a bridge with its addresses. All is
 * undone after some seconds, unless Enter is pressed: if the connection to this
 * machine is lost, it comes back. */

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <vbridge.h>

static int complain(const struct vbr_ctx *ctx, int error)
{
	return fprintf(stderr, "adopt: %s\n", vbr_ctx_error(ctx)), error;
}

static void print_note(void *data, enum vbr_move_note kind, const char *text)
{
	(void)data;
	fprintf(stderr, "adopt: %s%s\n",
		kind == VBR_MOVE_BREAKS ? "this breaks: " : "", text);
}

/* The guard outlives this program. */
static void start_guard(struct vbr_guard *guard)
{
	if (fork() != 0)
		return;
	setsid();
	vbr_guard_serve(guard);
	_exit(0);
}

/* Either Enter is pressed, or the guard ends. */
static int wait_for_enter(struct vbr_ctx *ctx, struct vbr_guard *guard)
{
	struct pollfd ready[2] = { { STDIN_FILENO, POLLIN, 0 },
				   { vbr_guard_fd(guard), POLLIN, 0 } };

	poll(ready, 2, -1);
	return ready[1].revents ? vbr_guard_result(guard)
				: vbr_guard_confirm(ctx);
}

static int adopt(struct vbr_ctx *ctx, char **words)
{
	const struct vbr_move_options options = { 0, print_note, NULL, 0 };
	struct vbr_guard *guard;
	int rc = vbr_guard_new(ctx, (unsigned int)atoi(words[3]), "adopt",
			       &guard);

	if (rc < 0)
		return complain(ctx, rc);
	start_guard(guard);
	rc = vbr_adopt(ctx, words[1], words[2], &options);
	if (rc == 0 && (rc = vbr_guard_made(guard)) == 0)
		rc = wait_for_enter(ctx, guard);
	if (rc < 0)
		complain(ctx, rc);
	/* Before vbr_guard_made(), this also undoes what was begun. */
	vbr_guard_free(guard);
	return rc;
}

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	int rc;

	if (argc != 4)
		return fputs("usage: adopt BRIDGE DEVICE SECONDS\n", stderr), 2;
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return perror("adopt"), 1;
	rc = adopt(ctx, argv);
	vbr_ctx_unref(ctx);
	return rc < 0;
}
