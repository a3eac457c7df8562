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
	int argc; /* after the name of the command */
	char **argv;
};

struct command {
	char name[16];
	int least, most; /* arguments; classic commands ignore more */
	bool is_classic;
	bool begins_with_device;
	bool has_values; /* to check; heeds cli_is_test() */
	char options[8]; /* letters of the options that it accepts */
	/* NULL: it is help, which needs the table and no kernel. */
	int (*run)(struct cli *cli, const struct call *call);
	char arguments[72]; /* for the usage, and for completion */
	char help[48];
};

/* The table. NULL beyond its end. */
const struct command *vconfig_command_at(size_t i);
const struct command *vconfig_command_find(const char *name);

/* The options without a value. NULL beyond their end. */
struct option_name {
	char letter;
	char name[12];
};

const struct option_name *option_at(size_t i);

/* Where a given option is stored. */
bool *option_of(struct cli *cli, char letter);

/* Reads a decimal number as vconfig does: blanks and a sign may precede it. False
 * if anything else is in the word, which vconfig ignored. A number outside the
 * type's range becomes the limit. */
bool parse_decimal(const char *word, int64_t *ret_number);

/* Whether the word after "word" is a namespace. */
bool is_netns(const char *word);

/* Takes the options at the beginning; returns the number of their words. */
int take_options(struct cli *cli, int count, char **words);

/* Prints the words that may replace the last one. */
void vconfig_complete(struct cli *cli, int count, char **words);

/* The words for the naming of VLAN devices. NULL beyond the end. */
const char *name_type_at(size_t i);

/* The names of flags, as show prints them. NULL beyond the end. */
const char *vconfig_flag_at(size_t i, uint32_t *ret_flag);

/* The exit statuses of vconfig; cli_fail() returns the first one. */
enum status {
	STATUS_REFUSED = 1,
	STATUS_ADD = 3,
	STATUS_REM = 4,
	STATUS_UNKNOWN = 5,
	STATUS_EGRESS = 5,
	STATUS_INGRESS = 6,
	STATUS_FLAG = 7,
	STATUS_NAME_TYPE = 8,
	/* A command returns these to have the usage printed. */
	WRONG_COUNT = -1,
	WRONG_NAME_TYPE = -2,
};

int vconfig_batch(struct cli *cli, const struct call *call);
int vconfig_add(struct cli *cli, const struct call *call);
int vconfig_rem(struct cli *cli, const struct call *call);
int vconfig_set_egress_map(struct cli *cli, const struct call *call);
int vconfig_set_flag(struct cli *cli, const struct call *call);
int vconfig_set_ingress_map(struct cli *cli, const struct call *call);
int vconfig_set_name_type(struct cli *cli, const struct call *call);
int vconfig_show(struct cli *cli, const struct call *call);

/* Says why a command was refused, and what to do. "device" may be NULL. */
void vconfig_explain(const struct cli *cli, enum status status, int error,
		     const char *device);

/* Whether this VLAN device exists: 0, or a negative errno. */
int find_device(const struct cli *cli, const char *device);

#endif
