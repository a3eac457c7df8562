/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Finds limits of multicast groups that are raised. The kernel refuses groups
 * above a limit, and with hash_max it even turns multicast_snooping off then; but
 * it keeps groups that are there when a limit is lowered.
 */

#include "config.h"

#include "config/limits.h"

#include <string.h>

static bool is_of_bridge(const struct item *item)
{
	return item->kind == ITEM_OPTION && strcmp(item->name, "hash_max") == 0;
}

static bool is_of_port(const struct item *item)
{
	return (item->kind == ITEM_PORT_OPTION ||
		item->kind == ITEM_VLAN_OPTION) &&
	       strcmp(item->name, "mcast_max_groups") == 0;
}

/* Of a port, 0 means that there is no limit. */
static uint64_t highest(const struct item *item, uint64_t value)
{
	return is_of_port(item) && value == 0 ? UINT64_MAX : value;
}

bool limit_is_raised(const struct items *from, const struct item *item)
{
	const struct item *was;
	uint64_t value;

	if (!item->value || !(is_of_bridge(item) || is_of_port(item)))
		return false;
	was = items_find(from, item);
	if (was)
		value = was->number;
	else if (!vbr_option_initial(item->option, &value))
		return false;
	return highest(item, item->number) > highest(item, value);
}
