/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Splits a word at its commas. */

#include "config.h"

#include "cli/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int list_new(const struct cli *cli, size_t count, size_t size,
	     struct list *ret_list)
{
	struct list list = {
		.words = calloc(count + 1, sizeof(*list.words)),
		.text = calloc(1, size + 1),
	};

	if (!list.words || !list.text) {
		list_drop(&list);
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	*ret_list = list;
	return EXIT_SUCCESS;
}

void list_drop(struct list *list)
{
	free(list->words);
	free(list->text);
	*list = (struct list){ 0 };
}

static int check_last(const struct cli *cli, const struct list *list,
		      const char *word)
{
	const char *last = list->words[list->count - 1];

	if (!*last)
		return cli_bad_word(cli, _("\"%s\" has an empty element"),
				    word);
	for (size_t i = 0; i < list->count - 1; i++)
		if (strcmp(list->words[i], last) == 0)
			return cli_bad_word(cli, _("\"%s\" is given twice"),
					    last);
	return EXIT_SUCCESS;
}

int list_split(const struct cli *cli, const char *word, struct list *ret_list)
{
	struct list list;
	size_t most = 1;
	char *rest;

	for (const char *at = word; (at = strchr(at, ',')); at++)
		most++;
	if (list_new(cli, most, strlen(word), &list))
		return EXIT_FAILURE;
	/* A copy, because the word may still be shown. */
	rest = strcpy(list.text, word);
	while (rest) {
		list.words[list.count++] = strsep(&rest, ",");
		if (check_last(cli, &list, word)) {
			list_drop(&list);
			return EXIT_FAILURE;
		}
	}
	*ret_list = list;
	return EXIT_SUCCESS;
}
