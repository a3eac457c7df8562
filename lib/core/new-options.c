/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares what a kernel reports about a device with the option table. */

#include "config.h"

#include "core/new-options.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/link.h"
#include "wire/option.h"

struct list {
	char *text;
	size_t len, size;
};

static void add(struct list *list, const char *name)
{
	size_t room = list->size - list->len;
	int len = snprintf(list->text + list->len, room, "%s%s",
			   list->len ? ", " : "", name);

	if ((size_t)len < room)
		list->len += (size_t)len;
	else
		list->text[list->len] = '\0';
}

/* "6.18" is 0x0612. */
static unsigned int release_of(const char *since)
{
	char *end;
	unsigned long major = strtoul(since, &end, 10);

	return (unsigned int)(major << 8 |
			      (*end ? strtoul(end + 1, NULL, 10) : 0));
}

/* Attributes are numbered in the order in which kernels got them. */
static unsigned int last_known(const struct option_table *table)
{
	unsigned int last = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct vbr_option *row = &table->rows[i];
		unsigned int attr = row->nest ? row->nest : row->attr;

		if (attr > last)
			last = attr;
	}
	return last;
}

static void add_unknown(struct attr_span span, const struct option_table *table,
			struct list *list)
{
	unsigned int last = last_known(table);
	const struct nlattr *attr;
	char name[24];

	while ((attr = attr_take(&span))) {
		if (mnl_attr_get_type(attr) <= last)
			continue;
		snprintf(name, sizeof(name), "attribute %u",
			 mnl_attr_get_type(attr));
		add(list, name);
	}
}

void new_options_list(const struct link_copy *link, enum vbr_scope scope,
		      unsigned int kernel, char *ret_text, size_t size)
{
	const struct option_table *table = option_table(scope);
	struct list list = { ret_text, 0, size };

	*ret_text = '\0';
	for (size_t i = 0; i < table->count; i++) {
		const struct vbr_option *row = &table->rows[i];
		int rc;

		if (release_of(row->since) > kernel &&
		    option_attr(link->options, row, &rc))
			add(&list, row->name);
	}
	add_unknown(link->options, table, &list);
}
