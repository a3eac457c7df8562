/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Answers questions about the state after all lines of a configuration. */

#include "config.h"

#include "config/state.h"

#include <errno.h>
#include <string.h>

/* The values of a new bridge. */
#define DEFAULT_PVID 1

static const char *value_of(const struct items *items, const struct item *like)
{
	const struct item *found = items_find(items, like);

	return found ? found->value : NULL;
}

bool state_denies(const struct items *items, const struct item *like)
{
	const struct item *found = items_find(items, like);

	return found && !found->value;
}

bool state_has_bridge(const struct items *items, const char *name)
{
	struct item like = { .kind = ITEM_BRIDGE, .device = name };

	return value_of(items, &like);
}

const char *state_bridge_of(const struct items *items, const char *port)
{
	struct item like = { .kind = ITEM_PORT, .member = port };
	const struct item *found = items_find(items, &like);

	return found && found->value ? found->device : NULL;
}

const char *state_vlan_device(const struct items *items, const char *name)
{
	struct item like = { .kind = ITEM_VLAN_DEVICE, .device = name };

	return value_of(items, &like);
}

bool state_parent_of(const struct items *items, const char *name,
		     char *ret_parent)
{
	const char *value = state_vlan_device(items, name);

	return value && item_parent(value, ret_parent);
}

uint64_t state_option(const struct items *items, const char *bridge,
		      const char *option, uint64_t otherwise)
{
	struct item like = { .kind = ITEM_OPTION,
			     .device = bridge,
			     .name = option };
	const struct item *found = items_find(items, &like);

	return found && found->value ? found->number : otherwise;
}

bool state_is_up(const struct items *items, const char *device)
{
	struct item like = { .kind = ITEM_LINK,
			     .device = device,
			     .name = "state" };
	const char *value = value_of(items, &like);

	return value && strcmp(value, "up") == 0;
}

/* --- FDB ------------------------------------------------------------------ */

static bool is_in_vlan(const struct items *items, const struct item *item)
{
	struct item like = { .kind = ITEM_VLAN,
			     .device = item->device,
			     .member = item->member,
			     .vid = item->vid };

	return value_of(items, &like);
}

const char *state_mac(const struct items *items, const struct item *item)
{
	const struct item *found = items_find(items, item);
	struct item without = *item;

	if (found || !item->vid)
		return found ? found->value : NULL;
	without.vid = 0;
	return is_in_vlan(items, item) ? value_of(items, &without) : NULL;
}

/* --- ports ---------------------------------------------------------------- */

/* The position of the first item of a kind and a member. */
static size_t first_of(const struct items *items, enum item_kind kind,
		       const char *device, const char *member)
{
	struct item like = { .kind = kind, .device = device, .member = member };

	return items_position(items, &like);
}

static bool is_of(const struct item *item, enum item_kind kind,
		  const char *device, const char *member)
{
	return item->kind == kind && strcmp(item->device, device) == 0 &&
	       strcmp(item->member, member) == 0;
}

static bool has_any(const struct items *items, enum item_kind kind,
		    const struct item *port)
{
	const struct item *item;

	item = items_at(items,
			first_of(items, kind, port->device, port->member));
	return item && is_of(item, kind, port->device, port->member);
}

bool state_has_settings(const struct items *items, const struct item *port)
{
	return has_any(items, ITEM_PORT_OPTION, port) ||
	       has_any(items, ITEM_VLAN, port) ||
	       has_any(items, ITEM_VLAN_OPTION, port);
}

/* --- VLANs ---------------------------------------------------------------- */

static bool has_pvid(const struct items *items, const char *device,
		     const char *member)
{
	size_t at = first_of(items, ITEM_VLAN, device, member);
	const struct item *item;

	while ((item = items_at(items, at++)) &&
	       is_of(item, ITEM_VLAN, device, member))
		if (item->value && item_vlan_flags(item) & VBR_PORT_VLAN_PVID)
			return true;
	return false;
}

static int add_implicit(struct items *items, const char *device,
			const char *member)
{
	uint64_t vid = state_option(items, device, "default_pvid",
				    DEFAULT_PVID);
	struct item item = {
		.kind = ITEM_VLAN,
		.device = device,
		.member = member,
		.vid = (unsigned int)vid,
		.value = " pvid untagged",
		.is_implicit = true,
	};

	if (vid == 0 || items_find(items, &item))
		return 0;
	if (has_pvid(items, device, member))
		item.value = " untagged";
	return items_add(items, &item);
}

int state_add_implicit(struct items *items)
{
	size_t count = items->count;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		const struct item item = items->list[i];

		if (!item.value || !items_has(items, &items->list[i]))
			continue;
		if (item.kind == ITEM_BRIDGE)
			rc = add_implicit(items, item.device, item.device);
		else if (item.kind == ITEM_PORT)
			rc = add_implicit(items, item.device, item.member);
	}
	return rc < 0 ? rc : items_sort(items);
}
