/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes changes in a copy of a snapshot, as the kernel does. */

#include "config.h"

#include "reach/make.h"

#include <errno.h>
#include <string.h>

#include "reach/change.h"
#include "reach/copy.h"
#include "trace/run.h"

/* --- up and down ---------------------------------------------------------- */

/* What the kernel does when a port or the bridge comes up. With its spanning tree
 * a port forwards later. */
static void start_port(const struct trace_snapshot *copy,
		       struct trace_port *port)
{
	if (copy->bridge.is_up && port->is_up && port->has_carrier)
		port->state = VBR_PORT_FORWARDING;
}

/*
 * Whether the port gets a carrier depends on the other end of its link; the
 * model assumes that it does.
 */
int snapshot_set_up(struct trace_snapshot *copy, struct trace_port *member)
{
	member->is_up = true;
	member->has_carrier = true;
	if (member != &copy->bridge) {
		start_port(copy, member);
		return 0;
	}
	for (size_t i = 0; i < copy->port_count; i++)
		if (copy->ports[i].state == VBR_PORT_DISABLED)
			start_port(copy, &copy->ports[i]);
	return 0;
}

static int change_device(struct trace_snapshot *copy,
			 const struct change *change)
{
	size_t count = 0;

	if (change->kind == CHANGE_DEVICE_UP && !copy->bridge.is_up)
		return -EINVAL;
	for (size_t i = 0; i < copy->device_count; i++) {
		struct trace_device device = copy->devices[i];
		bool is_it = strcmp(device.name, change->device) == 0;

		if (is_it && change->kind == CHANGE_DEVICE_REM)
			continue;
		device.is_up |= is_it;
		copy->devices[count++] = device;
	}
	copy->device_count = count;
	return 0;
}

/* --- states --------------------------------------------------------------- */

static int set_state(const struct trace_snapshot *copy, struct trace_port *port)
{
	if (!port->is_up || !port->has_carrier || !copy->bridge.is_up)
		return -EINVAL;
	port->state = VBR_PORT_FORWARDING;
	return 0;
}

static int set_vlan_state(struct trace_snapshot *copy, struct trace_port *port,
			  unsigned int vid)
{
	const struct trace_vlan *vlan = trace_vlan_of(port, vid);
	int rc;

	if (!vlan)
		return -EINVAL;
	/* It gets a row of its own. */
	rc = snapshot_join(copy, port, vid, vlan->flags);
	if (rc == 0)
		port->vlans[port->vlan_count - 1].state = VBR_PORT_FORWARDING;
	return rc;
}

/* --- VLANs and addresses -------------------------------------------------- */

/* In a new VLAN of its own the bridge gets an entry for its address. */
static int join(const struct changes *changes, struct trace_snapshot *copy,
		struct trace_port *member, const struct change *change)
{
	struct trace_fdb entry = { .vlan = change->vlan,
				   .port = copy->bridge.index,
				   .state = VBR_FDB_LOCAL };
	bool is_new = !trace_vlan_of(member, change->vlan);
	int rc = snapshot_join(copy, member, change->vlan, change->flags);

	if (rc < 0 || member != &copy->bridge || !is_new || !changes->has_host)
		return rc;
	memcpy(entry.mac, changes->host_mac, 6);
	return snapshot_add_fdb(copy, &entry);
}

static int change_mac(struct trace_snapshot *copy,
		      const struct trace_port *member,
		      const struct change *change)
{
	struct trace_fdb entry = { .vlan = change->vlan,
				   .port = change->member,
				   .state = VBR_FDB_STATIC };

	if (change->vlan && !trace_vlan_of(member, change->vlan))
		return -EINVAL;
	if (change->kind == CHANGE_MAC_DEL) {
		snapshot_del_fdb(copy, change->mac, change->vlan);
		return 0;
	}
	if (trace_fdb_of(copy, change->mac, change->vlan))
		return -EINVAL;
	memcpy(entry.mac, change->mac, 6);
	return snapshot_add_fdb(copy, &entry);
}

/* --- all of them ---------------------------------------------------------- */

static int make(const struct changes *changes, const struct change *change,
		struct trace_snapshot *copy)
{
	struct trace_port *member = snapshot_member(copy, change->member);

	if (!member)
		return -EINVAL;
	switch (change->kind) {
	case CHANGE_UP:
		return snapshot_set_up(copy, member);
	case CHANGE_DEVICE_UP:
	case CHANGE_DEVICE_REM:
		return change_device(copy, change);
	case CHANGE_JOIN:
		return join(changes, copy, member, change);
	case CHANGE_STATE:
		return set_state(copy, member);
	case CHANGE_VLAN_STATE:
		return set_vlan_state(copy, member, change->vlan);
	case CHANGE_FLAG:
		change_set_flag(change, member);
		return 0;
	case CHANGE_MAC_DEL:
	case CHANGE_MAC_ADD:
		return change_mac(copy, member, change);
	}
	return -EINVAL;
}

int changes_make(const struct changes *changes, uint64_t set,
		 struct trace_snapshot *copy)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < changes->count; i++)
		if (set & UINT64_C(1) << i)
			rc = make(changes, &changes->list[i], copy);
	return rc;
}
