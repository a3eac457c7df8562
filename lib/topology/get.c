/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Topologies for programs: snapshots of all devices and of what is on top of
 * what. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "core/context.h"
#include "topology/device.h"
#include "topology/netns.h"
#include "topology/topology.h"
#include "vbridge.h"

struct vbr_topology {
	struct topology topology;
	struct vbr_device *devices; /* by index, as the links */
	const char **addresses;	    /* as text, likewise */
	struct arena arena;
};

/* --- taking one ----------------------------------------------------------- */

static int format_addresses(struct vbr_topology *topology)
{
	const struct topology *all = &topology->topology;

	topology->addresses = calloc(all->address_count + 1,
				     sizeof(*topology->addresses));
	if (!topology->addresses)
		return -ENOMEM;
	for (size_t i = 0; i < all->address_count; i++) {
		char text[ADDRESS_TEXT_SIZE], whole[ADDRESS_TEXT_SIZE + 4];

		address_format(&all->addresses[i].address, text);
		snprintf(whole, sizeof(whole), "%s/%u", text,
			 all->addresses[i].prefix);
		topology->addresses[i] = arena_text(&topology->arena, whole);
		if (!topology->addresses[i])
			return -ENOMEM;
	}
	return 0;
}

static void set_device(const struct vbr_topology *topology, size_t i)
{
	const struct topology *all = &topology->topology;
	struct vbr_device *device = &topology->devices[i];
	const struct ip_address *first;

	device->link = &all->links[i];
	first = topology_addresses(all, device->link->index,
				   &device->address_count);
	if (device->address_count)
		device->addresses = topology->addresses +
				    (first - all->addresses);
}

static int make_devices(struct vbr_topology *topology)
{
	size_t count = topology->topology.link_count;
	int rc = format_addresses(topology);

	if (rc < 0)
		return rc;
	topology->devices = calloc(count + 1, sizeof(*topology->devices));
	if (!topology->devices)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		set_device(topology, i);
	return 0;
}

static int fill(struct vbr_ctx *ctx, struct vbr_topology *topology)
{
	int rc = make_devices(topology);

	if (rc == 0)
		rc = netns_name_all(ctx, &topology->arena, topology->devices,
				    topology->topology.link_count);
	if (rc == 0)
		return 0;
	context_begin(ctx, N_("cannot read the devices"));
	return context_fail(ctx, rc, NULL);
}

int vbr_topology_get(struct vbr_ctx *ctx, struct vbr_topology **ret_topology)
{
	struct vbr_topology *topology = calloc(1, sizeof(*topology));
	int rc;

	if (!topology) {
		context_begin(ctx, N_("cannot read the devices"));
		return context_fail(ctx, -ENOMEM, NULL);
	}
	rc = topology_take(ctx, &topology->topology);
	if (rc == 0)
		rc = fill(ctx, topology);
	if (rc < 0) {
		vbr_topology_free(topology);
		return rc;
	}
	*ret_topology = topology;
	return 0;
}

void vbr_topology_free(struct vbr_topology *topology)
{
	if (!topology)
		return;
	topology_drop(&topology->topology);
	free(topology->devices);
	free(topology->addresses);
	arena_free(&topology->arena);
	free(topology);
}

/* --- reading it ----------------------------------------------------------- */

size_t vbr_topology_count(const struct vbr_topology *topology)
{
	return topology->topology.link_count;
}

const struct vbr_device *vbr_topology_at(const struct vbr_topology *topology,
					 size_t i)
{
	return i < topology->topology.link_count ? &topology->devices[i] : NULL;
}

const struct vbr_device *vbr_topology_find(const struct vbr_topology *topology,
					   int index)
{
	const struct topology *all = &topology->topology;
	const struct topology_link *link = topology_link(all, index);

	return link ? &topology->devices[link - all->links] : NULL;
}

const struct vbr_bridges *
vbr_topology_bridges(const struct vbr_topology *topology)
{
	return topology->topology.lists.bridges;
}

const struct vbr_ports *vbr_topology_ports(const struct vbr_topology *topology)
{
	return topology->topology.lists.ports;
}

const struct vbr_port_vlans *
vbr_topology_port_vlans(const struct vbr_topology *topology)
{
	return topology->topology.port_vlans;
}
