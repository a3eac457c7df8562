/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints configurations. */

#include "config.h"

#include "config-text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/out.h"
#include "cli/cli.h"
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

int config_print(const struct cli *cli, const struct vbr_config *config)
{
	return print_text(cli, vbr_config_text(config));
}

void config_print_losses(const struct cli *cli, const struct vbr_config *config,
			 const char *format)
{
	cli_message_lines(cli, format, vbr_config_losses(config));
}
