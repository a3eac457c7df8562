/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Writes the options whose values differ from those of a new bridge, port or
 * VLAN.
 */

#ifndef VBR_CONFIG_OPTIONS_H
#define VBR_CONFIG_OPTIONS_H

#include <stdbool.h>

#include "config/save.h"

/* The limit comes after the groups: those above it stay when it is set. */
bool save_is_limit(const char *option);

struct save_options {
	enum vbr_scope scope;
	const void *object; /* a bridge, a port or a VLAN of a port */
	bool (*is_wanted)(const char *option); /* NULL: all of them */
};

/* "set" or another command, with the options; nothing if there are none. */
int save_put_options(struct save *save, const struct save_options *options,
		     const char *command, const char *bridge,
		     const char *member, const char *vids);

#endif
