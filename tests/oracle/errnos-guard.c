/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each errno that the header documents for guards, and for undoing a change. */

#include "oracle/oracle.h"

#include <stddef.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "oracle/guards.h"
#include "unit/errnos.h"

#define FOLDER "/run/vbridge"

static struct vbr_guard *begin(struct vbr_ctx *ctx)
{
	struct vbr_guard *guard;

	assert_int_equal(vbr_guard_new(ctx, 60, "a change", &guard), 0);
	assert_int_equal(vbr_guard_journal_error(guard), 0);
	start_guard(guard);
	return guard;
}

/* Skips the test if this kernel has no name for a network namespace. */
static void needs_journal(struct vbr_ctx *ctx)
{
	struct vbr_guard *guard;

	if (has_netns_cookie())
		return;
	assert_int_equal(vbr_guard_new(ctx, 60, "a change", &guard), 0);
	GIVES(ENOTUNIQ, vbr_guard_journal_error(guard));
	vbr_guard_free(guard);
	errnos_end();
	print_message("# this kernel is older than Linux 5.14\n");
	skip();
}

static void guards(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx = o->ctx;
	struct vbr_guard *guard, *second;
	struct vbr_config *left;

	needs_journal(ctx);
	GIVES(EINVAL, vbr_guard_new(ctx, 0, "a change", &guard));
	GIVES(EINVAL, vbr_guard_new(ctx, VBR_GUARD_SECONDS_MAX + 1, "a change",
				    &guard));
	GIVES(ENOENT, vbr_guard_confirm(ctx));
	GIVES(ENOENT, vbr_guard_rollback(ctx, &left));
	guard = begin(ctx);
	GIVES(EBUSY, vbr_guard_new(ctx, 60, "another", &second));
	GIVES(EAGAIN, vbr_guard_confirm(ctx));
	GIVES(EAGAIN, vbr_guard_rollback(ctx, &left));
	assert_int_equal(vbr_guard_made(guard), 0);
	assert_int_equal(seteuid(65534), 0);
	GIVES(EPERM, vbr_guard_confirm(ctx));
	GIVES(EPERM, vbr_guard_rollback(ctx, &left));
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(vbr_guard_confirm(ctx), 0);
	GIVES(ECONNRESET, vbr_guard_made(guard));
	GIVES(ECONNRESET, vbr_guard_undo(guard, &left));
	end_guard(guard);
	errnos_end();
}

static void results(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx = o->ctx;
	struct vbr_guard *guard;

	needs_journal(ctx);
	assert_int_equal(vbr_guard_new(ctx, 1, "a change", &guard), 0);
	start_guard(guard);
	assert_int_equal(vbr_guard_made(guard), 0);
	GIVES(ECANCELED, vbr_guard_result(guard));
	GIVES(ECONNRESET, vbr_guard_result(guard));
	end_guard(guard);
	guard = begin(ctx);
	assert_int_equal(vbr_guard_made(guard), 0);
	assert_int_equal(vbr_guard_confirm(ctx), 0);
	assert_int_equal(vbr_guard_result(guard), 0);
	end_guard(guard);
	errnos_end();
}

static void spoil_journal(void)
{
	assert_int_equal(system("for f in " FOLDER "/*; do : > \"$f\"; done"),
			 0);
}

/* Takes the socket name of guards, like a process that undoes a change. */
static int take_name(void)
{
	static const struct sockaddr_un address = {
		.sun_family = AF_UNIX,
		.sun_path = "\0vbridge-guard",
	};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (const struct sockaddr *)&address,
			      offsetof(struct sockaddr_un, sun_path) +
				      sizeof("\0vbridge-guard") - 1),
			 0);
	return fd;
}

static void journals(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx = o->ctx;
	struct vbr_config *before, *left;
	struct vbr_guard *guard;
	int door;

	needs_journal(ctx);
	assert_int_equal(vbr_config_capture_whole(ctx, &before), 0);
	guard = begin(ctx);
	GIVES(EBUSY, vbr_guard_record(ctx, "a change", before));
	end_guard(guard);
	assert_int_equal(vbr_guard_record(ctx, "a change", before), 0);
	door = take_name();
	GIVES(EBUSY, vbr_guard_rollback(ctx, &left));
	close(door);
	spoil_journal();
	GIVES(EBADMSG, vbr_guard_rollback(ctx, &left));
	assert_int_equal(chmod(FOLDER, 0777), 0);
	GIVES(EPERM, vbr_guard_record(ctx, "a change", before));
	GIVES(EPERM, vbr_guard_rollback(ctx, &left));
	assert_int_equal(vbr_guard_new(ctx, 60, "a change", &guard), 0);
	GIVES(EPERM, vbr_guard_journal_error(guard));
	vbr_guard_free(guard);
	assert_int_equal(chmod(FOLDER, 0700), 0);
	vbr_config_free(before);
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("guards give each errno", guards),
		ORACLE_TEST("ends of guards give each errno", results),
		ORACLE_TEST("journals give each errno", journals),
	};

	return run_all(tests);
}
