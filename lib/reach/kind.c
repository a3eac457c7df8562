/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Kinds of members: the model treats all of one kind alike, in any VLAN. */

#include "config.h"

#include "reach/kind.h"

#include <string.h>

#include "trace/run.h"

/* --- stations ------------------------------------------------------------- */

bool kind_is_known(const struct trace_fdb *entry)
{
	return entry->state != VBR_FDB_LOCAL &&
	       !(entry->flags & VBR_FDB_LOCKED);
}

static const struct trace_fdb *first_known(const struct trace_snapshot *s,
					   const struct trace_port *port,
					   unsigned int vlan)
{
	for (size_t i = 0; i < s->fdb_count; i++)
		if (s->fdb[i].port == port->index && s->fdb[i].vlan == vlan &&
		    kind_is_known(&s->fdb[i]))
			return &s->fdb[i];
	return NULL;
}

struct station kind_station(const struct trace_snapshot *snapshot,
			    const struct trace_port *port, unsigned int vlan,
			    int number)
{
	/* Of the range for documentation. */
	struct station station = {
		.member = port->index,
		.mac = { 2, 0, 0x5e, 0, 0x53, (uint8_t)(1 + number) },
	};
	const struct trace_fdb *entry = NULL;

	if (port == &snapshot->bridge) {
		station.is_bridge_mac = station.has_mac = true;
		memcpy(station.mac, port->mac, 6);
	} else if (port->locked) {
		entry = first_known(snapshot, port, vlan);
	}
	if (entry) {
		station.has_mac = true;
		memcpy(station.mac, entry->mac, 6);
	}
	return station;
}

/* --- kinds ---------------------------------------------------------------- */

static void take_port(const struct trace_port *port, struct kind *kind)
{
	memcpy(&kind->port, port, sizeof(*port));
	kind->port.name = NULL;
	kind->port.index = 0;
	kind->port.vlans = NULL;
	kind->port.vlan_count = 0;
	memset(kind->port.mac, 0, sizeof(kind->port.mac));
	/* The frames are short. */
	kind->port.mtu = 0;
}

static void take_devices(const struct trace_snapshot *s, int parent,
			 unsigned int vlan, struct kind *kind)
{
	for (size_t i = 0; vlan && i < s->device_count; i++) {
		const struct trace_device *device = &s->devices[i];
		bool is_provider = device->protocol == VBR_VLAN_8021AD;

		if (device->parent == parent && device->id == vlan)
			kind->devices = kind->devices * 8 + 1 +
					2 * is_provider + device->is_up;
	}
}

static void take_entry(const struct trace_snapshot *s,
		       const struct trace_port *port, unsigned int vlan,
		       struct kind *kind)
{
	struct station station = kind_station(s, port, vlan, 0);
	const struct trace_fdb *entry = NULL;

	if (station.has_mac)
		entry = trace_fdb_of(s, station.mac, vlan);
	kind->has_entry = entry;
	if (!entry)
		return;
	kind->fdb_state = entry->state;
	kind->fdb_flags = entry->flags;
	if (entry->state != VBR_FDB_LOCAL && entry->port != port->index)
		kind->fdb_port = entry->port;
}

/* It is the backup of another port, or the address of the host is on it. */
static bool is_referred_to(const struct trace_snapshot *s,
			   const struct trace_port *port)
{
	for (size_t i = 0; i < s->port_count; i++)
		if (s->ports[i].backup_port == port->index)
			return true;
	for (size_t i = 0; i < s->fdb_count; i++)
		if (s->fdb[i].port == port->index &&
		    s->fdb[i].state != VBR_FDB_LOCAL &&
		    memcmp(s->fdb[i].mac, s->bridge.mac, 6) == 0)
			return true;
	return false;
}

bool kind_take(const struct trace_snapshot *snapshot,
	       const struct trace_port *port, unsigned int vlan,
	       struct kind *ret_kind)
{
	const struct trace_vlan *row = NULL;

	/* Also the padding. */
	memset(ret_kind, 0, sizeof(*ret_kind));
	if (vlan) {
		row = trace_vlan_of(port, vlan);
		if (!row)
			return false;
		ret_kind->flags = row->flags;
		ret_kind->state = row->state;
		ret_kind->has_tunnel = row->has_tunnel;
		ret_kind->is_pvid = trace_pvid_of(port) == vlan;
	}
	take_port(port, ret_kind);
	ret_kind->is_host = port == &snapshot->bridge;
	take_devices(snapshot, port->index, vlan, ret_kind);
	take_entry(snapshot, port, vlan, ret_kind);
	if (!ret_kind->is_host && is_referred_to(snapshot, port))
		ret_kind->itself = port->index;
	return true;
}
