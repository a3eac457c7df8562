/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of an object, as text and as JSON. */

#ifndef VBR_CLI_VALUES_H
#define VBR_CLI_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"

struct cli;
struct json;

/* A bridge, a port, a VLAN device, or a VLAN of a port or of a bridge. */
struct values {
	enum vbr_scope scope;
	const void *of;
	bool only_settable; /* print only what can be set */
	/* Begins the lines and messages about this one of several; or NULL. */
	const char *name;
};

/* The value of an option; errors as vbr_bridge_value(). */
int values_get(const struct values *values, const struct vbr_option *option,
	       uint64_t *ret_value);

/* Prints NAME=VALUE lines: the options in "names", or all that the kernel sent.
 * Returns the status. */
int values_print(const struct cli *cli, const struct values *values,
		 char *const *names, int count);

/* Prints all that the kernel sent in one line, each after a blank. */
int values_print_row(const struct cli *cli, const struct values *values);

/* Puts the same into an object. */
int values_put(const struct cli *cli, const struct values *values,
	       struct json *object, char *const *names, int count);

/* Puts one value under the name of its option. */
void values_put_number(const struct cli *cli, const struct vbr_option *option,
		       uint64_t value, struct json *object);

/* Returns NULL, after a message with the nearest names, if there is none. */
const struct vbr_option *values_find(const struct cli *cli,
				     enum vbr_scope scope, const char *name);

/*
 * Whether all these options exist; reports the first one that does not exist.
 * Returns the status.
 */
int values_check_names(const struct cli *cli, enum vbr_scope scope,
		       char *const *names, int count);

/* Says what may have been meant: an option of another scope with that name, or
 * the nearest names. */
void values_suggest(const struct cli *cli, enum vbr_scope scope,
		    const char *name);

/* Parses "count" words NAME=VALUE. Returns the status. */
int values_parse(const struct cli *cli, enum vbr_scope scope,
		 char *const *words, int count,
		 struct vbr_setting *ret_settings);

/* The most options on a command line. */
#define VALUES_MAX 64

#endif
