/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A configuration as a list of items, each of which states one fact. */

#include "config.h"

#include "config/item.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- compare -------------------------------------------------------------- */

static int compare_texts(const char *a, const char *b)
{
	if (a == b)
		return 0;
	return strcmp(a ? a : "", b ? b : "");
}

static int compare(const struct item *a, const struct item *b)
{
	int order = (int)a->kind - (int)b->kind;

	/* A device is a port of one bridge. */
	if (order == 0 && a->kind != ITEM_PORT)
		order = compare_texts(a->device, b->device);
	if (order == 0)
		order = compare_texts(a->member, b->member);
	if (order == 0)
		order = (int)a->vid - (int)b->vid;
	return order ? order : compare_texts(a->name, b->name);
}

/* Constants of the hash function FNV-1a. */
#define HASH_FACTOR UINT64_C(0x100000001b3)

/*
 * The position of an item. The key has the first things that compare() looks
 * at: the kind, and seven bytes of a name. It decides nearly always.
 */
struct item_place {
	uint64_t key;
	size_t at;
};

static uint64_t key_of(const struct item *item)
{
	const char *name = item->kind == ITEM_PORT ? item->member
						   : item->device;
	uint64_t key = (uint64_t)item->kind;

	for (size_t i = 0; i < 7; i++) {
		key = key << 8 | (unsigned char)(name ? *name : '\0');
		if (name && *name)
			name++;
	}
	return key;
}

static int compare_keys(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b, void *data)
{
	const struct item_place *one = a, *other = b;
	const struct item *list = data;
	int order = compare_keys(one->key, other->key);

	if (order == 0)
		order = compare(&list[one->at], &list[other->at]);
	if (order == 0)
		order = one->at < other->at ? -1 : 1;
	return order;
}

/* The kernel rounds times to its own timer. */
static bool is_same_number(const struct item *a, const struct item *b)
{
	if (vbr_option_type(a->option) == VBR_OPTION_TICKS &&
	    (a->number + 1 == b->number || b->number + 1 == a->number))
		return true;
	return a->number == b->number;
}

bool item_says_same(const struct item *a, const struct item *b)
{
	if (!a->value || !b->value)
		return a->value == b->value;
	if (a->kind == ITEM_PORT && strcmp(a->device, b->device) != 0)
		return false;
	if (a->option && vbr_option_type(a->option) != VBR_OPTION_DEVICE)
		return is_same_number(a, b);
	return strcmp(a->value, b->value) == 0;
}

/* --- values --------------------------------------------------------------- */

unsigned int item_vlan_flags(const struct item *item)
{
	unsigned int flags = 0;

	if (strncmp(item->value, " pvid", strlen(" pvid")) == 0)
		flags |= VBR_PORT_VLAN_PVID;
	if (strstr(item->value, " untagged"))
		flags |= VBR_PORT_VLAN_UNTAGGED;
	return flags;
}

const char *item_tunnel(const struct item *item)
{
	const char *tunnel = strstr(item->value, " tunnel ");

	return tunnel ? tunnel + strlen(" tunnel ") : NULL;
}

void item_mac(const struct item *item, uint8_t ret_mac[6])
{
	char text[VBR_MAC_TEXT_SIZE];
	size_t len = strnlen(item->name, sizeof(text) - 1);

	memcpy(text, item->name, len);
	text[len] = '\0';
	vbr_parse_mac(text, ret_mac);
}

enum vbr_fdb_state item_entry_state(const struct item *item)
{
	return strncmp(item->value, "local", 5) == 0 ? VBR_FDB_LOCAL
						     : VBR_FDB_STATIC;
}

unsigned int item_entry_flags(const struct item *item)
{
	unsigned int flags = 0;

	if (strstr(item->value, " sticky"))
		flags |= VBR_FDB_STICKY;
	if (strstr(item->value, " activity_notify"))
		flags |= VBR_FDB_NOTIFY;
	if (strstr(item->value, " router"))
		flags |= VBR_FDB_ROUTER;
	return flags;
}

const char *item_parent(const char *value, char *ret_parent)
{
	size_t len = strcspn(value, " ");

	if (len == 0 || len >= VBR_NAME_SIZE)
		return NULL;
	memcpy(ret_parent, value, len);
	ret_parent[len] = '\0';
	return value + len;
}

/* --- make ----------------------------------------------------------------- */

int items_add(struct items *items, const struct item *item)
{
	struct item *list = array_grow(items->list, sizeof(*list), items->count,
				       &items->room);

	if (!list)
		return -ENOMEM;
	items->list = list;
	list[items->count] = *item;
	list[items->count].at = items->count;
	list[items->count].line = items->line;
	items->count++;
	return 0;
}

const char *items_format(struct items *items, const char *format, ...)
{
	va_list list;
	char *text;
	int len;

	va_start(list, format);
	len = vsnprintf(NULL, 0, format, list);
	va_end(list);
	text = len < 0 ? NULL : arena_take(&items->arena, (size_t)len + 1);
	if (!text)
		return NULL;
	va_start(list, format);
	vsnprintf(text, (size_t)len + 1, format, list);
	va_end(list);
	return text;
}

void items_drop(struct items *items)
{
	arena_free(&items->arena);
	free(items->list);
	free(items->sorted);
	free(items->slots);
	*items = (struct items){ 0 };
}

/* --- find ----------------------------------------------------------------- */

/*
 * An item that a device is not a port of one bridge has no effect if the device
 * is a port of another.
 */
static bool is_elsewhere(const struct item *port, const struct item *none)
{
	return port->kind == ITEM_PORT && port->value && !none->value &&
	       strcmp(port->device, none->device) != 0;
}

/*
 * Of several items about one thing, the last one counts. It takes the place of
 * the first one with the same value.
 */
static size_t take_one_each(struct items *items)
{
	const struct item *before = NULL;
	size_t taken = 0;

	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->list[items->sorted[i].at];

		if (before && compare(before, item) == 0) {
			if (item_says_same(before, item) ||
			    is_elsewhere(before, item))
				continue;
			taken--;
		}
		items->sorted[taken++] = items->sorted[i];
		before = item;
	}
	return taken;
}

/* --- the table by hash ---------------------------------------------------- */

static uint64_t hash_text(uint64_t hash, const char *text)
{
	for (; text && *text; text++)
		hash = (hash ^ (unsigned char)*text) * HASH_FACTOR;
	return hash * HASH_FACTOR;
}

/* Includes everything that compare() looks at. */
static uint64_t hash_of(const struct item *item)
{
	uint64_t hash = (uint64_t)item->kind << 16 | item->vid;

	if (item->kind != ITEM_PORT)
		hash = hash_text(hash, item->device);
	hash = hash_text(hash_text(hash, item->member), item->name);
	return hash ^ hash >> 32;
}

/* The place of the item about the same thing, or a free one. */
static uint32_t *find_slot(const struct items *items, const struct item *like)
{
	size_t at = hash_of(like) & items->slot_mask;

	while (items->slots[at] &&
	       compare(&items->list[items->slots[at] - 1], like) != 0)
		at = (at + 1) & items->slot_mask;
	return &items->slots[at];
}

/* At most half of them are used. */
static int fill_slots(struct items *items)
{
	size_t count = 1;

	if (items->count >= UINT32_MAX)
		return -ENOMEM;
	while (count < 2 * (items->sorted_count + 1))
		count *= 2;
	free(items->slots);
	items->slots = calloc(count, sizeof(*items->slots));
	if (!items->slots)
		return -ENOMEM;
	items->slot_mask = count - 1;
	for (size_t i = 0; i < items->sorted_count; i++)
		*find_slot(items,
			   items_at(items, i)) = (uint32_t)items->sorted[i].at +
						 1;
	return 0;
}

int items_sort(struct items *items)
{
	struct item_place *sorted;

	sorted = reallocarray(items->sorted, items->count + 1, sizeof(*sorted));
	if (!sorted)
		return -ENOMEM;
	items->sorted = sorted;
	for (size_t i = 0; i < items->count; i++)
		sorted[i] = (struct item_place){ key_of(&items->list[i]), i };
	qsort_r(sorted, items->count, sizeof(*sorted), compare_places,
		items->list);
	items->sorted_count = take_one_each(items);
	return fill_slots(items);
}

size_t items_position(const struct items *items, const struct item *like)
{
	size_t low = 0, high = items->sorted_count;
	uint64_t key = key_of(like);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct item_place *place = &items->sorted[middle];
		int order = compare_keys(place->key, key);

		if (order == 0)
			order = compare(&items->list[place->at], like);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct item *items_at(const struct items *items, size_t position)
{
	if (position >= items->sorted_count)
		return NULL;
	return &items->list[items->sorted[position].at];
}

const struct item *items_find(const struct items *items,
			      const struct item *like)
{
	uint32_t at = items->slots ? *find_slot(items, like) : 0;

	return at ? &items->list[at - 1] : NULL;
}

bool items_has(const struct items *items, const struct item *item)
{
	return items_find(items, item) == item;
}
