/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a multicast frame goes: snooping, the MDB, queriers and routers. */

#include "config.h"

#include "trace/multicast.h"

#include <string.h>

#include "trace/egress.h"
#include "trace/run.h"

/* With mcast_vlan_snooping, each VLAN has its own. NULL: no snooping. */
static const struct trace_mcast *find_mcast(const struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const struct trace_mcast *mcast = &snapshot->mcast;

	if (!mcast->snooping)
		return NULL;
	if (!snapshot->mcast_vlan_snooping)
		return mcast;
	for (size_t i = 0; i < snapshot->vlan_mcast_count; i++) {
		mcast = &snapshot->vlan_mcasts[i];
		if (mcast->first <= run->vlan && run->vlan <= mcast->last)
			return mcast->snooping ? mcast : NULL;
	}
	return NULL;
}

/* --- groups --------------------------------------------------------------- */

static bool is_same(const struct address *left, const struct address *right)
{
	return left->family == right->family &&
	       memcmp(left->bytes, right->bytes, address_len(left->family)) ==
		       0;
}

static bool is_group(const struct trace_run *run,
		     const struct trace_member *member)
{
	struct address mac = { .family = ADDRESS_MAC };

	memcpy(mac.bytes, run->dst, 6);
	return member->vlan == run->vlan &&
	       is_same(&member->group, run->has_group ? &run->group : &mac);
}

/* Whether the kernel looks at the sources of the frame's protocol. */
static bool is_by_source(const struct trace_run *run,
			 const struct trace_mcast *mcast)
{
	if (!run->has_group)
		return false;
	return run->group.family == ADDRESS_IPV4 ? mcast->igmp_version == 3
						 : mcast->mld_version == 2;
}

/* The entries of the frame's group in the MDB. The kernel uses the entry of the
 * frame's source, if there is one, and otherwise that of all sources. */
struct group {
	bool is_known, by_source;
	bool has_sources; /* and the frame's source is not known */
};

static struct group find_group(const struct trace_run *run,
			       const struct trace_mcast *mcast)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	struct group group = { false };

	for (size_t i = 0; mcast && i < snapshot->member_count; i++) {
		const struct trace_member *member = &snapshot->members[i];

		if (!is_group(run, member))
			continue;
		if (!member->has_source)
			group.is_known = true;
		else if (!is_by_source(run, mcast))
			continue;
		else if (!run->has_source)
			group.has_sources = true;
		else if (is_same(&member->source, &run->source))
			group.by_source = true;
	}
	group.is_known |= group.by_source;
	return group;
}

/* Data for a group that members join: groups of the link alone are never
 * pruned. */
static bool is_joinable(const struct trace_run *run,
			const struct trace_mcast *mcast)
{
	static const uint8_t all_nodes[16] = { 0xff, 2, [15] = 1 };
	const uint8_t *bytes = run->group.bytes;

	if (!mcast || !run->has_group)
		return false;
	if (run->group.family == ADDRESS_IPV4)
		return bytes[0] != 224 || bytes[1] || bytes[2];
	return memcmp(bytes, all_nodes, sizeof(all_nodes)) != 0;
}

/* Without a querier the kernel does not trust its groups. */
static bool has_querier(const struct trace_run *run,
			const struct trace_mcast *mcast, bool is_known)
{
	if (run->type == ETHERTYPE_IPV4)
		return mcast->querier || mcast->has_querier4;
	if (run->type == ETHERTYPE_IPV6)
		return mcast->querier || mcast->has_querier6;
	return is_known;
}

/* --- members and routers -------------------------------------------------- */

static bool wants(const struct trace_run *run, const struct trace_mcast *mcast,
		  const struct group *group, const struct trace_member *member)
{
	if (!is_group(run, member) || member->has_source != group->by_source ||
	    member->flags & VBR_MDB_BLOCKED)
		return false;
	if (group->by_source)
		return is_same(&member->source, &run->source);
	return !is_by_source(run, mcast) || !(member->flags & VBR_MDB_INCLUDE);
}

static bool is_member(const struct trace_run *run,
		      const struct trace_mcast *mcast,
		      const struct group *group, int index)
{
	const struct trace_member *members = run->snapshot->members;

	for (size_t i = 0; i < run->snapshot->member_count; i++)
		if (members[i].index == index &&
		    wants(run, mcast, group, &members[i]))
			return true;
	return false;
}

/* The option of the port or, with mcast_vlan_snooping, of its VLAN. */
static unsigned int router_option(const struct trace_run *run,
				  const struct trace_port *port)
{
	const struct trace_vlan *vlan;

	if (!run->snapshot->mcast_vlan_snooping)
		return port == &run->snapshot->bridge
			       ? run->snapshot->multicast_router
			       : port->multicast_router;
	vlan = trace_vlan_of(port, run->vlan);
	return vlan ? vlan->multicast_router : 0;
}

/* The kernel lists no routers while the bridge's own multicast_router is 0, but
 * sends to them; a port's option says it of those that are set. */
static bool is_router(const struct trace_run *run,
		      const struct trace_port *port)
{
	unsigned int option = router_option(run, port);
	unsigned int vlan = run->snapshot->mcast_vlan_snooping ? run->vlan : 0;

	if (option == 2 || option == 3)
		return true;
	for (size_t i = 0; i < run->snapshot->router_count; i++)
		if (run->snapshot->routers[i].index == port->index &&
		    run->snapshot->routers[i].vlan == vlan)
			return true;
	return false;
}

static void note_unread(struct trace_run *run, const struct group *group)
{
	const char *bridge = run->snapshot->bridge.name;

	if (group->has_sources)
		run_step(run, "lookup", bridge, "unknown", NULL,
			 "the group has members for some sources only, and the "
			 "source of the frame is not given");
	if (run->snapshot->mcast_vlan_snooping)
		run_step(
			run, "lookup", bridge, "unknown", "mcast_router",
			"routers that were heard in the VLAN are not examined, "
			"only those that are set");
}

/* Returns whether the host gets the frame. */
static bool send_to_members(struct trace_run *run,
			    const struct trace_mcast *mcast,
			    const struct group *group)
{
	const struct trace_snapshot *snapshot = run->snapshot;

	run_step(run, "lookup", snapshot->bridge.name, "pass",
		 group->is_known ? NULL : "multicast_querier",
		 group->by_source
			 ? "the frame goes to the members of the group "
			   "for its source, and to routers"
		 : group->is_known
			 ? "the frame goes to the members of the group, and to "
			   "routers"
			 : "the group has no members: the frame goes only to "
			   "routers");
	note_unread(run, group);
	for (size_t i = 0; i < snapshot->port_count; i++) {
		const struct trace_port *port = &snapshot->ports[i];

		if (is_router(run, port) ||
		    (group->is_known &&
		     is_member(run, mcast, group, port->index)))
			trace_deliver(run, port);
	}
	return (group->is_known &&
		is_member(run, mcast, group, snapshot->bridge.index)) ||
	       router_option(run, &snapshot->bridge) == 2;
}

/* --- all ports ------------------------------------------------------------ */

/* The option that keeps the bridge from snooping. */
static const char *snooping_option(const struct trace_run *run)
{
	return run->snapshot->mcast.snooping ? "mcast_snooping"
					     : "multicast_snooping";
}

static const char *why_flooded(const struct trace_run *run,
			       const struct trace_mcast *mcast, bool is_pruned)
{
	if (!run->snapshot->mcast.snooping)
		return "multicast_snooping is off: the frame goes to all ports";
	if (!mcast)
		return "mcast_snooping of the VLAN is off: the frame goes to "
		       "all ports";
	if (is_pruned)
		return "there is no querier: the frame goes to all ports";
	return "the frame goes to all ports, as no group is known for it";
}

void trace_multicast(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const struct trace_mcast *mcast = find_mcast(run);
	struct group group = find_group(run, mcast);
	bool is_pruned = group.is_known || is_joinable(run, mcast), host = true;

	if (is_pruned && has_querier(run, mcast, group.is_known)) {
		host = send_to_members(run, mcast, &group);
	} else {
		run_step(run, "lookup", snapshot->bridge.name, "pass",
			 mcast ? NULL : snooping_option(run), "%s",
			 why_flooded(run, mcast, is_pruned));
		trace_flood_ports(run, FLOOD_MULTICAST);
	}
	if (run->in && (host || snapshot->is_promiscuous))
		trace_pass_up(run);
	else if (run->in && !run->refusal)
		run->refusal = "lookup";
}
