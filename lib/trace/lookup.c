/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a frame goes: the FDB and the MDB. */

#include "config.h"

#include "trace/lookup.h"

#include <string.h>

#include "trace/egress.h"
#include "trace/run.h"

static bool is_arp(const struct trace_run *run)
{
	return run->type == ETHERTYPE_ARP || run->type == ETHERTYPE_RARP;
}

/* The bridge may answer itself; then some ports do not get the frame. */
static void note_neighbours(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const struct trace_port *port;

	for (size_t i = 0; i < snapshot->port_count; i++) {
		port = &snapshot->ports[i];
		if (!port->neigh_suppress &&
		    !(is_arp(run) && (port->proxyarp || port->proxyarp_wifi)))
			continue;
		if (!is_arp(run) && run->type != ETHERTYPE_IPV6)
			continue;
		run_step(
			run, "neighbour", port->name, "unknown",
			port->neigh_suppress ? "neigh_suppress" : "proxyarp",
			"the bridge may answer for a neighbour: that needs the "
			"payload, which is not looked at");
	}
}

/* --- unicast -------------------------------------------------------------- */

/* The FDB as it is after the frame's own sender was learned. */
static bool find(const struct trace_run *run, struct trace_fdb *ret_entry)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const struct trace_fdb *entry = trace_fdb_of(snapshot, run->dst,
						     run->vlan);

	if (entry) {
		*ret_entry = *entry;
	} else if (run->is_on_port && memcmp(run->src, run->dst, 6) == 0) {
		*ret_entry = (struct trace_fdb){ .state = VBR_FDB_LEARNED };
	} else if (run->vlan && run->in && snapshot->fdb_local_vlan_0) {
		entry = trace_fdb_of(snapshot, run->dst, 0);
		if (!entry || entry->state != VBR_FDB_LOCAL)
			return false;
		*ret_entry = *entry;
	} else {
		return false;
	}
	if (run->is_on_port && memcmp(run->src, run->dst, 6) == 0)
		ret_entry->port = run->in->index;
	return true;
}

/* A port without a carrier may have another to stand in for it. */
static const struct trace_port *backup_of(struct trace_run *run,
					  const struct trace_port *port)
{
	const struct trace_port *backup;

	if (port->has_carrier || !port->backup_port)
		return port;
	backup = trace_port_of(run->snapshot, port->backup_port);
	if (!backup)
		return port;
	run_step(run, "backup", port->name, "pass", "backup_port",
		 "the port has no carrier: its backup port stands in for it");
	return backup;
}

static void go_to_host(struct trace_run *run, const char *why)
{
	run_step(run, "lookup", run->snapshot->bridge.name, "pass", NULL, "%s",
		 why);
	trace_pass_up(run);
}

static void forward(struct trace_run *run, const struct trace_fdb *entry)
{
	const struct trace_port *port = trace_port_of(run->snapshot,
						      entry->port);

	if (!port) {
		run_step(run, "lookup", run->snapshot->bridge.name, "drop",
			 NULL,
			 "the FDB says that this is an address of the bridge "
			 "itself");
		run->refusal = "lookup";
		return;
	}
	run_step(run, "lookup", port->name, "pass", NULL,
		 "the FDB says that the address is on this port");
	trace_deliver(run, backup_of(run, port));
}

static void unicast(struct trace_run *run)
{
	struct trace_fdb entry;

	if (!find(run, &entry)) {
		run_step(run, "lookup", run->snapshot->bridge.name, "pass",
			 NULL,
			 "the FDB does not know the address: the frame goes to "
			 "all ports");
		trace_flood_ports(run, FLOOD_UNICAST);
	} else if (run->in && entry.state == VBR_FDB_LOCAL) {
		go_to_host(run, "the FDB says that this is an address of the "
				"host");
		return;
	} else {
		forward(run, &entry);
	}
	if (run->in && run->snapshot->is_promiscuous)
		trace_pass_up(run);
}

/* --- multicast ------------------------------------------------------------ */

static bool is_group(const struct trace_run *run,
		     const struct trace_member *member)
{
	struct address mac = { .family = ADDRESS_MAC };
	const struct address *group = &run->group;

	if (!run->has_group) {
		memcpy(mac.bytes, run->dst, 6);
		group = &mac;
	}
	return member->vlan == run->vlan && !member->has_source &&
	       member->group.family == group->family &&
	       memcmp(member->group.bytes, group->bytes,
		      address_len(group->family)) == 0;
}

static bool has_members(const struct trace_run *run)
{
	if (!run->snapshot->multicast_snooping)
		return false;
	for (size_t i = 0; i < run->snapshot->member_count; i++)
		if (is_group(run, &run->snapshot->members[i]))
			return true;
	return false;
}

/* Data for a group that members join: groups of the link alone are never
 * pruned. */
static bool is_joinable(const struct trace_run *run)
{
	static const uint8_t all_nodes[16] = { 0xff, 2, [15] = 1 };
	const uint8_t *bytes = run->group.bytes;

	if (!run->snapshot->multicast_snooping || !run->has_group)
		return false;
	if (run->group.family == ADDRESS_IPV4)
		return bytes[0] != 224 || bytes[1] || bytes[2];
	return memcmp(bytes, all_nodes, sizeof(all_nodes)) != 0;
}

/* Without a querier the kernel does not trust its groups. */
static bool has_querier(const struct trace_run *run, bool is_member)
{
	const struct trace_snapshot *snapshot = run->snapshot;

	if (run->type == ETHERTYPE_IPV4)
		return snapshot->multicast_querier || snapshot->has_querier4;
	if (run->type == ETHERTYPE_IPV6)
		return snapshot->multicast_querier || snapshot->has_querier6;
	return is_member;
}

/* Whether a member wants the frame, whose source is not known here. */
static bool wants(const struct trace_run *run,
		  const struct trace_member *member)
{
	bool by_source = run->has_group &&
			 (run->group.family == ADDRESS_IPV4
				  ? run->snapshot->igmp_version == 3
				  : run->snapshot->mld_version == 2);

	if (member->flags & VBR_MDB_BLOCKED)
		return false;
	return !by_source || !(member->flags & VBR_MDB_INCLUDE);
}

/* The kernel lists no routers while the bridge's own multicast_router is 0, but
 * sends to them; a port's option says it of those that are set. */
static bool is_router(const struct trace_run *run,
		      const struct trace_port *port)
{
	if (port->multicast_router == 2 || port->multicast_router == 3)
		return true;
	for (size_t i = 0; i < run->snapshot->router_count; i++)
		if (run->snapshot->routers[i].index == port->index &&
		    run->snapshot->routers[i].vlan == 0)
			return true;
	return false;
}

static bool is_member(const struct trace_run *run, int index)
{
	const struct trace_member *member;

	for (size_t i = 0; i < run->snapshot->member_count; i++) {
		member = &run->snapshot->members[i];
		if (member->index == index && is_group(run, member) &&
		    wants(run, member))
			return true;
	}
	return false;
}

static void send_to_members(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;

	for (size_t i = 0; i < snapshot->port_count; i++) {
		const struct trace_port *port = &snapshot->ports[i];

		if (is_router(run, port) || is_member(run, port->index))
			trace_deliver(run, port);
	}
}

static const char *why_flooded(const struct trace_run *run)
{
	if (!run->snapshot->multicast_snooping)
		return "multicast_snooping is off: the frame goes to all ports";
	if (is_joinable(run) || has_members(run))
		return "there is no querier: the frame goes to all ports";
	return "the frame goes to all ports, as no group is known for it";
}

static void multicast(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const char *bridge = snapshot->bridge.name;
	bool is_known = has_members(run), host = true;

	if ((is_known || is_joinable(run)) && has_querier(run, is_known)) {
		run_step(run, "lookup", bridge, "pass",
			 is_known ? NULL : "multicast_querier",
			 is_known ? "the frame goes to the members of the "
				    "group, and to routers"
				  : "the group has no members: the frame goes "
				    "only to routers");
		host = (is_known && is_member(run, snapshot->bridge.index)) ||
		       snapshot->multicast_router == 2;
		send_to_members(run);
	} else {
		run_step(run, "lookup", bridge, "pass",
			 snapshot->multicast_snooping ? NULL
						      : "multicast_snooping",
			 "%s", why_flooded(run));
		trace_flood_ports(run, FLOOD_MULTICAST);
	}
	if (run->in && (host || snapshot->is_promiscuous))
		trace_pass_up(run);
	else if (run->in && !run->refusal)
		run->refusal = "lookup";
}

void trace_lookup(struct trace_run *run)
{
	note_neighbours(run);
	if (mac_is_all(run->dst, 0xff)) {
		run_step(run, "lookup", run->snapshot->bridge.name, "pass",
			 NULL, "broadcast goes to all ports");
		trace_flood_ports(run, FLOOD_BROADCAST);
		if (run->in)
			trace_pass_up(run);
	} else if (mac_is_group(run->dst)) {
		multicast(run);
	} else {
		unicast(run);
	}
}
