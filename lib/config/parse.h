/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the text of a configuration. */

#ifndef VBR_CONFIG_PARSE_H
#define VBR_CONFIG_PARSE_H

#include "config/item.h"

/* Where a text comes from. */
struct source {
	const char *name; /* of the file, for messages */
	bool has_lists;	  /* a name with a comma may be a list of names */
	bool is_run;	  /* commands that run now: what they set may pass */
};

int parse_items(struct vbr_ctx *ctx, const struct source *source,
		const char *text, size_t len, struct items *items);

#endif
