/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the far end of a port that is a veth device, here or in a namespace that
 * has a name, and the bridge there. */

#include "config.h"

#include "trace-far.h"

#include <stdio.h>
#include <string.h>

static const struct vbr_device *find_name(struct vbr_ctx *ctx,
					  const struct vbr_topology *topology,
					  const char *name)
{
	int index;

	if (vbr_link_resolve(ctx, name, &index, NULL) < 0)
		return NULL;
	return vbr_topology_find(topology, index);
}

static bool find_peer(struct vbr_ctx *ctx, const struct vbr_topology *topology,
		      const char *port, struct trace_far *far)
{
	const struct vbr_device *device = find_name(ctx, topology, port);
	const struct vbr_device *peer;

	if (!device || strcmp(vbr_device_kind(device), "veth") != 0)
		return false;
	if (!vbr_device_has_foreign_parent(device)) {
		peer = vbr_topology_find(topology, vbr_device_parent(device));
		if (peer)
			snprintf(far->port, sizeof(far->port), "%s",
				 vbr_device_name(peer));
		return peer;
	}
	if (!vbr_device_netns(device) || !vbr_device_peer(device))
		return false;
	snprintf(far->netns, sizeof(far->netns), "%s",
		 vbr_device_netns(device));
	snprintf(far->port, sizeof(far->port), "%s", vbr_device_peer(device));
	return true;
}

static void find_bridge(struct trace_far *far)
{
	const struct vbr_device *device, *master;
	struct vbr_topology *topology;

	if (vbr_topology_get(far->ctx, &topology) < 0)
		return;
	device = find_name(far->ctx, topology, far->port);
	master = device ? vbr_topology_find(topology, vbr_device_master(device))
			: NULL;
	if (master && strcmp(vbr_device_kind(master), "bridge") == 0)
		snprintf(far->bridge, sizeof(far->bridge), "%s",
			 vbr_device_name(master));
	vbr_topology_free(topology);
}

bool trace_far_open(struct vbr_ctx *ctx, const char *port,
		    struct trace_far *ret_far)
{
	struct trace_far far = { .ctx = NULL };
	struct vbr_topology *topology;
	bool is_found;

	if (vbr_topology_get(ctx, &topology) < 0)
		return false;
	is_found = find_peer(ctx, topology, port, &far);
	vbr_topology_free(topology);
	if (!is_found)
		return false;
	if (!*far.netns)
		far.ctx = vbr_ctx_ref(ctx);
	else if (vbr_ctx_new(far.netns, &far.ctx) < 0)
		return false;
	find_bridge(&far);
	if (!*far.bridge)
		far.ctx = vbr_ctx_unref(far.ctx);
	*ret_far = far;
	return true;
}

void trace_far_close(struct trace_far *far)
{
	vbr_ctx_unref(far->ctx);
}
