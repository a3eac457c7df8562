/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a frame goes: the FDB, and the MDB by way of multicast.c. */

#include "config.h"

#include "trace/lookup.h"

#include <string.h>

#include "trace/egress.h"
#include "trace/multicast.h"
#include "trace/run.h"

static bool is_suppressed(const struct trace_run *run,
			  const struct trace_port *port)
{
	const struct trace_vlan *vlan;

	if (!port->neigh_vlan_suppress)
		return port->neigh_suppress;
	vlan = run->vlan ? trace_vlan_of(port, run->vlan) : NULL;
	return vlan && vlan->neigh_suppress;
}

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
		if (!is_suppressed(run, port) &&
		    !(is_arp(run) && (port->proxyarp || port->proxyarp_wifi)))
			continue;
		if (!is_arp(run) && run->type != ETHERTYPE_IPV6)
			continue;
		run_step(
			run, "neighbour", port->name, "unknown",
			is_suppressed(run, port) ? "neigh_suppress"
						 : "proxyarp",
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

/* A port without a carrier may have a backup port. */
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

/* --- any address ---------------------------------------------------------- */

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
		trace_multicast(run);
	} else {
		unicast(run);
	}
}
