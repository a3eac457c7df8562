/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands of vconfig: each takes its arguments and returns the status. */

#ifndef VBR_VCONFIG_VCONFIG_H
#define VBR_VCONFIG_VCONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/cli.h"

struct call {
	int argc; /* behind the command's name */
	char **argv;
};

struct command {
	char name[16];
	int least, most; /* arguments */
	bool is_classic;
	bool begins_with_device;
	char options[8]; /* that mean something to it, by their letter */
	int (*run)(struct cli *cli, const struct call *call);
	char arguments[72]; /* for the usage, and for completion */
};

/* The table. NULL beyond its end. */
const struct command *command_at(size_t i);
const struct command *command_find(const char *name);

/* The options without a value. NULL beyond their end. */
struct option_name {
	char letter;
	char name[12];
};

const struct option_name *option_at(size_t i);

/* Where it is kept that one was given. */
bool *option_of(struct cli *cli, char letter);

/* Whether the word behind this one is a namespace. */
bool is_netns(const char *word);

/* Takes the options that the words begin with; how many words that were. */
int take_options(struct cli *cli, int count, char **words);

/* Prints what may stand in place of the last word. */
void vconfig_complete(struct cli *cli, int count, char **words);

/* The words for how VLAN devices are named. NULL beyond their end. */
const char *name_type_at(size_t i);

/* The statuses that vconfig has always exited with; cli_fail()'s is the
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
	/* What a command returns for main to print the usage. */
	WRONG_COUNT = -1,
	WRONG_NAME_TYPE = -2,
};

int cmd_add(struct cli *cli, const struct call *call);
int cmd_rem(struct cli *cli, const struct call *call);
int cmd_set_egress_map(struct cli *cli, const struct call *call);
int cmd_set_flag(struct cli *cli, const struct call *call);
int cmd_set_ingress_map(struct cli *cli, const struct call *call);
int cmd_set_name_type(struct cli *cli, const struct call *call);
int cmd_show(struct cli *cli, const struct call *call);

/* Whether there is such a VLAN device: 0, or a negative errno. */
int find_device(const struct cli *cli, const char *device);

#endif
