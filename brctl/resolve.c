/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* --resolve: prints the name of a device, for scripts that were given any of
 * its names. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

/* A script needs the name as it is, but a terminal must not obey it. */
int cmd_resolve(struct cli *cli, const struct call *call)
{
	char name[VBR_NAME_SIZE];

	if (vbr_link_resolve(cli->ctx, call->argv[0], NULL, name) < 0)
		return cli_fail(cli);
	if (isatty(STDOUT_FILENO))
		out_name(stdout, name);
	else
		fputs(name, stdout);
	putchar('\n');
	return EXIT_SUCCESS;
}
