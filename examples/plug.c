/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* plug BRIDGE DEVICE COMMAND...: attaches the device of a virtual machine to a
 * bridge, completely or not at all, and starts the machine with COMMAND. If that
 * fails, the device is detached again. */

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vbridge.h>

/* Applies all lines. If the kernel refuses one, all is as before. */
static int apply(struct vbr_ctx *ctx, const char *lines)
{
	struct vbr_config *config = NULL;
	int rc = vbr_config_parse(ctx, "plug", lines, strlen(lines), &config);

	/* Whoever makes the device may still be at it. */
	if (rc == 0)
		rc = vbr_config_wait(ctx, config, 1000);
	if (rc == 0)
		rc = vbr_config_restore(ctx, config, 0, NULL);
	if (rc < 0)
		fprintf(stderr, "plug: %s\n", vbr_ctx_error(ctx));
	vbr_config_free(config);
	return rc;
}

static int run(char **command)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return -1;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int plug(struct vbr_ctx *ctx, const char *bridge, const char *device,
		char **command)
{
	char lines[512];

	/* The port has its options before it forwards anything. */
	snprintf(lines, sizeof(lines),
		 "brctl addif '%s' '%s'\nbrctl link '%s' up\n"
		 "brctl setport '%s' '%s' isolated=on bpdu_guard=on\n",
		 bridge, device, device, bridge, device);
	if (apply(ctx, lines) < 0)
		return -1;
	if (run(command) == 0)
		return 0;
	fprintf(stderr, "plug: \"%s\" has failed\n", command[0]);
	snprintf(lines, sizeof(lines),
		 "brctl link '%s' down\nbrctl delif '%s' '%s'\n", device,
		 bridge, device);
	apply(ctx, lines);
	return -1;
}

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	int rc;

	/* Names are quoted in the lines. */
	if (argc < 4 || strpbrk(argv[1], "'\n") || strpbrk(argv[2], "'\n"))
		return 1;
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	rc = plug(ctx, argv[1], argv[2], argv + 3);
	vbr_ctx_unref(ctx);
	return rc < 0;
}
