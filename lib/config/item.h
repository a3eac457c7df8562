/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A configuration as a list of items, each of which states one fact. */

#ifndef VBR_CONFIG_ITEM_H
#define VBR_CONFIG_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "vbridge.h"

enum item_kind {
	ITEM_BRIDGE,
	ITEM_OPTION,
	ITEM_LINK, /* "name" is state, mtu or address */
	ITEM_PORT,
	ITEM_PORT_OPTION,
	ITEM_VLAN, /* the value is its flags and its tunnel id */
	ITEM_VLAN_OPTION,
	ITEM_MAC, /* "name" is the MAC address, with its destination if the entry
		       is one of a VXLAN device; the value is its state and
		       flags */
	ITEM_GROUP, /* "name" is the group, with its source if it has one */
	ITEM_VLAN_DEVICE, /* the value is its parent, VLAN and protocol */
	ITEM_FLAG,
	ITEM_INGRESS, /* "name" is the priority of the tag */
	ITEM_EGRESS,  /* "name" is the priority of the packet */
};

/* Two items of which all but "value", "number" and "at" is the same are about
 * the same thing; the bridge of an ITEM_PORT does not count. */
struct item {
	enum item_kind kind;
	const char *device; /* a bridge; or a device of the last four kinds */
	const char *member; /* a port of the bridge, or the bridge itself */
	unsigned int vid;   /* 0: none */
	const char *name;
	const char *value; /* as the command takes it; NULL: it is not there */
	uint64_t number;   /* the value of an option that has no text */
	const struct vbr_option *option;
	bool is_implicit;   /* added by the kernel, and not by a line */
	bool is_put;	    /* the plan has it already */
	bool replaces;	    /* an ITEM_GROUP that exists with another value */
	size_t at;	    /* its position */
	unsigned long line; /* of the text; 0: another format, or none */
};

/* Zeroed items are empty. */
struct items {
	struct arena arena; /* of the texts */
	struct item *list;
	unsigned long line; /* of the items that are added */
	size_t count, room;
	struct item_place *sorted; /* one for each thing */
	size_t sorted_count;
	uint32_t *slots; /* positions and 1, by a hash of the thing; or NULL */
	size_t slot_mask;
};

/* The texts must live as long as the items, for example in their arena. */
int items_add(struct items *items, const struct item *item);
/* NULL: no memory. */
const char *items_format(struct items *items, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void items_drop(struct items *items);

/*
 * Ends the list. Of several items about one thing, the last one counts; if
 * consecutive ones have the same value, it takes the place of the first of
 * these.
 */
int items_sort(struct items *items);
/* The item about the same thing, or NULL. */
const struct item *items_find(const struct items *items,
			      const struct item *like);
/* The place in "sorted" of the item, or of the first one after it. */
size_t items_position(const struct items *items, const struct item *like);
/* NULL: there are no more. */
const struct item *items_at(const struct items *items, size_t position);
/* Whether it counts. */
bool items_has(const struct items *items, const struct item *item);

bool item_says_same(const struct item *a, const struct item *b);

/* Of an ITEM_VLAN that has a value: its flags, and what follows " tunnel " or
 * NULL. */
unsigned int item_vlan_flags(const struct item *item);
const char *item_tunnel(const struct item *item);

/* Of an ITEM_MAC; the last two if it has a value. */
void item_mac(const struct item *item, uint8_t ret_mac[6]);
enum vbr_fdb_state item_entry_state(const struct item *item);
unsigned int item_entry_flags(const struct item *item);

/* Of the value of an ITEM_VLAN_DEVICE: the name of its parent, of VBR_NAME_SIZE
 * bytes. Returns the rest, which begins with a blank; NULL: it has no name. */
const char *item_parent(const char *value, char *ret_parent);

#endif
