/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Finds devices that would be on top of themselves, and bridges that would be
 * ports, before anything is changed. The kernel refuses them, too, but only after
 * the lines before.
 */

#include "config.h"

#include "config/loops.h"

#include <errno.h>
#include <string.h>

#include "config/state.h"
#include "core/context.h"

/* Above the 8 that the kernel allows. */
#define DEPTH_MAX 16

/* A search ends after so many devices; then the kernel has to refuse. */
#define STEPS_MAX 10000

struct search {
	const struct diff *diff;
	const char *bottom;
	unsigned int steps;
};

static bool is_bridge(const struct diff *diff, const char *device)
{
	const struct item like = { .kind = ITEM_BRIDGE, .device = device };

	return state_has_bridge(diff->to, device) ||
	       (state_has_bridge(diff->from, device) &&
		!state_denies(diff->to, &like));
}

static bool find_parent(const struct diff *diff, const char *device,
			char *ret_parent)
{
	const struct item like = { .kind = ITEM_VLAN_DEVICE, .device = device };

	if (state_parent_of(diff->to, device, ret_parent))
		return true;
	return !state_denies(diff->to, &like) &&
	       state_parent_of(diff->from, device, ret_parent);
}

/* Whether it is a port of this bridge afterwards. */
static bool stays_port(const struct diff *diff, const struct item *port)
{
	const char *bridge = state_bridge_of(diff->to, port->member);
	const struct item like = { .kind = ITEM_PORT, .member = port->member };

	return bridge ? strcmp(bridge, port->device) == 0
		      : !state_denies(diff->to, &like);
}

static bool is_above(struct search *search, const char *device, int depth);

static bool has_port_above(struct search *search, const struct items *items,
			   const char *bridge, int depth)
{
	const struct item *item;

	for (size_t i = 0; (item = items_at(items, i)); i++)
		if (item->kind == ITEM_PORT && item->value &&
		    strcmp(item->device, bridge) == 0 &&
		    stays_port(search->diff, item) &&
		    is_above(search, item->member, depth))
			return true;
	return false;
}

static bool is_above(struct search *search, const char *device, int depth)
{
	const struct diff *diff = search->diff;
	char parent[VBR_NAME_SIZE];

	if (strcmp(device, search->bottom) == 0)
		return true;
	if (depth == DEPTH_MAX || ++search->steps > STEPS_MAX)
		return false;
	if (find_parent(diff, device, parent))
		return is_above(search, parent, depth + 1);
	return is_bridge(diff, device) &&
	       (has_port_above(search, diff->to, device, depth + 1) ||
		has_port_above(search, diff->from, device, depth + 1));
}

static int refuse(const struct diff *diff, const struct item *item,
		  const char *why)
{
	/* JSON has no lines. */
	if (!item->line)
		return context_fail(diff->ctx, -ELOOP, why);
	return context_fail_why(diff->ctx, -ELOOP, _("line %lu: %s"),
				item->line, why);
}

static int check_port(const struct diff *diff, const struct item *item)
{
	struct search search = { diff, item->device, 0 };

	context_begin(diff->ctx, N_("cannot add port \"%s\" to bridge \"%s\""),
		      item->member, item->device);
	if (is_bridge(diff, item->member))
		return refuse(diff, item, _("it is a bridge itself"));
	return is_above(&search, item->member, 0)
		       ? refuse(diff, item, _("it is on top of this bridge"))
		       : 0;
}

static int check_vlan_device(const struct diff *diff, const struct item *item)
{
	struct search search = { diff, item->device, 0 };
	char parent[VBR_NAME_SIZE];

	if (!find_parent(diff, item->device, parent))
		return 0;
	context_begin(diff->ctx, N_("cannot add VLAN to \"%s\""), parent);
	return is_above(&search, parent, 0)
		       ? refuse(diff, item, _("it is on top of this VLAN"))
		       : 0;
}

static int check_each(const struct diff *diff, enum item_kind kind,
		      int (*check)(const struct diff *diff,
				   const struct item *item))
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < diff->to->count; i++) {
		const struct item *item = &diff->to->list[i];

		if (item->kind == kind && item->value && diff->is_due[i])
			rc = check(diff, item);
	}
	return rc;
}

int loops_check(struct diff *diff)
{
	int rc = check_each(diff, ITEM_PORT, check_port);

	return rc < 0 ? rc
		      : check_each(diff, ITEM_VLAN_DEVICE, check_vlan_device);
}
