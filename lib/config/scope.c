/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Which items a comparison may change although no line names them. */

#include "config.h"

#include "config/scope.h"

#include <string.h>

#include "config/state.h"

/* The first item of a kind about a device. */
static bool has_kind(const struct items *items, enum item_kind kind,
		     const char *device)
{
	const struct item first = { .kind = kind, .device = device };
	const struct item *item;

	item = items_at(items, items_position(items, &first));
	return item && item->kind == kind && strcmp(item->device, device) == 0;
}

static bool is_named(const struct items *named, const char *name)
{
	const struct item port = { .kind = ITEM_PORT, .member = name };

	if (items_find(named, &port))
		return true;
	for (int kind = ITEM_BRIDGE; kind <= ITEM_EGRESS; kind++)
		if (kind != ITEM_PORT &&
		    has_kind(named, (enum item_kind)kind, name))
			return true;
	return false;
}

/* No stack of devices is deeper; a file may contain a circle. */
#define DEPTH_MAX 64

/*
 * Whether a VLAN device is on one of the bridges, directly or through other
 * devices.
 */
static bool is_on_bridge(const struct diff *diff, const char *name)
{
	char parent[VBR_NAME_SIZE];

	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		if (!state_parent_of(diff->from, name, parent))
			return false;
		if (state_has_bridge(diff->to, parent))
			return true;
		name = parent;
	}
	return false;
}

bool scope_is_named(const struct diff *diff, const char *name)
{
	char parent[VBR_NAME_SIZE];

	for (int depth = 0; depth < DEPTH_MAX; depth++) {
		if (is_named(diff->named, name))
			return true;
		if (!state_parent_of(diff->to, name, parent))
			return false;
		name = parent;
	}
	return false;
}

bool scope_has(const struct diff *diff, const struct item *item)
{
	switch (diff->what) {
	case DIFF_UNDO:
		return scope_is_named(diff, item->device) ||
		       (item->member && scope_is_named(diff, item->member));
	case DIFF_EXACT:
		if (item->kind >= ITEM_VLAN_DEVICE)
			return is_on_bridge(diff, item->device);
		return item->kind != ITEM_BRIDGE &&
		       state_has_bridge(diff->to, item->device);
	default:
		return false;
	}
}

/* Whether the object of the item is deleted together with another one. */
static bool goes_with(const struct diff *diff, const struct item *item)
{
	const char *bridge;

	if (item->kind >= ITEM_FLAG)
		return !state_vlan_device(diff->to, item->device);
	if (item->kind == ITEM_BRIDGE || item->kind == ITEM_VLAN_DEVICE)
		return false;
	if (!state_has_bridge(diff->to, item->device))
		return true;
	if (!item->member || item->kind == ITEM_PORT ||
	    strcmp(item->device, item->member) == 0)
		return false;
	bridge = state_bridge_of(diff->to, item->member);
	return !bridge || strcmp(bridge, item->device) != 0;
}

bool scope_removes(const struct diff *diff, const struct item *item)
{
	return item->value && items_has(diff->from, item) &&
	       !items_find(diff->to, item) && scope_has(diff, item) &&
	       !goes_with(diff, item);
}
