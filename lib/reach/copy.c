/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Copies of a snapshot, and what changes in them. */

#include "config.h"

#include "reach/copy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trace/run.h"

/* --- copies --------------------------------------------------------------- */

/* Never NULL for an empty array. */
static void *copy_array(const void *from, size_t count, size_t size)
{
	void *copy = calloc(count + 1, size);

	if (copy && count)
		memcpy(copy, from, count * size);
	return copy;
}

static int copy_arrays(const struct trace_snapshot *from,
		       struct trace_snapshot *copy)
{
	copy->ports = copy_array(from->ports, from->port_count,
				 sizeof(*copy->ports));
	copy->fdb = copy_array(from->fdb, from->fdb_count, sizeof(*copy->fdb));
	copy->devices = copy_array(from->devices, from->device_count,
				   sizeof(*copy->devices));
	return copy->ports && copy->fdb && copy->devices ? 0 : -ENOMEM;
}

int snapshot_copy(const struct trace_snapshot *from,
		  struct trace_snapshot *ret_copy)
{
	int rc;

	*ret_copy = *from;
	ret_copy->arena = (struct arena){ 0 };
	/* Frames of this layer are for no group. */
	ret_copy->members = NULL;
	ret_copy->routers = NULL;
	ret_copy->member_count = ret_copy->router_count = 0;
	ret_copy->member_room = ret_copy->router_room = 0;
	/* No room: array_grow() takes the array to be full. */
	ret_copy->fdb_room = from->fdb_count + 1;
	ret_copy->device_room = from->device_count + 1;
	rc = copy_arrays(from, ret_copy);
	if (rc < 0)
		trace_snapshot_drop(ret_copy);
	return rc;
}

static bool is_needed(const struct trace_snapshot *s, int index, int one,
		      int other)
{
	const struct trace_port *port;

	if (index == one || index == other)
		return true;
	for (size_t i = 0; i < s->fdb_count; i++)
		if (s->fdb[i].port == index)
			return true;
	for (size_t i = 0; i < s->port_count; i++) {
		port = &s->ports[i];
		if (port->backup_port == index &&
		    (port->index == one || port->index == other))
			return true;
	}
	return false;
}

int snapshot_copy_part(const struct trace_snapshot *from, int one, int other,
		       struct trace_snapshot *ret_copy)
{
	size_t count = 0;
	int rc = snapshot_copy(from, ret_copy);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < from->port_count; i++)
		if (is_needed(from, from->ports[i].index, one, other))
			ret_copy->ports[count++] = from->ports[i];
	ret_copy->port_count = count;
	return 0;
}

struct trace_port *snapshot_member(struct trace_snapshot *snapshot, int index)
{
	if (index == snapshot->bridge.index)
		return &snapshot->bridge;
	for (size_t i = 0; i < snapshot->port_count; i++)
		if (snapshot->ports[i].index == index)
			return &snapshot->ports[i];
	return NULL;
}

/* --- VLANs ---------------------------------------------------------------- */

/* The part of a row from "first" to "last". */
static struct trace_vlan cut(const struct trace_vlan *row, unsigned int first,
			     unsigned int last)
{
	struct trace_vlan part = *row;

	part.tunnel += first - row->first;
	part.first = first;
	part.last = last;
	return part;
}

/* The row without the VLAN: none, one or two. Returns how many. */
static size_t put_rest(const struct trace_vlan *row, unsigned int vid,
		       struct trace_vlan *ret_rows)
{
	size_t count = 0;

	if (vid < row->first || vid > row->last) {
		ret_rows[count++] = *row;
		return count;
	}
	if (row->first < vid)
		ret_rows[count++] = cut(row, row->first, vid - 1);
	if (vid < row->last)
		ret_rows[count++] = cut(row, vid + 1, row->last);
	return count;
}

int snapshot_join(struct trace_snapshot *snapshot, struct trace_port *port,
		  unsigned int vid, unsigned int flags)
{
	const struct trace_vlan *old = trace_vlan_of(port, vid);
	struct trace_vlan joined = { .state = VBR_PORT_FORWARDING };
	struct trace_vlan *rows = arena_take(&snapshot->arena,
					     (port->vlan_count + 2) *
						     sizeof(*rows));
	size_t count = 0, added;

	if (!rows)
		return -ENOMEM;
	if (old)
		joined = cut(old, vid, vid);
	joined.first = joined.last = vid;
	joined.flags = flags;
	for (size_t i = 0; i < port->vlan_count; i++) {
		added = put_rest(&port->vlans[i], vid, rows + count);
		for (; added > 0; added--, count++)
			if (flags & VBR_PORT_VLAN_PVID)
				rows[count].flags &= ~(
					unsigned int)VBR_PORT_VLAN_PVID;
	}
	rows[count++] = joined;
	port->vlans = rows;
	port->vlan_count = count;
	return 0;
}

int snapshot_leave(struct trace_snapshot *snapshot, struct trace_port *port,
		   unsigned int vid)
{
	struct trace_vlan *rows = arena_take(&snapshot->arena,
					     (port->vlan_count + 1) *
						     sizeof(*rows));
	size_t count = 0;

	if (!rows)
		return -ENOMEM;
	for (size_t i = 0; i < port->vlan_count; i++)
		count += put_rest(&port->vlans[i], vid, rows + count);
	port->vlans = rows;
	port->vlan_count = count;
	return 0;
}

/* --- the FDB -------------------------------------------------------------- */

void snapshot_del_fdb(struct trace_snapshot *snapshot, const uint8_t mac[6],
		      unsigned int vlan)
{
	size_t count = 0;

	for (size_t i = 0; i < snapshot->fdb_count; i++)
		if (snapshot->fdb[i].vlan != vlan ||
		    memcmp(snapshot->fdb[i].mac, mac, 6) != 0)
			snapshot->fdb[count++] = snapshot->fdb[i];
	snapshot->fdb_count = count;
}

int snapshot_add_fdb(struct trace_snapshot *snapshot,
		     const struct trace_fdb *entry)
{
	struct trace_fdb *fdb;

	snapshot_del_fdb(snapshot, entry->mac, entry->vlan);
	fdb = array_grow(snapshot->fdb, sizeof(*fdb), snapshot->fdb_count,
			 &snapshot->fdb_room);
	if (!fdb)
		return -ENOMEM;
	snapshot->fdb = fdb;
	fdb[snapshot->fdb_count++] = *entry;
	return 0;
}
