/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Applies lines about VLANs and FDB entries to a snapshot. */

#include "config.h"

#include "reach/apply-vlan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/item.h"
#include "reach/copy.h"
#include "trace/run.h"

/* --- membership ----------------------------------------------------------- */

/* A range of VLANs is many items: most extend the row of the item before. */
static bool continue_row(struct trace_port *port, unsigned int vid,
			 unsigned int flags)
{
	struct trace_vlan *last = port->vlan_count
					  ? &port->vlans[port->vlan_count - 1]
					  : NULL;

	if (!last || last->last + 1 != vid || last->flags != flags ||
	    last->has_tunnel || last->state != VBR_PORT_FORWARDING ||
	    flags & VBR_PORT_VLAN_PVID)
		return false;
	last->last = vid;
	return true;
}

static int join(struct trace_snapshot *s, struct trace_port *member,
		unsigned int vid, unsigned int flags)
{
	bool is_new = !trace_vlan_of(member, vid);
	struct trace_fdb entry = { .vlan = vid,
				   .port = s->bridge.index,
				   .state = VBR_FDB_LOCAL };
	int rc = 0;

	if (!is_new || !continue_row(member, vid, flags))
		rc = snapshot_join(s, member, vid, flags);
	/* In a new VLAN of its own the bridge gets an entry for its address. */
	if (rc < 0 || !is_new || member != &s->bridge)
		return rc;
	memcpy(entry.mac, s->bridge.mac, 6);
	return snapshot_add_fdb(s, &entry);
}

int apply_vlan(struct trace_snapshot *snapshot, struct trace_port *member,
	       const struct item *item)
{
	const char *tunnel = item->value ? item_tunnel(item) : NULL;
	struct trace_vlan *row;
	int rc;

	if (!item->value)
		return snapshot_leave(snapshot, member, item->vid);
	rc = join(snapshot, member, item->vid, item_vlan_flags(item));
	if (rc < 0 || !tunnel)
		return rc;
	rc = snapshot_join(snapshot, member, item->vid, item_vlan_flags(item));
	if (rc < 0)
		return rc;
	row = &member->vlans[member->vlan_count - 1];
	row->has_tunnel = true;
	row->tunnel = (uint32_t)strtoul(tunnel, NULL, 10);
	return 0;
}

int apply_vlan_option(struct trace_snapshot *snapshot,
		      struct trace_port *member, const struct item *item)
{
	const struct trace_vlan *row = trace_vlan_of(member, item->vid);
	int rc;

	if (!row || strcmp(item->name, "state") != 0)
		return 0;
	rc = snapshot_join(snapshot, member, item->vid, row->flags);
	if (rc == 0)
		member->vlans[member->vlan_count - 1].state =
			(unsigned int)item->number;
	return rc;
}

int apply_default_vlan(struct trace_snapshot *snapshot, struct trace_port *port)
{
	if (!snapshot->default_pvid)
		return 0;
	return snapshot_join(snapshot, port, snapshot->default_pvid,
			     VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED);
}

/* --- the FDB -------------------------------------------------------------- */

static int apply_entry(struct trace_snapshot *snapshot,
		       const struct trace_port *member, const struct item *item,
		       unsigned int vid)
{
	struct trace_fdb entry = { .vlan = vid,
				   .port = member->index,
				   .state = VBR_FDB_STATIC };

	if (vbr_parse_mac(item->name, entry.mac) < 0)
		return 0;
	if (item->value)
		return snapshot_add_fdb(snapshot, &entry);
	snapshot_del_fdb(snapshot, entry.mac, vid);
	return 0;
}

/* Without a VLAN, the kernel uses all VLANs of the port. */
int apply_mac(struct trace_snapshot *snapshot, const struct trace_port *member,
	      const struct item *item)
{
	int rc = apply_entry(snapshot, member, item, item->vid);

	if (item->vid || !snapshot->vlan_filtering)
		return rc;
	for (size_t i = 0; rc == 0 && i < member->vlan_count; i++)
		for (unsigned int vid = member->vlans[i].first;
		     rc == 0 && vid <= member->vlans[i].last; vid++)
			rc = apply_entry(snapshot, member, item, vid);
	return rc;
}
