/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Finds a station: the host, a port, a MAC address in the FDB, or an IP address
 * among the host's addresses and in its neighbour tables.
 */

#include "config.h"

#include "reach/find.h"

#include <errno.h>
#include <string.h>

#include "base/address.h"
#include "base/mac.h"
#include "core/context.h"
#include "core/talk.h"
#include "wire/ip.h"
#include "wire/request.h"

static int fail(const struct find *find, const char *word, int error,
		const char *why)
{
	context_begin(find->ctx, N_("cannot find \"%s\" on bridge \"%s\""),
		      word, find->bridge);
	return context_fail(find->ctx, error, why);
}

/* --- the host and ports --------------------------------------------------- */

static void take_host(const struct find *find, unsigned int vlan,
		      struct station *station)
{
	const struct topology_link *link = topology_link(find->topology,
							 find->index);

	*station = (struct station){ .member = find->index,
				     .has_mac = true,
				     .is_bridge_mac = true,
				     .vlan = vlan };
	if (link)
		memcpy(station->mac, link->mac, 6);
}

struct port_query {
	const struct find *find;
	int port;
	struct station *station;
	bool is_exact; /* in the VLAN that was asked for */
};

/* Entries in VLANs mean nothing while the bridge does not filter. */
static bool is_relevant(const struct find *find,
			const struct vbr_fdb_entry *entry)
{
	return find->is_filtering || vbr_fdb_entry_vlan(entry) == 0;
}

/* A locked port lets only those pass that it knows. */
static int on_port_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct port_query *query = data;
	struct station *station = query->station;
	unsigned int vlan = vbr_fdb_entry_vlan(entry);
	bool is_exact = vlan && vlan == query->find->vlan;

	if (!is_relevant(query->find, entry) ||
	    (station->has_mac && (query->is_exact || !is_exact)) ||
	    vbr_fdb_entry_port_index(entry) != query->port ||
	    vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL ||
	    vbr_fdb_entry_flags(entry) & VBR_FDB_LOCKED)
		return 0;
	memcpy(station->mac, vbr_fdb_entry_mac(entry), 6);
	station->vlan = vlan;
	station->has_mac = true;
	query->is_exact = is_exact;
	return 0;
}

static bool is_locked(const struct find *find, int index)
{
	const struct vbr_port *port;
	uint64_t locked = 0;

	for (size_t i = 0;
	     (port = vbr_ports_at(find->topology->lists.ports, i)); i++)
		if (vbr_port_index(port) == index)
			vbr_port_value(port, "locked", &locked);
	return locked;
}

static int take_port(const struct find *find, int index, int number,
		     struct station *station)
{
	struct port_query query = { find, index, station, false };

	/* Of the range for documentation. */
	*station = (struct station){
		.member = index,
		.mac = { 2, 0, 0x5e, 0, 0x53, (uint8_t)(1 + number) },
	};
	if (!is_locked(find, index))
		return 0;
	return vbr_fdb_foreach(find->ctx, find->bridge, on_port_entry, &query);
}

/* --- devices -------------------------------------------------------------- */

/* The bridge that a device belongs to; 0: none. */
static int bridge_of(const struct find *find, const struct topology_link *link)
{
	if (topology_bridge(find->topology, link->index))
		return link->index;
	if (link->vlan && topology_bridge(find->topology, link->parent))
		return link->parent;
	if (topology_bridge(find->topology, link->master))
		return link->master;
	return 0;
}

static int take_device(const struct find *find, const char *word, int number,
		       const struct topology_link *link,
		       struct found *ret_found)
{
	int bridge = bridge_of(find, link);
	const struct topology_link *other;

	if (!bridge)
		return fail(find, word, -ENODATA,
			    _("it is not a port of the bridge"));
	if (bridge != find->index) {
		other = topology_link(find->topology, bridge);
		memcpy(ret_found->elsewhere, other->name, NAME_SIZE);
	} else if (link->master == bridge) {
		return take_port(find, link->index, number,
				 &ret_found->station);
	} else {
		take_host(find, link->vlan, &ret_found->station);
	}
	return 0;
}

/* --- MAC addresses -------------------------------------------------------- */

struct mac_query {
	const struct find *find;
	const uint8_t *mac;
	struct station *station;
	bool is_found, is_exact; /* in the VLAN that was asked for */
};

/* The addresses of its ports are the host's, too. */
static void note_local(const struct find *find, struct station *station)
{
	const struct topology_link *link = topology_link(find->topology,
							 find->index);

	station->is_bridge_mac = link &&
				 memcmp(link->mac, station->mac, 6) == 0;
	station->member = find->index;
	station->vlan = 0;
}

static int on_mac_entry(const struct vbr_fdb_entry *entry, void *data)
{
	struct mac_query *query = data;
	struct station *station = query->station;
	unsigned int vlan = vbr_fdb_entry_vlan(entry);
	bool is_exact = vlan && vlan == query->find->vlan;

	if (!is_relevant(query->find, entry) ||
	    memcmp(vbr_fdb_entry_mac(entry), query->mac, 6) != 0 ||
	    (query->is_found && (query->is_exact || !is_exact)))
		return 0;
	query->is_found = true;
	query->is_exact = is_exact;
	station->vlan = vlan;
	station->is_bridge_mac = false;
	station->member = vbr_fdb_entry_port_index(entry);
	if (vbr_fdb_entry_state(entry) == VBR_FDB_LOCAL)
		note_local(query->find, station);
	return 0;
}

static int take_mac(const struct find *find, const char *word,
		    const uint8_t mac[6], struct station *station)
{
	struct mac_query query = { .find = find,
				   .mac = mac,
				   .station = station };
	int rc;

	if (mac[0] & 1)
		return fail(find, word, -EINVAL,
			    _("it is a multicast address, which is not that of "
			      "one station"));
	*station = (struct station){ .has_mac = true };
	memcpy(station->mac, mac, 6);
	rc = vbr_fdb_foreach(find->ctx, find->bridge, on_mac_entry, &query);
	if (rc < 0 || query.is_found)
		return rc;
	return fail(find, word, -ENOENT,
		    _("the FDB does not have the address: it has sent nothing "
		      "yet, or its entry has expired; name its port instead"));
}

/* --- IP addresses --------------------------------------------------------- */

struct ip_query {
	const struct find *find;
	const struct address *address;
	/*
	 * Among the devices with a neighbour entry for the address, prefers one
	 * at the bridge.
	 */
	const struct topology_link *link;
	uint8_t mac[6];
};

static bool is_same(const struct address *left, const struct address *right)
{
	return left->family == right->family &&
	       memcmp(left->bytes, right->bytes, address_len(left->family)) ==
		       0;
}

/* Returns whether it is better than what was found before. */
static bool note_link(struct ip_query *query, int index)
{
	const struct find *find = query->find;
	const struct topology_link *link = topology_link(find->topology, index);

	if (!link ||
	    (query->link && bridge_of(find, query->link) == find->index))
		return false;
	query->link = link;
	return true;
}

static int on_neighbour(void *data, const struct nlmsghdr *msg)
{
	struct ip_query *query = data;
	struct ip_neighbour neighbour;
	int rc = ip_parse_neighbour(msg, &neighbour);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!neighbour.has_mac ||
	    !is_same(&neighbour.address, query->address) ||
	    !note_link(query, neighbour.index))
		return 0;
	memcpy(query->mac, neighbour.mac, 6);
	return 0;
}

static void forget_neighbours(void *data)
{
	struct ip_query *query = data;

	query->link = NULL;
}

static int ask_neighbours(struct ip_query *query)
{
	const struct talk_handler handler = { on_neighbour, forget_neighbours,
					      query };
	struct request req;

	ip_request_neighbours(&req, query->address->family);
	return talk(query->find->ctx, &req.head, &handler);
}

static void ask_addresses(struct ip_query *query)
{
	const struct topology *topology = query->find->topology;

	for (size_t i = 0; i < topology->address_count; i++)
		if (is_same(&topology->addresses[i].address, query->address))
			note_link(query, topology->addresses[i].index);
}

/* The address is on a device above the bridge, in the VLAN of that device. */
static int take_ip_at(const struct find *find, const char *word,
		      const struct ip_query *query, bool is_host,
		      struct found *ret_found)
{
	const struct topology_link *link = query->link;
	int bridge = bridge_of(find, link), rc = 0;
	const struct topology_link *other = topology_link(find->topology,
							  bridge);

	if (bridge && bridge != find->index) {
		memcpy(ret_found->elsewhere, other->name, NAME_SIZE);
		return 0;
	}
	if (!bridge || link->master == bridge) {
		context_begin(find->ctx,
			      N_("cannot find \"%s\" on bridge \"%s\""), word,
			      find->bridge);
		return context_fail_word(
			find->ctx, -EXDEV,
			is_host ? _("the host has the address on \"%s\"")
				: _("the host knows the address through "
				    "\"%s\""),
			link->name);
	}
	if (is_host)
		take_host(find, link->vlan, &ret_found->station);
	else
		rc = take_mac(find, word, query->mac, &ret_found->station);
	if (rc == 0 && link->vlan)
		ret_found->station.vlan = link->vlan;
	return rc;
}

static int take_ip(const struct find *find, const char *word,
		   const struct address *address, struct found *ret_found)
{
	struct ip_query query = { .find = find, .address = address };
	int rc;

	ask_addresses(&query);
	if (query.link)
		return take_ip_at(find, word, &query, true, ret_found);
	rc = ask_neighbours(&query);
	if (rc < 0)
		return rc;
	if (query.link)
		return take_ip_at(find, word, &query, false, ret_found);
	return fail(find, word, -ENOENT,
		    _("the host does not have the address, and its neighbour "
		      "tables do not know it: name the MAC address, or the "
		      "port"));
}

/* Among several default routes, prefers one through a device at the bridge. */
static const struct ip_route *find_gateway(const struct find *find)
{
	const struct topology *topology = find->topology;
	const struct ip_route *found = NULL;

	for (size_t i = 0; i < topology->route_count; i++) {
		const struct ip_route *route = &topology->routes[i];
		const struct topology_link *link = topology_link(topology,
								 route->index);

		if (!route->has_gateway || !link)
			continue;
		if (bridge_of(find, link) == find->index)
			return route;
		if (!found)
			found = route;
	}
	return found;
}

static int take_gateway(const struct find *find, const char *word,
			struct found *ret_found)
{
	const struct ip_route *route = find_gateway(find);

	if (!route)
		return fail(find, word, -ENOENT,
			    _("the host has no default route through a "
			      "gateway"));
	return take_ip(find, word, &route->gateway, ret_found);
}

/* --- words ---------------------------------------------------------------- */

static bool filters(const struct topology *topology, int index)
{
	const struct vbr_bridge *bridge = topology_bridge(topology, index);
	uint64_t filters = 0;

	if (bridge)
		vbr_bridge_value(bridge, "vlan_filtering", &filters);
	return filters;
}

int find_begin(struct vbr_ctx *ctx, const char *bridge,
	       struct topology *topology, struct find *find)
{
	int rc;

	*topology = (struct topology){ 0 };
	find->ctx = ctx;
	find->bridge = bridge;
	find->topology = topology;
	rc = topology_take(ctx, topology);
	if (rc == 0)
		rc = vbr_link_resolve(ctx, bridge, &find->index, NULL);
	if (rc == 0)
		find->is_filtering = filters(topology, find->index);
	return rc;
}

int find_station(const struct find *find, const char *word, int number,
		 struct found *ret_found)
{
	const struct topology_link *link = NULL;
	struct address address;
	int index;

	*ret_found = (struct found){ 0 };
	if (strcmp(word, "host") == 0) {
		take_host(find, 0, &ret_found->station);
		return 0;
	}
	if (vbr_link_resolve(find->ctx, word, &index, NULL) == 0)
		link = topology_link(find->topology, index);
	if (link)
		return take_device(find, word, number, link, ret_found);
	if (strcmp(word, "gateway") == 0)
		return take_gateway(find, word, ret_found);
	if (address_parse(word, &address) < 0)
		return fail(find, word, -ENODEV,
			    _("no device has this name, and it is neither a "
			      "MAC address nor an IP address"));
	if (address.family == ADDRESS_MAC)
		return take_mac(find, word, address.bytes, &ret_found->station);
	return take_ip(find, word, &address, ret_found);
}
