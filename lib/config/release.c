/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Removes the ports of a bridge from their VLANs, and restores the VLANs
 * afterwards. While a port is in a VLAN, the kernel refuses to change two
 * options of the bridge (EBUSY).
 */

#include "config.h"

#include "config/release.h"

#include <string.h>

#include "config/scope.h"
#include "config/state.h"

bool release_is_needed(const struct item *item)
{
	return item->kind == ITEM_OPTION &&
	       (strcmp(item->name, "mst_enabled") == 0 ||
		strcmp(item->name, "vlan_stats_per_port") == 0);
}

/* Whether a line has taken the port out of the bridge, or deleted it: such lines
 * come before the change, and all others after it. */
static bool has_left(const struct release *release, const char *port)
{
	const struct items *to = release->diff->to;
	const struct item member = { .kind = ITEM_PORT, .member = port };
	const struct item device = { .kind = ITEM_VLAN_DEVICE, .device = port };

	return state_denies(to, &member) || state_denies(to, &device);
}

/*
 * Whether it is gone by then although no line deletes it: such deletions run
 * from the last item to the first, before all lines.
 */
static bool is_removed(const struct release *release, const struct item *item)
{
	return scope_removes(release->diff, item) &&
	       (release->is_line || item->at > release->change->at);
}

/* Whether it is still a port when the option is set. */
static bool is_port(const struct release *release, const char *name)
{
	const struct item like = { .kind = ITEM_PORT, .member = name };
	const struct item *port = items_find(release->diff->from, &like);

	return port && port->value &&
	       strcmp(port->device, release->change->device) == 0 &&
	       !is_removed(release, port) &&
	       !(release->is_line && has_left(release, name));
}

static bool is_released(const struct release *release, enum item_kind kind,
			const struct item *item)
{
	const char *bridge = release->change->device;

	return item->kind == kind && item->value &&
	       strcmp(item->device, bridge) == 0 &&
	       strcmp(item->member, bridge) != 0 &&
	       is_port(release, item->member) && !is_removed(release, item);
}

bool release_begin(const struct release *release)
{
	struct diff *diff = release->diff;
	const struct item *item;
	bool is_any = false;

	for (size_t i = 0; (item = items_at(diff->from, i)); i++) {
		struct item deleted = *item;

		if (!is_released(release, ITEM_VLAN, item))
			continue;
		deleted.value = NULL;
		plan_put(&diff->plan, &deleted);
		is_any = true;
	}
	return is_any;
}

/* With MST, the state of a VLAN is that of its tree. */
static bool is_state(const struct item *item)
{
	return item->kind == ITEM_VLAN_OPTION &&
	       strcmp(item->name, "state") == 0;
}

static void put_back(const struct release *release, enum item_kind kind,
		     bool has_states)
{
	const struct item *item;

	for (size_t i = 0; (item = items_at(release->diff->from, i)); i++)
		if (is_released(release, kind, item) &&
		    (has_states || !is_state(item)))
			plan_put(&release->diff->plan, item);
}

void release_end(const struct release *release)
{
	const struct item *change = release->change;
	bool has_states = strcmp(change->name, "mst_enabled") != 0 ||
			  !change->number;

	put_back(release, ITEM_VLAN, has_states);
	put_back(release, ITEM_VLAN_OPTION, has_states);
	plan_end(&release->diff->plan);
}
