/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The usage of brctl, and its help. */

#ifndef VBR_BRCTL_HELP_H
#define VBR_BRCTL_HELP_H

#include "commands.h"

/* The classic usage, byte for byte. */
void print_usage(void);

/* The usage of one command, as after a wrong number of arguments. */
void print_usage_of(const struct command *command);

/* The classic usage, then what is new; only that is translated. */
void print_help(void);

/* The command "help". */
int help(struct cli *cli, const struct call *call);

/* Says on stderr what an unknown command may stand for, or where help is. */
void suggest(const struct cli *cli, int count, char *const *words);

#endif
