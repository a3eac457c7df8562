/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the devices whose counters are read, and what their bridges do not
 * count. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "api/stats.h"
#include "core/context.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/port.h"

static const char *name_if_off(const struct link_copy *bridge,
			       const char *option)
{
	uint64_t value;
	int rc = option_value(bridge->options, VBR_SCOPE_BRIDGE, option,
			      &value);

	return rc == 0 && !value ? option : NULL;
}

/* Without vlan_stats_per_port, the kernel sends for a VLAN of a port what it
 * counted for the VLAN of the bridge. */
static const char *find_vlan_off(const struct link_copy *bridge, bool is_port)
{
	const char *off = name_if_off(bridge, "vlan_stats_enabled");

	if (off || !is_port)
		return off;
	return name_if_off(bridge, "vlan_stats_per_port");
}

static int add_device(struct vbr_stats *stats, const struct link_copy *bridge,
		      const struct link_copy *link, const char **bridge_name)
{
	struct device *devices = array_grow(stats->devices, sizeof(*devices),
					    stats->device_count,
					    &stats->device_room);
	const char *name;

	if (!devices)
		return -ENOMEM;
	stats->devices = devices;
	name = arena_text(&stats->names, link->name);
	if (!name)
		return -ENOMEM;
	if (link == bridge)
		*bridge_name = name;
	devices[stats->device_count] = (struct device){
		.index = link->index,
		.bridge = bridge->index,
		.name = name,
		.bridge_name = *bridge_name,
		.off[VBR_STATS_MULTICAST] =
			name_if_off(bridge, "multicast_stats_enabled"),
		.off[VBR_STATS_VLAN] = find_vlan_off(bridge, link != bridge),
		.place = stats->device_count,
	};
	stats->device_count++;
	return 0;
}

static int add_bridge(struct vbr_stats *stats, const struct link_copy *bridge,
		      const struct link_list *ports)
{
	size_t first, count = vbr_ports_of((const struct vbr_ports *)ports,
					   bridge->index, &first);
	const char *name = NULL;
	int rc = add_device(stats, bridge, bridge, &name);

	for (size_t i = 0; rc == 0 && i < count; i++)
		rc = add_device(stats, bridge, ports->rows[first + i], &name);
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
		     const struct link_copy *bridge, const char *port)
{
	const char *bridge_name = arena_text(&stats->names, bridge->name);
	struct link_copy view;
	struct link_info link;
	int rc = port_find(ctx, bridge->name, port, &link);

	if (rc < 0)
		return rc;
	view = link_view(&link, link_options(&link, VBR_SCOPE_PORT));
	rc = bridge_name ? add_device(stats, bridge, &view, &bridge_name)
			 : -ENOMEM;
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
