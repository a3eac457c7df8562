/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The commands of brctl: each takes its arguments and returns the status. */

#ifndef VBR_BRCTL_COMMANDS_H
#define VBR_BRCTL_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/cli.h"
#include "report.h"
#include "vbridge.h"

/* The option that a command sets. */
struct setting {
	const char *option;
	const char *refusal; /* for an invalid value; NULL: our own */
	enum failure failure;
};

struct call {
	const struct setting *setting;
	int argc; /* at least as many as required */
	char **argv;
};

/* Properties of a command. */
enum trait {
	CLASSIC = 1, /* more than "most" arguments are ignored */
	CHANGES = 2,
	MAKES = 4,   /* accepts --may-exist */
	REMOVES = 8, /* accepts --if-exists */
	PRINTS_JSON = 16,
	PRINTS_LONG = 32,
	PRINTS_STATISTICS = 64,
	CHECKS = 128,	  /* has values to check, and uses cli_is_test() */
	RUNS_LINES = 256, /* accepts --keep-going, --test and --atomic */
	OUTSIDE = 512,	  /* cannot be in a batch */
	FILTERS = 1024,	  /* with --long or --json, all arguments count */
	PRINTS_SETTABLE = 2048, /* accepts --settable */
	COMPARES = 16384,	/* accepts --exact */
	FINDS = 8192,		/* accepts --list and --explain */
	ANSWERS = 32768,  /* the exit status 1 is an answer: any failure is 2 */
	UNDOABLE = 65536, /* accepts --confirm */
	WAITS = 131072,	  /* accepts --wait */
	DRAWS = 262144,	  /* accepts --dot, --svg and --check */
	MOVES = 524288,	  /* accepts --force */
	COUNTS = 1048576, /* accepts --interval and --openmetrics */
	FOLLOWS = 2097152,  /* accepts --follow, --live, --send and --count */
	PREDICTS = 4194304, /* accepts --after and --diff */
	PRINTS_TABLE = 8388608, /* of rows with tabs; classic: with --long */
	RESOLVES = 4096,	/* not a command: --resolve replaces one */
};

/* The exit status of a command that ANSWERS, if it could not find out. */
#define EXIT_NO_LOOK 2

#define ANY 1000000

/* A row describes a command completely. */
struct command {
	const char *name;
	int least, most; /* arguments */
	/* NULL: it is help, which needs the table and no kernel. */
	int (*run)(struct cli *cli, const struct call *call);
	unsigned int traits;
	const char *arguments; /* for the usage, and for completion */
	const char *help; /* "": it sets an option, which says what it does */
	struct setting setting;
};

/* The table, classic commands first. NULL beyond its end. */
const struct command *command_at(size_t i);
const struct command *command_find(const char *name);

const char *command_name(size_t i);

/* The names of option scopes. NULL beyond the end. */
const char *scope_name(size_t i);

/* The severity of a finding, in a word. */
const char *severity_name(enum vbr_severity severity);

/* Prints the words that may replace the last one. */
void brctl_complete(struct cli *cli, int count, char **words);

int cmd_addbr(struct cli *cli, const struct call *call);
int cmd_delbr(struct cli *cli, const struct call *call);
int cmd_addbridge(struct cli *cli, const struct call *call);
int cmd_addport(struct cli *cli, const struct call *call);
int cmd_delbridge(struct cli *cli, const struct call *call);
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
int cmd_adopt(struct cli *cli, const struct call *call);
int cmd_release(struct cli *cli, const struct call *call);
int cmd_link(struct cli *cli, const struct call *call);
int cmd_options(struct cli *cli, const struct call *call);
int cmd_addvlan(struct cli *cli, const struct call *call);
int cmd_delvlan(struct cli *cli, const struct call *call);
int cmd_setvlan(struct cli *cli, const struct call *call);
int cmd_stats(struct cli *cli, const struct call *call);
int cmd_tree(struct cli *cli, const struct call *call);
int cmd_trace(struct cli *cli, const struct call *call);
int cmd_reach(struct cli *cli, const struct call *call);
int cmd_why(struct cli *cli, const struct call *call);
int cmd_getvlan(struct cli *cli, const struct call *call);
int cmd_showvlans(struct cli *cli, const struct call *call);
int cmd_addmac(struct cli *cli, const struct call *call);
int cmd_getmac(struct cli *cli, const struct call *call);
int cmd_addvni(struct cli *cli, const struct call *call);
int cmd_delvni(struct cli *cli, const struct call *call);
int cmd_showvnis(struct cli *cli, const struct call *call);
int cmd_delmac(struct cli *cli, const struct call *call);
int cmd_flush(struct cli *cli, const struct call *call);
int cmd_addgroup(struct cli *cli, const struct call *call);
int cmd_delgroup(struct cli *cli, const struct call *call);
int cmd_getgroup(struct cli *cli, const struct call *call);
int cmd_flushgroups(struct cli *cli, const struct call *call);
int cmd_setmst(struct cli *cli, const struct call *call);
int cmd_showmst(struct cli *cli, const struct call *call);
int cmd_showmrp(struct cli *cli, const struct call *call);
int cmd_showcfm(struct cli *cli, const struct call *call);
int cmd_showgroups(struct cli *cli, const struct call *call);
int cmd_nf(struct cli *cli, const struct call *call);
int cmd_setnf(struct cli *cli, const struct call *call);
int cmd_confirm(struct cli *cli, const struct call *call);
int cmd_rollback(struct cli *cli, const struct call *call);
int cmd_batch(struct cli *cli, const struct call *call);
int cmd_check(struct cli *cli, const struct call *call);
int cmd_save(struct cli *cli, const struct call *call);
int cmd_diff(struct cli *cli, const struct call *call);
int cmd_restore(struct cli *cli, const struct call *call);
int cmd_watch(struct cli *cli, const struct call *call);
int cmd_setgcint(struct cli *cli, const struct call *call);
int cmd_resolve(struct cli *cli, const struct call *call);

#endif
