/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What a network namespace has, at one moment: devices, bridges, ports, VLANs,
 * addresses and default routes. */

#ifndef VBR_TOPOLOGY_H
#define VBR_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/name.h"
#include "core/link-lists.h"
#include "vbridge.h"
#include "wire/ip.h"

struct topology_link {
	int index;
	int master, parent; /* 0: none, or in another namespace */
	bool is_up, has_carrier, is_ethernet, has_mac;
	uint32_t mtu;
	uint8_t mac[6];
	/* Of a parent in another namespace: its index there, and the id of that
	 * namespace; -1: it has none. */
	bool has_foreign_parent;
	int foreign_parent, netnsid;
	char name[NAME_SIZE];
	char kind[NAME_SIZE]; /* as "veth"; "": hardware */
	/* Of a VLAN device; 0: it is none. */
	unsigned int vlan, vlan_protocol;
};

/* Lists that the kernel does not have are NULL. */
struct topology {
	struct topology_link *links; /* by index */
	size_t link_count, link_room;
	const struct topology_link **children; /* by parent, all links */
	struct ip_address *addresses;	       /* by index */
	size_t address_count, address_room;
	struct ip_route *routes; /* all hops, by index and number */
	size_t route_count, route_room;
	struct link_lists lists;
	struct vbr_port_vlans *port_vlans;
};

int topology_take(struct vbr_ctx *ctx, struct topology *ret_topology);
void topology_drop(struct topology *topology);

/* NULL: there is none. */
const struct topology_link *topology_link(const struct topology *topology,
					  int index);

const struct vbr_bridge *topology_bridge(const struct topology *topology,
					 int index);

/* The devices whose parent this is: the first of "ret_count" pointers. */
const struct topology_link *const *
topology_children(const struct topology *topology, int parent,
		  size_t *ret_count);

/* The addresses of a device, and the hops of default routes through it. */
const struct ip_address *topology_addresses(const struct topology *topology,
					    int index, size_t *ret_count);
const struct ip_route *topology_routes(const struct topology *topology,
				       int index, size_t *ret_count);

/* The rows of "port_vlans" of a port, or of the bridge itself: how many, and the
 * position of the first. */
size_t topology_vlans(const struct topology *topology, int bridge, int member,
		      size_t *ret_first);

#endif
