/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Words separated by commas; errors in them are reported. */

#ifndef VBR_CLI_LIST_H
#define VBR_CLI_LIST_H

#include <stddef.h>

#include "cli/cli.h"

struct list {
	size_t count;
	char **words;
	char *text; /* memory of the words */
};

/* Splits a word. Refuses an empty part, and a part that is given twice. Free
 * with list_drop(). Returns the status. */
int list_split(const struct cli *cli, const char *word, struct list *ret_list);

/* Makes room for "count" words and their text. Returns the status. */
int list_new(const struct cli *cli, size_t count, size_t size,
	     struct list *ret_list);

void list_drop(struct list *list);

#endif
