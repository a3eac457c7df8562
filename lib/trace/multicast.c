/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a multicast frame goes: snooping, the MDB, queriers and routers. */

#include "config.h"

#include "trace/multicast.h"

#include <string.h>

#include "trace/egress.h"
#include "trace/run.h"

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

void trace_multicast(struct trace_run *run)
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
