/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* --confirm: changes that are undone if nobody confirms them. */

#ifndef VBR_BRCTL_CONFIRM_H
#define VBR_BRCTL_CONFIRM_H

#include "commands.h"

/* A command line. */
struct confirmed {
	const struct command *command;
	const struct call *call;
	int (*run)(struct cli *cli, const struct command *command,
		   const struct call *call);
	char *const *words; /* the command and its arguments */
	int count;
};

/* Runs the command with a guard; returns the status. */
int confirm_run(struct cli *cli, const struct confirmed *line);

#endif
