/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options that something has, as text and as JSON: the table is walked. */

#ifndef VBR_CLI_VALUES_H
#define VBR_CLI_VALUES_H

#include <stddef.h>

#include "vbridge.h"

struct cli;
struct json;

/* A bridge, a port, a VLAN device, or a VLAN of a port or of a bridge. */
struct values {
	enum vbr_scope scope;
	const void *of;
};

/* Prints NAME=VALUE lines, each behind "before" where that is not NULL: those
 * named, or all that the kernel sent. The status. */
int values_print(const struct cli *cli, const struct values *values,
		 const char *before, char *const *names, int count);

/* All that the kernel sent, in one row: each with a blank in front. */
int values_print_row(const struct cli *cli, const struct values *values);

/* The same into an object. */
int values_put(const struct cli *cli, const struct values *values,
	       struct json *object, char *const *names, int count);

/* NULL, and has said so with the nearest names, where there is none. */
const struct vbr_option *values_find(const struct cli *cli,
				     enum vbr_scope scope, const char *name);

/* Says what may have been meant: another's option of that name, or the nearest
 * names. */
void values_suggest(const struct cli *cli, enum vbr_scope scope,
		    const char *name);

/* Reads NAME=VALUE words, "count" of them. The status. */
int values_parse(const struct cli *cli, enum vbr_scope scope,
		 char *const *words, int count,
		 struct vbr_setting *ret_settings);

/* As many as a command line may have. */
#define VALUES_MAX 64

#endif
