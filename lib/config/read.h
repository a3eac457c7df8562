/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the files that read a configuration share. */

#ifndef VBR_CONFIG_READ_H
#define VBR_CONFIG_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "config/item.h"

/* A line of a configuration, as it is read. */
struct reader {
	struct vbr_ctx *ctx;
	struct items *items;
	const char *name; /* of the file */
	bool has_lists;	  /* a name with a comma may be a list of names */
	bool is_run;	  /* commands that run now: what they set may pass */
	unsigned long line;
	const char *place; /* what messages name instead of the line, or NULL */
	const char *const *words; /* after the command; ends with NULL */
	const char *option;	  /* which the command sets, or NULL */
};

/* Fails with a reason; "word" is for its %s. */
int read_fail(struct reader *reader, const char *format, const char *word);

/* The next word; NULL: there is none. */
const char *read_word(struct reader *reader);
/* The word after "name". */
int read_value(struct reader *reader, const char *name, const char **ret_word);
/* "least": 0 or 1. */
int read_vid(struct reader *reader, const char *name, unsigned int least,
	     unsigned int *ret_vid);
/* Refuses a name that a new device cannot have. */
int read_new_name(struct reader *reader, const char *name);
int read_mac(struct reader *reader, const char *word, const char **ret_mac);
/* "name=value": fills the rest of an item, and adds it. */
int read_option(struct reader *reader, const char *word, enum vbr_scope scope,
		struct item *item);
/* The same for a name and a value. */
int read_setting(struct reader *reader, enum vbr_scope scope, const char *name,
		 const char *value, struct item *item);

/* Calls a function for each name of a list with commas, which is a word. */
int read_list(struct reader *reader, const char *word, struct item *item,
	      int (*add)(struct reader *reader, struct item *item));

#endif
