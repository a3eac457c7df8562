/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds things in the snapshot, for all stages. */

#include "config.h"

#include "trace/run.h"

#include <string.h>

bool mac_is_group(const uint8_t mac[6])
{
	return mac[0] & 1;
}

bool mac_is_all(const uint8_t mac[6], uint8_t byte)
{
	for (int i = 0; i < 6; i++)
		if (mac[i] != byte)
			return false;
	return true;
}

const char *trace_state_name(unsigned int state)
{
	static const char names[][12] = { "disabled", "listening", "learning",
					  "forwarding", "blocking" };

	return state < sizeof(names) / sizeof(names[0]) ? names[state]
							: "unknown";
}

const struct trace_port *trace_port_of(const struct trace_snapshot *snapshot,
				       int index)
{
	for (size_t i = 0; i < snapshot->port_count; i++)
		if (snapshot->ports[i].index == index)
			return &snapshot->ports[i];
	return NULL;
}

const struct trace_vlan *trace_vlan_of(const struct trace_port *port,
				       unsigned int vlan)
{
	for (size_t i = 0; i < port->vlan_count; i++)
		if (port->vlans[i].first <= vlan && vlan <= port->vlans[i].last)
			return &port->vlans[i];
	return NULL;
}

unsigned int trace_pvid_of(const struct trace_port *port)
{
	for (size_t i = 0; i < port->vlan_count; i++)
		if (port->vlans[i].flags & VBR_PORT_VLAN_PVID)
			return port->vlans[i].first;
	return 0;
}

const struct trace_fdb *trace_fdb_of(const struct trace_snapshot *snapshot,
				     const uint8_t mac[6], unsigned int vlan)
{
	for (size_t i = 0; i < snapshot->fdb_count; i++)
		if (snapshot->fdb[i].vlan == vlan &&
		    memcmp(snapshot->fdb[i].mac, mac, 6) == 0)
			return &snapshot->fdb[i];
	return NULL;
}
