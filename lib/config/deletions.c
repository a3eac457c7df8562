/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Collects devices that are deleted together. */

#include "config.h"

#include "config/deletions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "config/item.h"
#include "config/parse.h"

static size_t line_length(const char *text)
{
	size_t len = strcspn(text, "\n");

	return len + (text[len] == '\n');
}

static bool begins(const char *text, const char *command)
{
	return strncmp(text, command, strlen(command)) == 0;
}

/* The length of the lines that may delete a device. A bridge is set down in the
 * line before. */
static size_t lines_length(const char *text)
{
	size_t len = line_length(text);

	if (begins(text, "vconfig rem "))
		return len;
	if (!begins(text, "brctl link ") || !begins(text + len, "brctl delbr "))
		return 0;
	return len + line_length(text + len);
}

/* NULL: the lines delete none. */
static const struct item *find_deleted(const struct items *items)
{
	const struct item *item = items->list;

	if (items->count == 1 && item->kind == ITEM_VLAN_DEVICE && !item->value)
		return item;
	if (items->count != 2 || item->kind != ITEM_LINK ||
	    strcmp(item->value, "down") != 0 || item[1].kind != ITEM_BRIDGE ||
	    item[1].value || strcmp(item->device, item[1].device) != 0)
		return NULL;
	return item + 1;
}

static bool add(struct deletions *deletions, const struct item *item)
{
	struct link_member *members;

	if (!item || name_is_long(item->device))
		return false;
	members = array_grow(deletions->members, sizeof(*members),
			     deletions->count, &deletions->room);
	if (!members)
		return false;
	deletions->members = members;
	members += deletions->count++;
	*members = (struct link_member){ .is_bridge = item->kind ==
						      ITEM_BRIDGE };
	strcpy(members->name, item->device);
	return true;
}

size_t deletions_take(struct vbr_ctx *ctx, struct deletions *deletions,
		      const char *text)
{
	static const struct source source = { "plan", false };
	size_t len = lines_length(text);
	struct items items = { 0 };

	if (len && (parse_items(ctx, &source, text, len, &items) < 0 ||
		    !add(deletions, find_deleted(&items))))
		len = 0;
	items_drop(&items);
	if (len && !deletions->first)
		deletions->first = text;
	if (len)
		deletions->end = text + len;
	return len;
}

int deletions_run(struct vbr_ctx *ctx, struct deletions *deletions)
{
	size_t count = deletions->count;

	deletions->count = 0;
	/* For one device, this takes more requests, and checks less. */
	if (count < 2)
		return -EINVAL;
	return link_group_delete(ctx, deletions->members, count);
}

void deletions_drop(struct deletions *deletions)
{
	free(deletions->members);
}
