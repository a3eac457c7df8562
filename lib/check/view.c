/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Answers the questions of rules about a bridge, a port or the host. */

#include "config.h"

#include "check/view.h"

#include <string.h>

uint64_t bridge_number(const struct bridge_view *bridge, const char *option,
		       uint64_t missing)
{
	uint64_t value;

	return vbr_bridge_value(bridge->bridge, option, &value) == 0 ? value
								     : missing;
}

uint64_t port_number(const struct port_view *port, const char *option,
		     uint64_t missing)
{
	uint64_t value;

	return vbr_port_value(port->port, option, &value) == 0 ? value
							       : missing;
}

bool is_guest_port(const struct port_view *port)
{
	return strcmp(port->link->kind, "veth") == 0 ||
	       strcmp(port->link->kind, "tun") == 0;
}

size_t count_uplinks(const struct bridge_view *bridge)
{
	size_t count = 0;

	for (size_t i = 0; i < bridge->count; i++)
		count += !is_guest_port(&bridge->ports[i]);
	return count;
}

const struct ip_address *find_address(const struct check *check,
				      const struct topology_link *link)
{
	size_t count;
	const struct ip_address *addresses = topology_addresses(check->topology,
								link->index,
								&count);

	for (size_t i = 0; i < count; i++)
		if (!addresses[i].is_link_local)
			return &addresses[i];
	return NULL;
}

bool has_address(const struct check *check, const struct topology_link *link)
{
	return find_address(check, link);
}

bool has_default_route(const struct check *check,
		       const struct topology_link *link)
{
	size_t count;

	topology_routes(check->topology, link->index, &count);
	return count > 0;
}
