/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands of vconfig: each takes its arguments and returns the status. */

#ifndef VBR_VCONFIG_VCONFIG_H
#define VBR_VCONFIG_VCONFIG_H

#include <stdint.h>

#include "cli/cli.h"

struct call {
	int argc;		/* behind the command's name */
	char **argv;
};

/* The statuses that vconfig has always exited with; cli_refuse()'s is the
 * first. */
enum status {
	STATUS_REFUSED = 1,
	STATUS_ADD = 3,
	STATUS_REM = 4,
	STATUS_UNKNOWN = 5,
	STATUS_EGRESS = 5,
	STATUS_INGRESS = 6,
	STATUS_FLAG = 7,
	STATUS_NAME_TYPE = 8,
};

int cmd_add(struct cli *cli, const struct call *call);
int cmd_rem(struct cli *cli, const struct call *call);
int cmd_set_egress_map(struct cli *cli, const struct call *call);
int cmd_set_flag(struct cli *cli, const struct call *call);
int cmd_set_ingress_map(struct cli *cli, const struct call *call);
int cmd_set_name_type(struct cli *cli, const struct call *call);
int cmd_show(struct cli *cli, const struct call *call);

void print_usage(void);

/* Says that the words, the command's name among them, are too few or too
 * many, as vconfig always counted them; the status to return. */
int refuse_count(int count);

#endif
