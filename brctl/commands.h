/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands of brctl: each takes its arguments and returns the status. */

#ifndef VBR_BRCTL_COMMANDS_H
#define VBR_BRCTL_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/cli.h"
#include "report.h"

/* What a command that sets one option is about. */
struct setting {
	const char *option;
	const char *refusal; /* of a word that is no value; NULL: our own */
	enum failure failure;
};

struct call {
	const struct setting *setting;
	int argc; /* as many as the command needs, or more */
	char **argv;
};

/* What a command is, besides a classic one. */
enum trait {
	CLASSIC = 1, /* arguments beyond "most" are passed over */
	CHANGES = 2,
	MAKES = 4,   /* --may-exist has a meaning */
	REMOVES = 8, /* --if-exists has one */
	PRINTS_JSON = 16,
	PRINTS_LONG = 32,
	PRINTS_STATISTICS = 64,
};

#define ANY 1000000

/* One row is all of a command. */
struct command {
	const char *name;
	int least, most; /* arguments */
	int (*run)(struct cli *cli, const struct call *call);
	unsigned int traits;
	const char *arguments; /* for the usage, and for completion */
	const char *help;
	struct setting setting;
};

/* The table; the classic ones come first. NULL beyond its end. */
const struct command *command_at(size_t i);
const struct command *command_find(const char *name);

const char *command_name(size_t i);

/* What the options of the kernel belong to. NULL beyond the end. */
const char *scope_name(size_t i);

/* Prints what may stand in place of the last word. */
void brctl_complete(struct cli *cli, int count, char **words);

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

int cmd_set(struct cli *cli, const struct call *call);
int cmd_setport(struct cli *cli, const struct call *call);
int cmd_get(struct cli *cli, const struct call *call);
int cmd_getport(struct cli *cli, const struct call *call);
int cmd_options(struct cli *cli, const struct call *call);
int cmd_addvlan(struct cli *cli, const struct call *call);
int cmd_delvlan(struct cli *cli, const struct call *call);
int cmd_setvlan(struct cli *cli, const struct call *call);
int cmd_showvlans(struct cli *cli, const struct call *call);
int cmd_addmac(struct cli *cli, const struct call *call);
int cmd_delmac(struct cli *cli, const struct call *call);
int cmd_flush(struct cli *cli, const struct call *call);
int cmd_addgroup(struct cli *cli, const struct call *call);
int cmd_delgroup(struct cli *cli, const struct call *call);
int cmd_showgroups(struct cli *cli, const struct call *call);
int cmd_nf(struct cli *cli, const struct call *call);
int cmd_setnf(struct cli *cli, const struct call *call);
int cmd_watch(struct cli *cli, const struct call *call);
int cmd_setgcint(struct cli *cli, const struct call *call);

#endif
