/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands of brctl: each takes its arguments and returns the status. */

#ifndef VBR_BRCTL_BRCTL_H
#define VBR_BRCTL_BRCTL_H

#include "cli/cli.h"
#include "report.h"

/* What a command that sets one option is about. */
struct setting {
	char option[16];
	char refusal[32];	/* of a word that is no value */
	enum failure failure;
};

struct call {
	const struct setting *setting;
	int argc;		/* as many as the command needs, or more */
	char **argv;
};

int cmd_addbr(struct cli *cli, const struct call *call);
int cmd_delbr(struct cli *cli, const struct call *call);
int cmd_addif(struct cli *cli, const struct call *call);
int cmd_delif(struct cli *cli, const struct call *call);
int cmd_set_bridge(struct cli *cli, const struct call *call);
int cmd_set_port(struct cli *cli, const struct call *call);
int cmd_stp(struct cli *cli, const struct call *call);
int cmd_show(struct cli *cli, const struct call *call);
int cmd_showmacs(struct cli *cli, const struct call *call);
int cmd_showstp(struct cli *cli, const struct call *call);

#endif
