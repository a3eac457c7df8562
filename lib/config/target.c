/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The state after one change is undone; later changes by others stay. */

#include "config.h"

#include "config/target.h"

#include <stdio.h>
#include <string.h>

#include "config/state.h"
#include "config/text.h"
#include "core/context.h"

/* No stack of devices is deeper. */
#define DEPTH_MAX 64

static bool says_same(const struct item *a, const struct item *b)
{
	if (!a || !a->value || !b || !b->value)
		return (a && a->value) == (b && b->value);
	return item_says_same(a, b);
}

static bool is_changed(const struct target *target, const struct item *like)
{
	return !says_same(items_find(&target->before, like),
			  items_find(&target->after, like));
}

/* Whether others have later changed what the change has changed. */
static bool is_taken(const struct target *target, const struct item *like)
{
	const struct item *now = items_find(&target->now, like);

	return !says_same(now, items_find(&target->after, like)) &&
	       !says_same(now, items_find(&target->before, like));
}

/* --- what it belongs to --------------------------------------------------- */

static const struct item *find(const struct target *target,
			       const struct item *like, int depth);

static bool is_known(const struct target *target, const struct item *like)
{
	return items_find(&target->before, like) ||
	       items_find(&target->now, like);
}

/* Whether the target has a device, even if no line creates it. */
static bool has_device(const struct target *target, const char *name, int depth)
{
	const struct item bridge = { .kind = ITEM_BRIDGE, .device = name };
	const struct item vlan = { .kind = ITEM_VLAN_DEVICE, .device = name };

	if (!is_known(target, &bridge) && !is_known(target, &vlan))
		return true;
	return find(target, &bridge, depth) || find(target, &vlan, depth);
}

static bool has_port(const struct target *target, const struct item *item,
		     int depth)
{
	const struct item like = { .kind = ITEM_PORT,
				   .device = item->device,
				   .member = item->member };
	const struct item *port = find(target, &like, depth);

	return port && strcmp(port->device, item->device) == 0;
}

static bool has_owner(const struct target *target, const struct item *item,
		      int depth)
{
	char parent[VBR_NAME_SIZE];

	if (item->kind == ITEM_BRIDGE || depth == DEPTH_MAX)
		return true;
	if (item->kind == ITEM_VLAN_DEVICE)
		return !item_parent(item->value, parent) ||
		       has_device(target, parent, depth + 1);
	if (item->member && item->kind != ITEM_PORT &&
	    strcmp(item->device, item->member) != 0)
		return has_port(target, item, depth + 1);
	if (item->kind == ITEM_PORT &&
	    !has_device(target, item->member, depth + 1))
		return false;
	return has_device(target, item->device, depth + 1);
}

/* The item of the target about a thing; NULL: there is none. */
static const struct item *find(const struct target *target,
			       const struct item *like, int depth)
{
	const struct item *item = items_find(&target->now, like);

	if (is_changed(target, like) && !is_taken(target, like))
		item = items_find(&target->before, like);
	if (!item || !item->value)
		return NULL;
	return has_owner(target, item, depth) ? item : NULL;
}

/* --- one thing ------------------------------------------------------------ */

/*
 * The kernel itself does what an implicit item says. An item that a thing must
 * not exist is added only if it would otherwise exist.
 */
static void put(struct target *target, const struct item *like)
{
	const struct item *item = find(target, like, 0);

	if (!item) {
		item = items_find(is_changed(target, like) &&
						  !is_taken(target, like)
					  ? &target->before
					  : &target->now,
				  like);
		if (!item || item->value || !has_owner(target, item, 0))
			return;
	}
	if (!item->is_implicit)
		plan_put(&target->plan, item);
}

static void put_left(struct target *target, const struct item *like)
{
	const struct item *now = items_find(&target->now, like);
	struct item none = *like;

	none.value = NULL;
	plan_put(&target->left, now ? now : &none);
}

static void lose(struct target *target, const struct item *item)
{
	struct plan plan = { .text = target->losses };

	plan_put(&plan, item);
	plan_end(&plan);
}

static bool has_state(const struct items *items, const char *device)
{
	const struct item like = { .kind = ITEM_LINK,
				   .device = device,
				   .name = "state" };

	return items_find(items, &like);
}

/* The change did not create or delete the device, and now it is missing: what the
 * change did to it cannot be undone. Each device is named once. */
static void lose_missing(struct target *target, const char *device)
{
	char line[256];

	if (!device || has_state(&target->now, device) ||
	    !has_state(&target->before, device) ||
	    !has_state(&target->after, device))
		return;
	snprintf(line, sizeof(line),
		 _("\"%s\" was deleted or renamed: its change is not undone"),
		 device);
	if (target->losses->len && strstr(target->losses->bytes, line))
		return;
	text_put(target->losses, line);
	text_put(target->losses, "\n");
}

static int take(struct target *target, const struct item *item)
{
	const struct item *now = items_find(&target->now, item);

	put(target, item);
	if (!is_changed(target, item)) {
		if (now && now->value && !now->is_implicit &&
		    !find(target, item, 0))
			lose(target, now);
		return 0;
	}
	if (is_taken(target, item))
		put_left(target, item);
	lose_missing(target, item->device);
	lose_missing(target, item->member);
	return items_add(&target->changed, item);
}

/* --- all things ----------------------------------------------------------- */

static bool has(const struct items *items, const struct item *item)
{
	return items && items_find(items, item);
}

/* Each thing once: an item that "before" or "after" has was handled there. */
static int take_list(struct target *target, const struct items *items,
		     const struct items *done, const struct items *also_done)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < items->count; i++) {
		const struct item *item = &items->list[i];

		if (items_has(items, item) && !has(done, item) &&
		    !has(also_done, item))
			rc = take(target, item);
	}
	return rc;
}

int target_make(struct target *target)
{
	const struct items *before = &target->before, *after = &target->after;
	int rc = state_add_implicit(&target->before);

	if (rc == 0)
		rc = state_add_implicit(&target->after);
	if (rc == 0)
		rc = state_add_implicit(&target->now);
	if (rc == 0)
		rc = take_list(target, before, NULL, NULL);
	if (rc == 0)
		rc = take_list(target, &target->now, before, NULL);
	if (rc == 0)
		rc = take_list(target, after, before, &target->now);
	plan_end(&target->plan);
	plan_end(&target->left);
	return rc < 0 ? rc : items_sort(&target->changed);
}

void target_drop(struct target *target)
{
	items_drop(&target->before);
	items_drop(&target->after);
	items_drop(&target->now);
	items_drop(&target->changed);
}
