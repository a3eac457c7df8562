/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads what a network namespace has: devices, bridges, ports and VLAN devices in
 * one dump, so that they fit together, then a dump for each other list. */

#include "config.h"

#include "topology/topology.h"

#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "api/port-vlan.h"
#include "base/arena.h"
#include "core/context.h"
#include "core/link-lists.h"
#include "core/talk.h"
#include "wire/kernel.h"
#include "wire/link.h"
#include "wire/message.h"
#include "wire/request.h"

/* --- devices -------------------------------------------------------------- */

static void copy_link(const struct link_info *info, struct topology_link *link)
{
	*link = (struct topology_link){
		.index = info->index,
		.master = info->master,
		.parent = info->parent,
		.has_foreign_parent = info->has_foreign_parent,
		.foreign_parent = info->foreign_parent,
		.netnsid = info->netnsid,
		.is_up = info->flags & IFF_UP,
		.has_carrier = info->flags & VB_IFF_LOWER_UP,
		.is_ethernet = info->type == ARPHRD_ETHER,
		.has_mac = info->has_mac,
		.mtu = info->mtu,
	};
	memcpy(link->mac, info->mac, sizeof(link->mac));
	memcpy(link->name, info->name, sizeof(link->name));
	if (info->kind_name)
		strncpy(link->kind, info->kind_name, sizeof(link->kind) - 1);
}

static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct topology *topology = data;
	struct topology_link *links;
	struct link_info info;
	int rc = link_parse(msg, &info);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	links = array_grow(topology->links, sizeof(*links),
			   topology->link_count, &topology->link_room);
	if (!links)
		return -ENOMEM;
	topology->links = links;
	copy_link(&info, &links[topology->link_count++]);
	return link_lists_add(&topology->lists, &info);
}

static void forget_links(void *data)
{
	struct topology *topology = data;

	topology->link_count = 0;
	link_lists_clear(&topology->lists);
}

static int compare(int left, int right)
{
	return (left > right) - (left < right);
}

static int by_index(const void *a, const void *b)
{
	const struct topology_link *left = a, *right = b;

	return compare(left->index, right->index);
}

static int by_parent(const void *a, const void *b)
{
	const struct topology_link *const *left = a, *const *right = b;

	return compare((*left)->parent, (*right)->parent);
}

/* By the index, for which the links are sorted. */
static void note_vlans(struct topology *topology)
{
	const struct vbr_vlan *vlan;

	for (size_t i = 0; (vlan = vbr_vlans_at(topology->lists.vlans, i));
	     i++) {
		const struct topology_link key = {
			.index = vbr_vlan_index(vlan),
		};
		struct topology_link *link = bsearch(&key, topology->links,
						     topology->link_count,
						     sizeof(key), by_index);
		uint64_t id = 0, protocol = VBR_VLAN_8021Q;

		vbr_vlan_value(vlan, "id", &id);
		vbr_vlan_value(vlan, "protocol", &protocol);
		link->vlan = (unsigned int)id;
		link->vlan_protocol = (unsigned int)protocol;
	}
}

static int sort_children(struct vbr_ctx *ctx, struct topology *topology)
{
	size_t count = topology->link_count;

	topology->children = calloc(count, sizeof(*topology->children));
	if (!topology->children)
		return context_fail(ctx, -ENOMEM, NULL);
	for (size_t i = 0; i < count; i++)
		topology->children[i] = &topology->links[i];
	qsort(topology->children, count, sizeof(*topology->children),
	      by_parent);
	return 0;
}

static int take_links(struct vbr_ctx *ctx, struct topology *topology)
{
	const struct talk_handler handler = { on_link, forget_links, topology };
	struct request req;
	int rc;

	if (!link_lists_begin(&topology->lists))
		return context_fail(ctx, -ENOMEM, NULL);
	request_links(&req);
	rc = talk(ctx, &req.head, &handler);
	if (rc < 0 || topology->link_count == 0)
		return rc;
	link_lists_sort(&topology->lists);
	qsort(topology->links, topology->link_count, sizeof(*topology->links),
	      by_index);
	note_vlans(topology);
	return sort_children(ctx, topology);
}

/* --- addresses and routes ------------------------------------------------- */

static int on_address(void *data, const struct nlmsghdr *msg)
{
	struct topology *topology = data;
	struct ip_address *rows, row;
	int rc = ip_parse_address(msg, &row);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	rows = array_grow(topology->addresses, sizeof(*rows),
			  topology->address_count, &topology->address_room);
	if (!rows)
		return -ENOMEM;
	topology->addresses = rows;
	rows[topology->address_count++] = row;
	return 0;
}

static void forget_addresses(void *data)
{
	struct topology *topology = data;

	topology->address_count = 0;
}

static int address_by_index(const void *a, const void *b)
{
	const struct ip_address *left = a, *right = b;

	return compare(left->index, right->index);
}

static int take_addresses(struct vbr_ctx *ctx, struct topology *topology)
{
	const struct talk_handler handler = { on_address, forget_addresses,
					      topology };
	struct request req;
	int rc;

	ip_request_addresses(&req);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && topology->address_count)
		qsort(topology->addresses, topology->address_count,
		      sizeof(*topology->addresses), address_by_index);
	return rc;
}

struct routes {
	struct topology *topology;
	size_t before; /* of the other family */
	uint8_t family;
};

static int add_hop(struct topology *topology, const struct ip_route *hop)
{
	struct ip_route *rows = array_grow(topology->routes, sizeof(*rows),
					   topology->route_count,
					   &topology->route_room);

	if (!rows)
		return -ENOMEM;
	topology->routes = rows;
	rows[topology->route_count++] = *hop;
	return 0;
}

static int on_route(void *data, const struct nlmsghdr *msg)
{
	struct routes *routes = data;
	struct attr_span rest;
	struct ip_route hop;
	int rc = ip_parse_route(msg, &hop, &rest);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	/* A kernel without IPv6 sends the routes of all families. */
	if (hop.family != routes->family)
		return 0;
	/* That of its first hop. */
	hop.number = (unsigned int)routes->topology->route_count;
	do {
		rc = add_hop(routes->topology, &hop);
		if (rc == 0)
			rc = ip_next_hop(&rest, &hop);
	} while (rc > 0);
	return rc;
}

static void forget_routes(void *data)
{
	const struct routes *routes = data;

	routes->topology->route_count = routes->before;
}

static int route_by_index(const void *a, const void *b)
{
	const struct ip_route *left = a, *right = b;
	int order = compare(left->index, right->index);

	return order ? order : compare((int)left->number, (int)right->number);
}

static int take_routes_of(struct vbr_ctx *ctx, struct topology *topology,
			  uint8_t family)
{
	struct routes routes = { topology, topology->route_count, family };
	const struct talk_handler handler = { on_route, forget_routes,
					      &routes };
	struct request req;
	int rc;

	ip_request_routes(&req, family);
	rc = talk(ctx, &req.head, &handler);
	/* There is no such table before the first route, or no such family. */
	return rc == -ENOENT || rc == -EOPNOTSUPP || rc == -EAFNOSUPPORT ? 0
									 : rc;
}

static int take_routes(struct vbr_ctx *ctx, struct topology *topology)
{
	int rc = take_routes_of(ctx, topology, ADDRESS_IPV4);

	if (rc == 0)
		rc = take_routes_of(ctx, topology, ADDRESS_IPV6);
	if (rc == 0 && topology->route_count)
		qsort(topology->routes, topology->route_count,
		      sizeof(*topology->routes), route_by_index);
	return rc;
}

/* --- lookups -------------------------------------------------------------- */

const struct topology_link *topology_link(const struct topology *topology,
					  int index)
{
	const struct topology_link key = { .index = index };

	if (topology->link_count == 0)
		return NULL;
	return bsearch(&key, topology->links, topology->link_count, sizeof(key),
		       by_index);
}

/* The list is sorted by name. */
const struct vbr_bridge *topology_bridge(const struct topology *topology,
					 int index)
{
	const struct vbr_bridge *bridge;

	for (size_t i = 0;
	     (bridge = vbr_bridges_at(topology->lists.bridges, i)); i++)
		if (vbr_bridge_index(bridge) == index)
			return bridge;
	return NULL;
}

/* The first of the "count" items from which on "is_before" is false. */
static size_t lower_bound(size_t count, const void *data,
			  bool (*is_before)(const void *data, size_t i))
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (is_before(data, middle))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct key {
	const struct topology *topology;
	int index;
};

static bool is_child_before(const void *data, size_t i)
{
	const struct key *key = data;

	return key->topology->children[i]->parent < key->index;
}

const struct topology_link *const *
topology_children(const struct topology *topology, int parent,
		  size_t *ret_count)
{
	const struct key key = { topology, parent };
	size_t first = lower_bound(topology->link_count, &key, is_child_before);
	size_t end = first;

	while (end < topology->link_count &&
	       topology->children[end]->parent == parent)
		end++;
	*ret_count = end - first;
	return topology->children ? topology->children + first : NULL;
}

static bool is_address_before(const void *data, size_t i)
{
	const struct key *key = data;

	return key->topology->addresses[i].index < key->index;
}

const struct ip_address *topology_addresses(const struct topology *topology,
					    int index, size_t *ret_count)
{
	const struct key key = { topology, index };
	size_t first = lower_bound(topology->address_count, &key,
				   is_address_before);
	size_t end = first;

	while (end < topology->address_count &&
	       topology->addresses[end].index == index)
		end++;
	*ret_count = end - first;
	return topology->addresses ? topology->addresses + first : NULL;
}

static bool is_route_before(const void *data, size_t i)
{
	const struct key *key = data;

	return key->topology->routes[i].index < key->index;
}

const struct ip_route *topology_routes(const struct topology *topology,
				       int index, size_t *ret_count)
{
	const struct key key = { topology, index };
	size_t first = lower_bound(topology->route_count, &key,
				   is_route_before);
	size_t end = first;

	while (end < topology->route_count &&
	       topology->routes[end].index == index)
		end++;
	*ret_count = end - first;
	return topology->routes ? topology->routes + first : NULL;
}

size_t topology_vlans(const struct topology *topology, int bridge, int member,
		      size_t *ret_first)
{
	const struct vbr_port_vlans *rows = topology->port_vlans;
	const struct vbr_port_vlan *row;
	size_t end;

	*ret_first = 0;
	if (!rows)
		return 0;
	*ret_first = end = port_vlans_of(rows, bridge, member);
	while ((row = vbr_port_vlans_at(rows, end)) &&
	       vbr_port_vlan_bridge_index(row) == bridge &&
	       vbr_port_vlan_index(row) == member)
		end++;
	return end - *ret_first;
}

/* --- the whole ------------------------------------------------------------ */

void topology_drop(struct topology *topology)
{
	free(topology->links);
	free(topology->children);
	free(topology->addresses);
	free(topology->routes);
	link_lists_free(&topology->lists);
	vbr_port_vlans_free(topology->port_vlans);
	*topology = (struct topology){ 0 };
}

int topology_take(struct vbr_ctx *ctx, struct topology *ret_topology)
{
	struct topology topology = { 0 };
	int rc;

	context_begin(ctx, N_("cannot read the devices"));
	rc = take_links(ctx, &topology);
	if (rc == 0)
		rc = take_addresses(ctx, &topology);
	if (rc == 0)
		rc = take_routes(ctx, &topology);
	if (rc == 0)
		rc = vbr_port_vlan_list(ctx, NULL, 0, &topology.port_vlans);
	/* The kernel has no VLAN filtering. */
	if (rc == -EOPNOTSUPP)
		rc = 0;
	if (rc < 0)
		topology_drop(&topology);
	else
		*ret_topology = topology;
	return rc;
}
