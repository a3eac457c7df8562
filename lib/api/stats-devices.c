/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Finds the devices whose counters are read, and the counters that their
 * bridges have turned off.
 */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "api/stats.h"
#include "core/context.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/port.h"

/* The search is slow with many bridges. */
static const char *name_if_off(const struct vbr_stats *stats,
			       enum vbr_stats_group group,
			       const struct link_copy *bridge,
			       const char *option)
{
	uint64_t value;
	int rc;

	if (!(stats->groups & 1u << group))
		return NULL;
	rc = option_value(bridge->options, VBR_SCOPE_BRIDGE, option, &value);
	return rc == 0 && !value ? option : NULL;
}

/* A bridge, and the options of it that are off, which are looked up once. */
struct bridge {
	int index;
	const char *name;
	const char *multicast_off, *vlan_off, *port_vlan_off;
};

/* Without vlan_stats_per_port, the kernel sends for a VLAN of a port what it
 * counted for the VLAN of the bridge. */
static int begin_bridge(struct vbr_stats *stats, const struct link_copy *link,
			struct bridge *ret_bridge)
{
	const char *vlan_off = name_if_off(stats, VBR_STATS_VLAN, link,
					   "vlan_stats_enabled");

	*ret_bridge = (struct bridge){
		.index = link->index,
		.name = arena_text(&stats->names, link->name),
		.multicast_off = name_if_off(stats, VBR_STATS_MULTICAST, link,
					     "multicast_stats_enabled"),
		.vlan_off = vlan_off,
		.port_vlan_off = vlan_off ? vlan_off
					  : name_if_off(stats, VBR_STATS_VLAN,
							link,
							"vlan_stats_per_port"),
	};
	return ret_bridge->name ? 0 : -ENOMEM;
}

static int add_device(struct vbr_stats *stats, const struct bridge *bridge,
		      int index, const char *name)
{
	struct device *devices = array_grow(stats->devices, sizeof(*devices),
					    stats->device_count,
					    &stats->device_room);

	if (!devices)
		return -ENOMEM;
	stats->devices = devices;
	devices[stats->device_count] = (struct device){
		.index = index,
		.bridge = bridge->index,
		.name = name,
		.bridge_name = bridge->name,
		.off[VBR_STATS_MULTICAST] = bridge->multicast_off,
		.off[VBR_STATS_VLAN] = index == bridge->index
					       ? bridge->vlan_off
					       : bridge->port_vlan_off,
		.place = stats->device_count,
	};
	stats->device_count++;
	return 0;
}

static int add_port(struct vbr_stats *stats, const struct bridge *bridge,
		    int index, const char *name)
{
	const char *copy = arena_text(&stats->names, name);

	return copy ? add_device(stats, bridge, index, copy) : -ENOMEM;
}

static int add_bridge(struct vbr_stats *stats, const struct link_copy *link,
		      const struct link_list *ports)
{
	size_t first, count = vbr_ports_of((const struct vbr_ports *)ports,
					   link->index, &first);
	struct bridge bridge;
	int rc = begin_bridge(stats, link, &bridge);

	if (rc == 0)
		rc = add_device(stats, &bridge, bridge.index, bridge.name);
	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = add_port(stats, &bridge, ports->rows[first + i]->index,
			      ports->rows[first + i]->name);
	return rc;
}

static int add_bridges(struct vbr_ctx *ctx, struct vbr_stats *stats,
		       const struct link_list *bridges)
{
	struct link_list *ports;
	struct request req;
	int whose = bridges->count == 1 ? bridges->rows[0]->index : 0;
	int rc;

	request_ports(&req, whose);
	rc = link_list_new(ctx, &req, VBR_SCOPE_PORT, whose, &ports);
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < bridges->count; i++)
		rc = add_bridge(stats, bridges->rows[i], ports);
	link_list_free(ports);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int stats_find_all(struct vbr_ctx *ctx, struct vbr_stats *stats)
{
	struct link_list *bridges;
	struct request req;
	int rc;

	request_links_of_kind(&req, "bridge");
	rc = link_list_new(ctx, &req, VBR_SCOPE_BRIDGE, 0, &bridges);
	if (rc < 0)
		return rc;
	if (bridges->count)
		rc = add_bridges(ctx, stats, bridges);
	link_list_free(bridges);
	return rc;
}

static int find_port(struct vbr_ctx *ctx, struct vbr_stats *stats,
		     const struct link_copy *link, const char *port)
{
	struct link_info info;
	struct bridge bridge;
	int rc = port_find(ctx, link->name, port, &info);

	if (rc < 0)
		return rc;
	rc = begin_bridge(stats, link, &bridge);
	if (rc == 0)
		rc = add_port(stats, &bridge, info.index, info.name);
	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

int stats_find_one(struct vbr_ctx *ctx, struct vbr_stats *stats,
		   const char *name, const char *port)
{
	struct link_copy *bridge;
	struct link_info link;
	int rc = link_find_bridge(ctx, name, &link);

	if (rc == 0)
		rc = link_keep(ctx, &link, VBR_SCOPE_BRIDGE, &bridge);
	if (rc < 0)
		return port ? port_explain_bridge(ctx, name, rc) : rc;
	if (port)
		rc = find_port(ctx, stats, bridge, port);
	else
		rc = add_bridges(ctx, stats,
				 &(struct link_list){ .count = 1,
						      .rows = &bridge });
	free(bridge);
	return rc;
}
