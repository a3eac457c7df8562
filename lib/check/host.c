/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about the host: its addresses, routes and firewall. */

#include "config.h"

#include "check/host.h"

#include <string.h>

#include "base/mac.h"
#include "check/findings.h"
#include "check/view.h"

/* --- addresses ------------------------------------------------------------ */

static void fix_addresses(struct check *check, const struct bridge_view *bridge,
			  const struct port_view *port)
{
	size_t count;
	const struct ip_address *addresses =
		topology_addresses(check->topology, port->link->index, &count);
	char room[PREFIX_SIZE];

	for (size_t i = 0; i < count; i++) {
		if (addresses[i].is_link_local)
			continue;
		address_word(room, &addresses[i]);
		finding_fix(check, "ip", "address", "del", room, "dev",
			    port->link->name, NULL);
		/* The bridge needs a DHCP client, not the address. */
		if (!addresses[i].expires)
			finding_fix(check, "ip", "address", "add", room, "dev",
				    bridge->link->name, NULL);
	}
}

/* The device of a hop after the commands up to those for "port" have run. */
static const char *hop_device(const struct check *check,
			      const struct bridge_view *bridge,
			      const struct port_view *port,
			      const struct ip_route *hop)
{
	const struct topology_link *link = topology_link(check->topology,
							 hop->index);

	for (const struct port_view *at = bridge->ports; at <= port; at++)
		if (at->link->index == hop->index)
			return bridge->link->name;
	return link ? link->name : NULL;
}

static void put_hop(struct text *line, const struct ip_route *hop,
		    const char *device)
{
	char gateway[ADDRESS_TEXT_SIZE];

	if (hop->has_gateway) {
		address_format(&hop->gateway, gateway);
		text_word(line, "via");
		if (hop->gateway.family != hop->family)
			text_word(line, "inet6");
		text_word(line, gateway);
	}
	text_words(line, "dev", device, NULL);
	if (hop->is_onlink)
		text_word(line, "onlink");
}

static void put_nexthop(struct text *line, const struct ip_route *hop,
			const char *device)
{
	char room[NUMBER_SIZE];

	text_word(line, "nexthop");
	put_hop(line, hop, device);
	if (hop->weight != 1)
		text_words(line, "weight", number_word(room, hop->weight),
			   NULL);
}

static size_t count_hops(const struct topology *topology, unsigned int number)
{
	size_t count = 0;

	for (size_t i = 0; i < topology->route_count; i++)
		count += topology->routes[i].number == number;
	return count;
}

/* The default of "ip". */
static uint32_t usual_metric(uint8_t family)
{
	return family == ADDRESS_IPV6 ? 1024 : 0;
}

/* RTPROT_BOOT, which "ip" takes if none is given. */
#define USUAL_PROTOCOL 3

/* What "replace" would reset if it were not given. */
static void put_route(struct text *line, const struct ip_route *route)
{
	char room[NUMBER_SIZE], source[ADDRESS_TEXT_SIZE];
	char protocol[VBR_PROTOCOL_TEXT_SIZE];

	text_begin(line, "ip", route->family == ADDRESS_IPV6 ? "-6" : "-4",
		   "route", "replace", "default", NULL);
	vbr_mdb_format_protocol(route->protocol, protocol);
	if (route->protocol != USUAL_PROTOCOL)
		text_words(line, "proto", protocol, NULL);
	if (route->metric != usual_metric(route->family))
		text_words(line, "metric", number_word(room, route->metric),
			   NULL);
	if (route->has_source) {
		address_format(&route->source, source);
		text_words(line, "src", source, NULL);
	}
}

/* With all hops of the route: "replace" deletes the hops that are not given. */
static void put_hops(struct text *line, const struct check *check,
		     const struct bridge_view *bridge,
		     const struct port_view *port, const struct ip_route *route)
{
	const struct topology *topology = check->topology;
	bool is_multipath = count_hops(topology, route->number) > 1;

	for (size_t i = 0; i < topology->route_count; i++) {
		const struct ip_route *hop = &topology->routes[i];
		const char *device = hop_device(check, bridge, port, hop);

		if (hop->number != route->number || !device)
			continue;
		if (is_multipath)
			put_nexthop(line, hop, device);
		else
			put_hop(line, hop, device);
	}
}

/* Other routes may use the object, too. The route is gone if its preferred source
 * was deleted. */
static void fix_nexthop(struct check *check, const struct bridge_view *bridge,
			const struct ip_route *route)
{
	struct text line = { 0 };
	char id[NUMBER_SIZE];

	number_word(id, route->nexthop);
	text_begin(&line, "ip", route->family == ADDRESS_IPV6 ? "-6" : "-4",
		   "nexthop", "replace", "id", id, NULL);
	put_hop(&line, route, bridge->link->name);
	finding_fix_line(check, &line);
	put_route(&line, route);
	text_words(&line, "nhid", id, NULL);
	finding_fix_line(check, &line);
}

static void fix_route(struct check *check, const struct bridge_view *bridge,
		      const struct port_view *port,
		      const struct ip_route *route)
{
	struct text line = { 0 };

	if (route->nexthop && count_hops(check->topology, route->number) == 1) {
		fix_nexthop(check, bridge, route);
		return;
	}
	put_route(&line, route);
	put_hops(&line, check, bridge, port, route);
	finding_fix_line(check, &line);
}

/* Once for a route that has several hops at this port. */
static void fix_routes(struct check *check, const struct bridge_view *bridge,
		       const struct port_view *port)
{
	size_t count;
	const struct ip_route *routes = topology_routes(check->topology,
							port->link->index,
							&count);

	for (size_t i = 0; i < count; i++)
		if (i == 0 || routes[i].number != routes[i - 1].number)
			fix_route(check, bridge, port, &routes[i]);
}

static void report_port(struct check *check, const struct bridge_view *bridge,
			const struct port_view *port)
{
	const struct ip_address *address = find_address(check, port->link);
	char room[PREFIX_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	if (address)
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" has the address %s"),
			     bridge->name, port->name,
			     address_word(room, address));
	else
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" has the default "
			       "route"),
			     bridge->name, port->name);
	finding_why(check, _("the bridge takes the answers, so the host does "
			     "not get them through the port"));
	fix_addresses(check, bridge, port);
	fix_routes(check, bridge, port);
}

void rule_port_has_address(struct check *check,
			   const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];

		if (has_address(check, port->link) ||
		    has_default_route(check, port->link))
			report_port(check, bridge, port);
	}
}

/* --- the NIC that is missing ---------------------------------------------- */

/* The only device that could be the port; NULL: there is none, or several. */
static const struct topology_link *find_candidate(const struct check *check)
{
	const struct topology *topology = check->topology;
	const struct topology_link *found = NULL;

	for (size_t i = 0; i < topology->link_count; i++) {
		const struct topology_link *link = &topology->links[i];

		if (!link->is_ethernet || link->master || link->vlan ||
		    strcmp(link->kind, "bridge") == 0 ||
		    has_address(check, link))
			continue;
		if (found)
			return NULL;
		found = link;
	}
	return found;
}

void rule_empty_bridge(struct check *check, const struct bridge_view *bridge)
{
	const struct topology_link *candidate;

	if (bridge->count || !has_address(check, bridge->link) ||
	    !has_default_route(check, bridge->link))
		return;
	candidate = find_candidate(check);
	finding_begin(check, VBR_SEVERITY_ERROR, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\" has the default route, but no port"),
		     bridge->name);
	finding_why(check, _("the host reaches no network; often the network "
			     "card has got another name"));
	if (candidate)
		finding_fix(check, "brctl", "addif", bridge->link->name,
			    candidate->name, NULL);
}

/* --- the bridge's MAC address --------------------------------------------- */

static const struct port_view *find_owner(const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++)
		if (bridge->ports[i].link->has_mac &&
		    memcmp(bridge->ports[i].link->mac, bridge->link->mac,
			   MAC_LEN) == 0)
			return &bridge->ports[i];
	return NULL;
}

/* It is a warning only if an uplink is cut off, too; otherwise a remark. */
void rule_mac_floats(struct check *check, const struct bridge_view *bridge)
{
	const struct port_view *owner = find_owner(bridge);
	char text[VBR_MAC_TEXT_SIZE];
	bool is_set;

	if (!owner || !is_guest_port(owner) ||
	    !has_address(check, bridge->link))
		return;
	if (vbr_link_is_mac_set(check->ctx, bridge->link->name, &is_set) < 0) {
		check_skip(check, _("/sys does not show the devices of this "
				    "network namespace"));
		return;
	}
	if (is_set)
		return;
	finding_begin(check,
		      count_uplinks(bridge) ? VBR_SEVERITY_WARNING
					    : VBR_SEVERITY_REMARK,
		      bridge, owner);
	finding_what(
		check,
		_("bridge \"%s\" has the MAC address of port \"%s\", which "
		  "is that of a guest"),
		bridge->name, owner->name);
	finding_why(check, _("when the guest stops, the address changes, and "
			     "the host is unreachable for minutes"));
	mac_format(bridge->link->mac, text);
	finding_fix(check, "brctl", "link", bridge->link->name, "address", text,
		    NULL);
}
