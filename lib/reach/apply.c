/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Applies the lines of a configuration to a snapshot, as the kernel would. */

#include "config.h"

#include "reach/apply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/item.h"
#include "reach/apply-vlan.h"
#include "reach/copy.h"
#include "reach/make.h"
#include "reach/result.h"
#include "trace/run.h"

/* Devices that do not exist yet have indices that no device has. */
#define NEW_INDEX 0x7ff00000

struct applying {
	struct vbr_ctx *ctx;
	struct trace_snapshot *snapshot;
	struct vbr_reach *notes;
	int new_count;
};

static struct trace_port *find_member(struct trace_snapshot *s,
				      const char *name)
{
	if (strcmp(s->bridge.name, name) == 0)
		return &s->bridge;
	for (size_t i = 0; i < s->port_count; i++)
		if (strcmp(s->ports[i].name, name) == 0)
			return &s->ports[i];
	return NULL;
}

static bool is_here(const struct applying *applying, const char *bridge)
{
	return strcmp(applying->snapshot->bridge.name, bridge) == 0;
}

/* --- options -------------------------------------------------------------- */

struct flag {
	const char *name;
	size_t offset;
};

static const struct flag bridge_flags[] = {
#define ROW(name) \
	{ \
#name, offsetof(struct trace_snapshot, name) \
	}
	ROW(vlan_filtering),	 ROW(mst_enabled), ROW(fdb_local_vlan_0),
	ROW(no_linklocal_learn), ROW(stp_state),   { NULL, 0 },
#undef ROW
};

static const struct flag port_flags[] = {
#define ROW(name) \
	{ \
#name, offsetof(struct trace_port, name) \
	}
	ROW(learning),	    ROW(locked),	  ROW(mab),
	ROW(unicast_flood), ROW(multicast_flood), ROW(broadcast_flood),
	ROW(isolated),	    ROW(hairpin_mode),	  ROW(proxyarp),
	ROW(proxyarp_wifi), ROW(neigh_suppress),  ROW(vlan_tunnel),
	{ NULL, 0 },
#undef ROW
};

/* Returns whether the table has the option. */
static bool set_flag(const struct flag *flags, void *target,
		     const struct item *item)
{
	for (; flags->name; flags++) {
		if (strcmp(flags->name, item->name) != 0)
			continue;
		*(bool *)((char *)target + flags->offset) = item->number;
		return true;
	}
	return false;
}

static int apply_bridge_option(struct applying *applying,
			       const struct item *item)
{
	struct trace_snapshot *s = applying->snapshot;
	bool is_pvid = strcmp(item->name, "vlan_default_pvid") == 0;

	set_flag(bridge_flags, s, item);
	if (strcmp(item->name, "vlan_protocol") == 0)
		s->vlan_protocol = (unsigned int)item->number;
	if (is_pvid && item->number != s->default_pvid)
		reach_add_note(applying->notes,
			       "ports that have the default PVID move to the "
			       "new one, which is not predicted");
	if (is_pvid)
		s->default_pvid = (unsigned int)item->number;
	if (strcmp(item->name, "stp_state") == 0 && item->number)
		reach_add_note(applying->notes,
			       "the spanning tree may block ports, which is "
			       "not predicted");
	return 0;
}

/* Without STP, the kernel makes each port forward that is not disabled. */
static unsigned int state_after(const struct trace_snapshot *s, uint64_t state)
{
	if (state == VBR_PORT_DISABLED || s->stp_state)
		return (unsigned int)state;
	return VBR_PORT_FORWARDING;
}

static int apply_port_option(struct trace_snapshot *s, struct trace_port *port,
			     const struct item *item)
{
	const struct trace_port *other;

	set_flag(port_flags, port, item);
	if (strcmp(item->name, "state") == 0)
		port->state = state_after(s, item->number);
	if (strcmp(item->name, "backup_port") == 0) {
		other = item->value ? find_member(s, item->value) : NULL;
		port->backup_port = other ? other->index : 0;
	}
	return 0;
}

/* --- devices -------------------------------------------------------------- */

static int apply_mac_address(struct trace_snapshot *s,
			     struct trace_port *member, const char *value)
{
	uint8_t mac[6];

	if (vbr_parse_mac(value, mac) < 0)
		return 0;
	for (size_t i = 0; i < s->fdb_count; i++)
		if (s->fdb[i].state == VBR_FDB_LOCAL &&
		    memcmp(s->fdb[i].mac, member->mac, 6) == 0)
			memcpy(s->fdb[i].mac, mac, 6);
	memcpy(member->mac, mac, 6);
	return 0;
}

static void set_down(struct trace_snapshot *s, struct trace_port *member)
{
	member->is_up = false;
	member->state = VBR_PORT_DISABLED;
	for (size_t i = 0; member == &s->bridge && i < s->port_count; i++)
		s->ports[i].state = VBR_PORT_DISABLED;
}

static int apply_link(struct trace_snapshot *s, const struct item *item)
{
	struct trace_port *member = find_member(s, item->device);
	bool is_state = strcmp(item->name, "state") == 0;
	bool is_up = is_state && strcmp(item->value, "up") == 0;

	for (size_t i = 0; is_state && i < s->device_count; i++)
		if (strcmp(s->devices[i].name, item->device) == 0)
			s->devices[i].is_up = is_up;
	if (!member)
		return 0;
	if (strcmp(item->name, "address") == 0)
		return apply_mac_address(s, member, item->value);
	if (is_up && !member->is_up)
		return snapshot_set_up(s, member);
	if (is_state && !is_up)
		set_down(s, member);
	return 0;
}

static void remove_port(struct trace_snapshot *s, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < s->port_count; i++)
		if (strcmp(s->ports[i].name, name) != 0)
			s->ports[count++] = s->ports[i];
	s->port_count = count;
}

/* As in the kernel: a device whose address is not that of one station, such as a
 * tun or the loopback device, cannot be a port. */
static bool can_be_port(const struct vbr_link *link)
{
	const uint8_t *mac = vbr_link_mac(link);

	return mac && !mac_is_all(mac, 0) && !mac_is_group(mac);
}

/* As the kernel makes it; -ENODEV: the device comes later; -EINVAL: it cannot be a
 * port. */
static int read_port(struct applying *applying, const char *name,
		     struct trace_port *ret_port)
{
	struct vbr_link *link;
	int rc;

	*ret_port = (struct trace_port){
		.name = arena_text(&applying->snapshot->arena, name),
		.index = NEW_INDEX + applying->new_count++,
		.learning = true,
		.unicast_flood = true,
		.multicast_flood = true,
		.broadcast_flood = true,
		.multicast_router = 1,
	};
	if (!ret_port->name)
		return -ENOMEM;
	rc = vbr_link_get(applying->ctx, name, &link);
	if (rc < 0)
		return rc;
	if (can_be_port(link)) {
		ret_port->index = vbr_link_index(link);
		ret_port->is_up = vbr_link_is_up(link);
		ret_port->has_carrier = vbr_link_has_carrier(link);
		ret_port->mtu = vbr_link_mtu(link);
		memcpy(ret_port->mac, vbr_link_mac(link), 6);
	} else {
		rc = -EINVAL;
	}
	vbr_link_free(link);
	return rc;
}

static void note_refusal(struct applying *applying, const char *name)
{
	char shown[VBR_NAME_TEXT_SIZE];

	vbr_format_name(name, shown, sizeof(shown));
	reach_add_note(
		applying->notes,
		"the kernel refuses \"%s\" as a port: it has no Ethernet "
		"address of its own",
		shown);
}

static int add_port(struct applying *applying, const char *name)
{
	struct trace_snapshot *s = applying->snapshot;
	struct trace_port port, *ports;
	int rc = read_port(applying, name, &port);

	if (rc == -EINVAL) {
		note_refusal(applying, name);
		return 0;
	}
	if (rc < 0 && rc != -ENODEV)
		return rc;
	ports = reallocarray(s->ports, s->port_count + 2, sizeof(*ports));
	if (!ports)
		return -ENOMEM;
	s->ports = ports;
	if (port.is_up && port.has_carrier && s->bridge.is_up)
		port.state = VBR_PORT_FORWARDING;
	ports[s->port_count] = port;
	return apply_default_vlan(s, &ports[s->port_count++]);
}

/* A port that comes to another bridge leaves this one. */
static int apply_port(struct applying *applying, const struct item *item)
{
	struct trace_snapshot *s = applying->snapshot;
	bool comes = item->value && is_here(applying, item->device);

	if (comes && find_member(s, item->member))
		return 0;
	if (comes)
		return add_port(applying, item->member);
	if (item->value || is_here(applying, item->device))
		remove_port(s, item->member);
	return 0;
}

static void apply_bridge(struct applying *applying, const struct item *item)
{
	struct trace_snapshot *s = applying->snapshot;

	if (item->value)
		return;
	remove_port(s, item->device);
	if (!is_here(applying, item->device))
		return;
	s->port_count = 0;
	s->bridge.vlan_count = 0;
	s->bridge.is_up = false;
}

static int add_device(struct trace_snapshot *s, const struct item *item)
{
	char parent[VBR_NAME_SIZE];
	const char *rest = item_parent(item->value, parent);
	const struct trace_port *member = rest ? find_member(s, parent) : NULL;
	struct trace_device *devices;

	if (!member)
		return 0;
	devices = array_grow(s->devices, sizeof(*devices), s->device_count,
			     &s->device_room);
	if (!devices)
		return -ENOMEM;
	s->devices = devices;
	devices[s->device_count] = (struct trace_device){
		.name = arena_text(&s->arena, item->device),
		.parent = member->index,
		.id = (unsigned int)strtoul(rest, NULL, 10),
		.protocol = strstr(rest, "802.1ad") ? VBR_VLAN_8021AD
						    : VBR_VLAN_8021Q,
	};
	return devices[s->device_count++].name ? 0 : -ENOMEM;
}

static void remove_device(struct trace_snapshot *s, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < s->device_count; i++)
		if (strcmp(s->devices[i].name, name) != 0)
			s->devices[count++] = s->devices[i];
	s->device_count = count;
	remove_port(s, name);
}

static int apply_vlan_device(struct trace_snapshot *s, const struct item *item)
{
	if (item->value)
		return add_device(s, item);
	remove_device(s, item->device);
	return 0;
}

/* --- items ---------------------------------------------------------------- */

static int apply_to_member(struct applying *applying, const struct item *item)
{
	struct trace_snapshot *s = applying->snapshot;
	struct trace_port *member = find_member(s, item->member);

	if (!member || !is_here(applying, item->device))
		return 0;
	switch (item->kind) {
	case ITEM_PORT_OPTION:
		return apply_port_option(s, member, item);
	case ITEM_VLAN:
		return apply_vlan(s, member, item);
	case ITEM_VLAN_OPTION:
		return apply_vlan_option(s, member, item);
	case ITEM_MAC:
		return apply_mac(s, member, item);
	default:
		/* Multicast groups do not matter here. */
		return 0;
	}
}

static int apply_item(struct applying *applying, const struct item *item)
{
	switch (item->kind) {
	case ITEM_BRIDGE:
		apply_bridge(applying, item);
		return 0;
	case ITEM_OPTION:
		return is_here(applying, item->device)
			       ? apply_bridge_option(applying, item)
			       : 0;
	case ITEM_LINK:
		return apply_link(applying->snapshot, item);
	case ITEM_PORT:
		return apply_port(applying, item);
	case ITEM_VLAN_DEVICE:
		return apply_vlan_device(applying->snapshot, item);
	case ITEM_FLAG:
	case ITEM_INGRESS:
	case ITEM_EGRESS:
		return 0;
	default:
		return apply_to_member(applying, item);
	}
}

int snapshot_apply(struct vbr_ctx *ctx, const struct items *items,
		   struct trace_snapshot *snapshot, struct vbr_reach *notes)
{
	struct applying applying = { ctx, snapshot, notes, 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < items->count; i++)
		rc = apply_item(&applying, &items->list[i]);
	return rc;
}
