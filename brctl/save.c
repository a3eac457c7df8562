/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* save: prints the commands that make the bridges again. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* The text is a file that must keep its bytes; but a terminal must not obey the
 * name of a device. */
static int print_text(const struct cli *cli, const char *text)
{
	char *copy, *rest, *line;

	if (!isatty(STDOUT_FILENO)) {
		fputs(text, stdout);
		return EXIT_SUCCESS;
	}
	copy = rest = strdup(text);
	if (!copy) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	while ((line = strsep(&rest, "\n")) && (*line || rest)) {
		out_name(stdout, line);
		putchar('\n');
	}
	free(copy);
	return EXIT_SUCCESS;
}

static void print_losses(const struct cli *cli, const char *losses)
{
	for (const char *end; *losses; losses = end + 1) {
		end = strchr(losses, '\n');
		cli_message(cli, _("not saved: %.*s"), (int)(end - losses),
			    losses);
	}
}

int cmd_save(struct cli *cli, const struct call *call)
{
	struct vbr_config *config;
	int status;

	if (vbr_config_capture(cli->ctx, (const char *const *)call->argv,
			       (size_t)call->argc, &config) < 0)
		return cli_fail(cli);
	status = print_text(cli, vbr_config_text(config));
	print_losses(cli, vbr_config_losses(config));
	vbr_config_free(config);
	return status;
}
