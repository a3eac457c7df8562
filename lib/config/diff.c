/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Finds the changes from one configuration to another: first the deletions,
 * from the last line to the first, then what is missing or different, in the
 * order of the lines.
 */

#include "config.h"

#include "config/diff.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/limits.h"
#include "config/loops.h"
#include "config/release.h"
#include "config/scope.h"
#include "config/state.h"
#include "core/context.h"

/* --- what is lost --------------------------------------------------------- */

static void lose(struct diff *diff, const char *format, const char *device,
		 const char *other)
{
	char line[512];

	snprintf(line, sizeof(line), format, device, other);
	text_put(diff->losses, line);
	text_put(diff->losses, "\n");
}

/* Whether a VLAN device is on this one. Looks for no item: it is called for each
 * pair of devices. */
static bool is_on(const struct item *item, const char *device)
{
	char parent[VBR_NAME_SIZE];

	return item->kind == ITEM_VLAN_DEVICE && item->value &&
	       item_parent(item->value, parent) && strcmp(parent, device) == 0;
}

/* The VLAN devices on a device are deleted with it. */
static void lose_devices_on(struct diff *diff, const char *device)
{
	const struct item *item;

	for (size_t i = 0; (item = items_at(diff->from, i)); i++)
		if (is_on(item, device))
			lose(diff,
			     _("\"%s\" is deleted: its addresses and routes"),
			     item->device, NULL);
}

/* A VLAN device keeps its parent, its VLAN and its protocol. */
static bool is_replaced(const struct diff *diff, const char *name)
{
	const char *was = state_vlan_device(diff->from, name);
	const char *becomes = state_vlan_device(diff->to, name);

	return was && becomes && strcmp(was, becomes) != 0;
}

static void lose_device(struct diff *diff, const struct item *item)
{
	if (is_replaced(diff, item->device)) {
		lose(diff, _("\"%s\" is replaced: its index and statistics"),
		     item->device, NULL);
		lose_devices_on(diff, item->device);
		return;
	}
	lose(diff,
	     item->kind == ITEM_BRIDGE
		     ? _("bridge \"%s\" is deleted: its addresses and routes")
		     : _("\"%s\" is deleted: its addresses and routes"),
	     item->device, NULL);
	lose_devices_on(diff, item->device);
}

/* Deleting what the undone change has created loses nothing. */
static void put_deletion(struct diff *diff, const struct item *item)
{
	struct item deleted = *item;

	deleted.value = NULL;
	if ((item->kind == ITEM_BRIDGE || item->kind == ITEM_VLAN_DEVICE) &&
	    (diff->what != DIFF_UNDO || is_replaced(diff, item->device)))
		lose_device(diff, item);
	plan_put(&diff->plan, &deleted);
}

/* --- options -------------------------------------------------------------- */

static void put_option(struct diff *diff, const char *bridge, const char *name,
		       const char *value)
{
	const struct item item = { .kind = ITEM_OPTION,
				   .device = bridge,
				   .name = name,
				   .value = value };

	plan_end(&diff->plan);
	plan_put(&diff->plan, &item);
	plan_end(&diff->plan);
}

/* The kernel accepts stp_mode only while STP is off. */
static bool needs_stp_off(const struct diff *diff, const struct item *item)
{
	return item->kind == ITEM_OPTION &&
	       strcmp(item->name, "stp_mode") == 0 &&
	       state_option(diff->from, item->device, "stp_state", 0);
}

static void put_change(struct diff *diff, const struct item *item)
{
	if (!needs_stp_off(diff, item)) {
		plan_put(&diff->plan, item);
		return;
	}
	lose(diff, _("bridge \"%s\": STP is off for a moment"), item->device,
	     NULL);
	put_option(diff, item->device, "stp_state", "0");
	put_option(diff, item->device, item->name, item->value);
	if (state_option(diff->to, item->device, "stp_state", 1))
		put_option(diff, item->device, "stp_state", "1");
}

/* --- what is deleted ------------------------------------------------------ */

/*
 * The item with the value that it has in a new object; "ret_text" receives the
 * value; false: it is not known.
 */
static bool take_initial(const struct diff *diff, const struct item *item,
			 struct item *ret_initial,
			 char ret_text[VBR_OPTION_TEXT_SIZE])
{
	*ret_initial = *item;
	ret_initial->value = ret_text;
	return item->option &&
	       vbr_option_initial(item->option, &ret_initial->number) &&
	       vbr_option_format(diff->ctx, item->option, ret_initial->number,
				 ret_text, VBR_OPTION_TEXT_SIZE) == 0;
}

/* Whether there is something to restore afterwards. */
static bool begin_release(const struct release *release)
{
	if (!release_begin(release))
		return false;
	lose(release->diff,
	     _("the ports of bridge \"%s\" are in no VLAN for a moment: the "
	       "addresses that they learned"),
	     release->change->device, NULL);
	return true;
}

static void put_reset(struct diff *diff, const struct item *initial)
{
	const struct release release = { diff, initial, false };
	bool is_released = release_is_needed(initial) &&
			   begin_release(&release);

	put_change(diff, initial);
	if (is_released)
		release_end(&release);
}

/* Back to the value of a new object, if that is known. */
static int reset_option(struct diff *diff, const struct item *item)
{
	char text[VBR_OPTION_TEXT_SIZE];
	struct item initial;

	if (!take_initial(diff, item, &initial, text) ||
	    item_says_same(item, &initial))
		return 0;
	initial.value = arena_text(&diff->from->arena, text);
	if (!initial.value)
		return -ENOMEM;
	put_reset(diff, &initial);
	return 0;
}

static int remove_item(struct diff *diff, const struct item *item)
{
	struct item none = *item;

	if (!scope_removes(diff, item))
		return 0;
	switch (item->kind) {
	case ITEM_LINK:
		return 0;
	case ITEM_OPTION:
	case ITEM_PORT_OPTION:
	case ITEM_VLAN_OPTION:
	case ITEM_FLAG:
		return reset_option(diff, item);
	case ITEM_INGRESS:
	case ITEM_EGRESS:
		none.value = "0";
		plan_put(&diff->plan, &none);
		return 0;
	default:
		put_deletion(diff, item);
		return 0;
	}
}

/* --- what is missing or different ----------------------------------------- */

/* Whether the object of an item does not exist yet, or no longer. */
static bool is_new(const struct diff *diff, const struct item *item)
{
	const char *bridge;

	if (item->kind >= ITEM_FLAG || item->kind == ITEM_LINK)
		return is_replaced(diff, item->device) ||
		       (!state_vlan_device(diff->from, item->device) &&
			state_vlan_device(diff->to, item->device));
	if (item->kind == ITEM_BRIDGE || item->kind == ITEM_VLAN_DEVICE)
		return false;
	if (!state_has_bridge(diff->from, item->device))
		return true;
	if (item->kind == ITEM_PORT)
		return is_replaced(diff, item->member);
	if (!item->member || strcmp(item->device, item->member) == 0)
		return false;
	bridge = state_bridge_of(diff->from, item->member);
	return !bridge || strcmp(bridge, item->device) != 0 ||
	       is_replaced(diff, item->member);
}

/* The kernel has put a new port into this VLAN. */
static bool is_given(const struct diff *diff, const struct item *item)
{
	uint64_t vid = state_option(diff->from, item->device, "default_pvid",
				    1);

	return item->kind == ITEM_VLAN &&
	       state_option(diff->to, item->device, "default_pvid", vid) ==
		       item->vid;
}

static bool is_same_mac(const struct diff *diff, const struct item *item)
{
	const char *was = state_mac(diff->from, item);

	if (!was || !item->value)
		return was == item->value;
	return strcmp(was, item->value) == 0;
}

static bool is_initial(const struct diff *diff, const struct item *item)
{
	char text[VBR_OPTION_TEXT_SIZE];
	struct item initial;

	return take_initial(diff, item, &initial, text) &&
	       item_says_same(item, &initial);
}

/*
 * The kernel ignores it. stp_state only reads differently if a program runs
 * STP.
 */
static bool is_ignored(const struct item *item)
{
	return item->option && !vbr_option_reads_back(item->option) &&
	       strcmp(item->name, "stp_state") != 0;
}

/*
 * The address of a bridge may be that of a port, unless it is known that
 * somebody has set it.
 */
static bool is_address(const struct diff *diff, const struct item *item)
{
	char text[VBR_MAC_TEXT_SIZE] = "";
	struct vbr_link *link;
	bool is_set;

	if (item->kind != ITEM_LINK || strcmp(item->name, "address") != 0 ||
	    vbr_link_is_mac_set(diff->ctx, item->device, &is_set) == 0 ||
	    vbr_link_get(diff->ctx, item->device, &link) < 0)
		return false;
	if (vbr_link_mac(link))
		vbr_format_mac(vbr_link_mac(link), text);
	vbr_link_free(link);
	return strcmp(text, item->value) == 0;
}

static bool is_port_of(const struct items *items, const struct item *item)
{
	const char *bridge = state_bridge_of(items, item->member);

	return bridge && strcmp(bridge, item->device) == 0;
}

static bool is_so(const struct diff *diff, const struct item *item)
{
	const struct item *was = items_find(diff->from, item);

	if (item->is_implicit && is_new(diff, item))
		return true;
	if (is_new(diff, item))
		return !item->value && !is_given(diff, item);
	if (is_ignored(item))
		return true;
	if (item->kind == ITEM_MAC)
		return is_same_mac(diff, item);
	if (item->kind == ITEM_PORT)
		return is_port_of(diff->from, item) == (item->value != NULL);
	if (was)
		return item_says_same(was, item);
	if (item->kind == ITEM_INGRESS || item->kind == ITEM_EGRESS)
		return strcmp(item->value, "0") == 0;
	return !item->value || is_initial(diff, item) || is_address(diff, item);
}

/* --- ports ---------------------------------------------------------------- */

static const struct item *find_state(const struct items *items,
				     const char *device)
{
	const struct item like = { .kind = ITEM_LINK,
				   .device = device,
				   .name = "state" };

	return items_find(items, &like);
}

/* A port of a bridge that is up forwards frames at once: it is down until it has
 * its options and VLANs. */
static bool waits(const struct diff *diff, const struct item *port)
{
	return port->value && state_is_up(diff->from, port->device) &&
	       (state_is_up(diff->from, port->member) ||
		state_is_up(diff->to, port->member)) &&
	       state_has_settings(diff->to, port);
}

static void put_state(struct diff *diff, const char *device, const char *value)
{
	const struct item item = { .kind = ITEM_LINK,
				   .device = device,
				   .name = "state",
				   .value = value };

	plan_end(&diff->plan);
	plan_put(&diff->plan, &item);
	plan_end(&diff->plan);
}

/* Its ports are released when it is deleted. */
static bool is_deleted(const struct diff *diff, const char *bridge)
{
	const struct item like = { .kind = ITEM_BRIDGE, .device = bridge };

	return state_denies(diff->to, &like);
}

static void leave_bridge(struct diff *diff, const struct item *item,
			 const char *bridge)
{
	struct item elsewhere = *item;

	lose(diff,
	     _("\"%s\" leaves bridge \"%s\": its options, VLANs and entries "
	       "there"),
	     item->member, bridge);
	elsewhere.device = bridge;
	elsewhere.value = NULL;
	if (!is_deleted(diff, bridge))
		plan_put(&diff->plan, &elsewhere);
}

static void put_port(struct diff *diff, const struct item *item)
{
	const char *bridge = state_bridge_of(diff->from, item->member);

	if (bridge && strcmp(bridge, item->device) != 0)
		leave_bridge(diff, item, bridge);
	if (waits(diff, item)) {
		/* An undo adds them again. */
		if (diff->what != DIFF_UNDO)
			lose(diff,
			     _("\"%s\" is down for a moment: its IPv6 "
			       "addresses and routes"),
			     item->member, NULL);
		put_state(diff, item->member, "down");
	}
	plan_put(&diff->plan, item);
}

/* The port of the bridge may have been set down for its options. */
static bool has_waited(const struct diff *diff, const struct item *item)
{
	const char *bridge = state_bridge_of(diff->to, item->device);
	struct item port = { .kind = ITEM_PORT,
			     .device = bridge,
			     .member = item->device,
			     .value = "" };

	return bridge && item->kind == ITEM_LINK &&
	       strcmp(item->name, "state") == 0 && !is_so(diff, &port) &&
	       waits(diff, &port);
}

/* Sets devices up again, unless a later line does it. */
static void put_rest(struct diff *diff)
{
	const struct item *item, *state;

	for (size_t i = 0; (item = items_at(diff->to, i)); i++) {
		if (item->kind != ITEM_PORT || is_so(diff, item) ||
		    !waits(diff, item))
			continue;
		state = find_state(diff->to, item->member);
		if (!state ||
		    (state->at < item->at && strcmp(state->value, "up") == 0))
			put_state(diff, item->member, "up");
	}
}

/* --- what is replaced ----------------------------------------------------- */

/*
 * Whether it was up, and no line sets it down. If its parent is down, it cannot
 * be up.
 */
static bool stays_up(const struct diff *diff, const char *device)
{
	char parent[VBR_NAME_SIZE];

	return state_is_up(diff->from, device) &&
	       !find_state(diff->to, device) &&
	       state_parent_of(diff->to, device, parent) &&
	       state_is_up(diff->from, parent) && !find_state(diff->to, parent);
}

static void put_vlan_device(struct diff *diff, const struct item *item)
{
	const struct item *was = items_find(diff->from, item);

	if (was && was->value)
		put_deletion(diff, was);
	if (item->value)
		plan_put(&diff->plan, item);
	if (item->value && was && was->value && stays_up(diff, item->device))
		put_state(diff, item->device, "up");
}

/* The kernel does not replace an entry. */
static void put_mac(struct diff *diff, const struct item *item)
{
	struct item old = *item;

	old.value = NULL;
	if (item->value && state_mac(diff->from, item))
		plan_put(&diff->plan, &old);
	plan_put(&diff->plan, item);
}

/*
 * The kernel replaces the properties of a member in all versions that have such
 * properties (since Linux 6.2).
 */
static void put_group(struct diff *diff, const struct item *item)
{
	const struct item *was = items_find(diff->from, item);
	struct item next = *item;

	next.replaces = item->value && was && was->value && !is_new(diff, item);
	plan_put(&diff->plan, &next);
}

/* The kernel does not replace a tunnel id. */
static void put_vlan(struct diff *diff, const struct item *item)
{
	const struct item *was = items_find(diff->from, item);
	struct item old = *item;

	old.value = NULL;
	if (was && was->value && item->value && item_tunnel(was))
		plan_put(&diff->plan, &old);
	plan_put(&diff->plan, item);
}

static bool is_port_deleted(const struct diff *diff, const char *port)
{
	const struct item like = { .kind = ITEM_PORT, .member = port };

	return state_denies(diff->to, &like);
}

/*
 * Whether an item that is to be deleted is deleted with the object it belongs
 * to.
 */
static bool is_gone(const struct diff *diff, const struct item *item)
{
	char parent[VBR_NAME_SIZE];

	if (item->value || item->kind == ITEM_BRIDGE)
		return false;
	if (item->kind == ITEM_VLAN_DEVICE) {
		const struct item on = { .kind = ITEM_VLAN_DEVICE,
					 .device = parent };

		return state_parent_of(diff->from, item->device, parent) &&
		       (is_deleted(diff, parent) ||
			state_denies(diff->to, &on));
	}
	return is_deleted(diff, item->device) ||
	       (item->kind != ITEM_PORT && item->member &&
		is_port_deleted(diff, item->member));
}

static bool is_wanted(const struct diff *diff, const struct item *item)
{
	if (!items_has(diff->to, item) || is_gone(diff, item))
		return false;
	return diff->what != DIFF_UNDO || scope_has(diff, item);
}

/* --- options that need ports without VLANs -------------------------------- */

/* The other one of the two options, if it changes as well. */
static const struct item *find_other(const struct diff *diff,
				     const struct item *item)
{
	const struct item *other;

	for (size_t i = 0; (other = items_at(diff->to, i)); i++)
		if (release_is_needed(other) &&
		    strcmp(other->device, item->device) == 0 &&
		    strcmp(other->name, item->name) != 0 &&
		    is_wanted(diff, other) && !is_so(diff, other))
			return other;
	return NULL;
}

/* Both are set at once. */
static void put_released(struct diff *diff, const struct item *item)
{
	const struct release release = { diff, item, true };
	const struct item *other = find_other(diff, item);
	bool is_released;

	if (other && other->at < item->at)
		return;
	is_released = begin_release(&release);
	put_change(diff, item);
	if (other)
		put_change(diff, other);
	if (is_released)
		release_end(&release);
}

/* --- all ------------------------------------------------------------------ */

static void put_item(struct diff *diff, const struct item *item)
{
	switch (item->kind) {
	case ITEM_BRIDGE:
		if (item->value)
			plan_put(&diff->plan, item);
		else
			put_deletion(diff, item);
		break;
	case ITEM_PORT:
		put_port(diff, item);
		break;
	case ITEM_VLAN_DEVICE:
		put_vlan_device(diff, item);
		break;
	case ITEM_MAC:
		put_mac(diff, item);
		break;
	case ITEM_GROUP:
		put_group(diff, item);
		break;
	case ITEM_VLAN:
		put_vlan(diff, item);
		break;
	default:
		if (release_is_needed(item))
			put_released(diff, item);
		else
			put_change(diff, item);
	}
}

/* Whether a port of "from" is still a port of its bridge after the change. */
static bool stays_port(const struct diff *diff, const struct item *port)
{
	const char *bridge = state_bridge_of(diff->to, port->member);

	if (bridge)
		return strcmp(bridge, port->device) == 0 &&
		       !is_replaced(diff, port->member);
	return !is_port_deleted(diff, port->member) &&
	       !scope_removes(diff, port);
}

static bool loses_all_ports(const struct diff *diff, const char *bridge)
{
	const struct item *item;
	bool has_ports = false;

	for (size_t i = 0; (item = items_at(diff->from, i)); i++) {
		if (item->kind != ITEM_PORT || !item->value ||
		    strcmp(item->device, bridge) != 0)
			continue;
		if (stays_port(diff, item))
			return false;
		has_ports = true;
	}
	return has_ports;
}

/* A bridge that has lost its last port has the address zero, and the kernel
 * refuses to put it into a VLAN. */
static bool needs_address(const struct diff *diff, const struct item *item)
{
	return item->kind == ITEM_VLAN && item->value &&
	       strcmp(item->device, item->member) == 0 && !is_new(diff, item) &&
	       loses_all_ports(diff, item->device);
}

/*
 * Devices that are deleted may conflict with new ones, and limits with new
 * groups. Ports leave their VLANs before these options change.
 */
enum round { BEFORE, DELETIONS, RELEASES, OTHERS };

static enum round round_of(const struct diff *diff, const struct item *item)
{
	if (needs_address(diff, item))
		return BEFORE;
	if (!item->value &&
	    (item->kind == ITEM_BRIDGE || item->kind == ITEM_PORT ||
	     item->kind == ITEM_VLAN_DEVICE))
		return DELETIONS;
	if (is_new(diff, item))
		return OTHERS;
	if (limit_is_raised(diff->from, item))
		return DELETIONS;
	return release_is_needed(item) ? RELEASES : OTHERS;
}

/*
 * An entry, a group or an option in a VLAN that the kernel, and no line, adds
 * to the new port: the VLAN comes first.
 */
static void put_implicit(struct diff *diff, const struct item *item)
{
	const struct item like = { .kind = ITEM_VLAN,
				   .device = item->device,
				   .member = item->member,
				   .vid = item->vid };
	const struct item *vlan;

	if (!item->value || !item->vid ||
	    (item->kind != ITEM_MAC && item->kind != ITEM_GROUP &&
	     item->kind != ITEM_VLAN_OPTION))
		return;
	vlan = items_find(diff->to, &like);
	if (!vlan || !vlan->is_implicit || vlan->is_put ||
	    !diff->is_due[vlan->at])
		return;
	put_item(diff, vlan);
	diff->to->list[vlan->at].is_put = true;
}

static void put_items(struct diff *diff, enum round round)
{
	for (size_t i = 0; i < diff->to->count; i++) {
		const struct item *item = &diff->to->list[i];

		if (diff->is_due[i] && round_of(diff, item) == round &&
		    !item->is_put) {
			put_implicit(diff, item);
			put_item(diff, item);
		}
	}
}

/* --- devices that must exist ---------------------------------------------- */

static bool exists(const struct diff *diff, const char *device)
{
	return find_state(diff->from, device) ||
	       state_has_bridge(diff->to, device) ||
	       state_vlan_device(diff->to, device);
}

static int check_device(struct diff *diff, const char *device)
{
	if (exists(diff, device))
		return 0;
	context_begin(diff->ctx, N_("cannot use \"%s\""), device);
	return context_fail(diff->ctx, -ENODEV, NULL);
}

/* If a device is missing that the lines do not create, nothing is changed. */
static int check_devices(struct diff *diff)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < diff->to->count; i++) {
		const struct item *item = &diff->to->list[i];
		char parent[VBR_NAME_SIZE];

		if (!item->value || !diff->is_due[i])
			continue;
		if (item->kind != ITEM_VLAN_DEVICE && item->kind != ITEM_BRIDGE)
			rc = check_device(diff, item->device);
		if (rc == 0 && item->member)
			rc = check_device(diff, item->member);
		if (item->kind == ITEM_VLAN_DEVICE &&
		    state_parent_of(diff->to, item->device, parent))
			rc = check_device(diff, parent);
	}
	return rc;
}

static int check(struct diff *diff)
{
	int rc = check_devices(diff);

	return rc < 0 ? rc : loops_check(diff);
}

/* --- the diff ------------------------------------------------------------- */

static int find_due(struct diff *diff)
{
	diff->is_due = calloc(diff->to->count + 1, sizeof(*diff->is_due));
	if (!diff->is_due)
		return -ENOMEM;
	for (size_t i = 0; i < diff->to->count; i++) {
		const struct item *item = &diff->to->list[i];

		diff->is_due[i] = is_wanted(diff, item) &&
				  (!is_so(diff, item) ||
				   has_waited(diff, item));
	}
	return 0;
}

static int prepare(struct diff *diff)
{
	int rc = state_add_implicit(diff->from);

	if (rc == 0 && diff->what != DIFF_STATED)
		rc = state_add_implicit(diff->to);
	return rc < 0 ? rc : find_due(diff);
}

static int put_all(struct diff *diff)
{
	int rc = diff->what == DIFF_UNDO ? 0 : check(diff);

	if (rc == 0)
		put_items(diff, BEFORE);
	for (size_t i = diff->from->count; rc == 0 && i-- > 0;)
		rc = remove_item(diff, &diff->from->list[i]);
	if (rc < 0)
		return rc;
	put_items(diff, DELETIONS);
	put_items(diff, RELEASES);
	put_items(diff, OTHERS);
	put_rest(diff);
	plan_end(&diff->plan);
	return 0;
}

int diff_items(struct diff *diff)
{
	int rc = prepare(diff);

	if (rc == 0)
		rc = put_all(diff);
	free(diff->is_due);
	return rc;
}
