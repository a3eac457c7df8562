/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares the path of a frame with what the model predicts. */

#include "config.h"

#include "live/path.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/netfilter.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"
#include "live/live.h"

/* --- the frame ------------------------------------------------------------ */

static void take_group(struct vbr_live_path *path)
{
	const struct nft_trace *first = &path->first;
	bool is_ipv4 = path->frame.ethertype == ETH_P_IP;
	size_t at = is_ipv4 ? 16 : 24;
	struct address group = { .family = is_ipv4 ? ADDRESS_IPV4
						   : ADDRESS_IPV6 };
	if (!is_ipv4 && path->frame.ethertype != ETH_P_IPV6)
		return;
	if (at + address_len(group.family) > first->network_len)
		return;
	memcpy(group.bytes, first->network + at, address_len(group.family));
	if (!address_is_multicast(&group))
		return;
	address_format(&group, path->group);
	path->frame.group = path->group;
}

/* The hook of the bridge tells whether a frame has a tag, that of a device does
 * not. The host's frames may have got their tag in between. */
static int first_vlan(const struct vbr_live_path *path)
{
	for (size_t i = 0; i < path->hook_count; i++)
		if (strcmp(path->hooks[i].name, "prerouting") == 0)
			return path->hooks[i].vlan;
	return nft_trace_vlan(&path->first);
}

static bool is_sent_one(const struct vbr_live *live,
			const struct vbr_live_path *path)
{
	return live->sent && memcmp(live->match.src, path->frame.src, 6) == 0 &&
	       memcmp(live->match.dst, path->frame.dst, 6) == 0;
}

/* The bridge changes the tags of the host's frames before it shows them. */
static bool is_hidden(const struct vbr_live *live,
		      const struct vbr_live_path *path)
{
	bool is_matched = live->match.vlan >= 0 &&
			  live->start.family != NFPROTO_BRIDGE;

	return !is_matched && !is_sent_one(live, path);
}

/* Nothing showed its header: only what was asked for is known. */
static void take_match(const struct vbr_live *live, struct vbr_live_path *path)
{
	struct vbr_frame *frame = &path->frame;

	memcpy(frame->dst, live->match.dst, 6);
	memcpy(frame->src, live->match.src, 6);
	frame->vlan = is_hidden(live, path) ? NFT_VLAN_UNKNOWN
					    : live->match.vlan;
	frame->vlan_protocol = live->vlan_protocol;
	frame->ethertype = live->match.ethertype;
}

static void take_vlan(const struct vbr_live *live, struct vbr_live_path *path)
{
	const uint8_t *link = path->first.link;
	struct vbr_frame *frame = &path->frame;
	bool is_changed = !*live->port && live->is_filtering;
	int shown = first_vlan(path);

	frame->vlan = shown;
	frame->vlan_protocol = (unsigned int)link[12] << 8 | link[13];
	if (is_changed && is_hidden(live, path)) {
		frame->vlan = NFT_VLAN_UNKNOWN;
	} else if (is_changed ||
		   (shown == NFT_VLAN_UNKNOWN && live->match.vlan >= 0)) {
		frame->vlan = live->match.vlan;
		frame->vlan_protocol = live->vlan_protocol;
	}
	if (frame->vlan < 0)
		frame->vlan_protocol = 0;
}

static void take_frame(const struct vbr_live *live, struct vbr_live_path *path)
{
	const uint8_t *link = path->first.link;
	struct vbr_frame *frame = &path->frame;

	frame->port = *live->port ? live->port : NULL;
	if (path->first.link_len < ETH_HLEN) {
		take_match(live, path);
		return;
	}
	memcpy(frame->dst, link, 6);
	memcpy(frame->src, link + 6, 6);
	take_vlan(live, path);
	frame->ethertype = nft_trace_ethertype(&path->first);
	take_group(path);
}

/* --- devices -------------------------------------------------------------- */

static const char *port_name(const struct vbr_ports *ports, int index)
{
	const struct vbr_port *port;

	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++)
		if (vbr_port_index(port) == index)
			return vbr_port_name(port);
	return NULL;
}

static size_t count_hooks(const struct vbr_live_path *path, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < path->hook_count; i++)
		count += strcmp(path->hooks[i].name, name) == 0;
	return count;
}

/*
 * A frame of a link protocol, such as LLDP, passes no other hook: the port
 * receives it, not the bridge.
 */
static bool is_for_bridge(const struct vbr_live_path *path,
			  const struct live_hook *hook)
{
	return strcmp(hook->name, "sent") == 0 ||
	       (strcmp(hook->name, "input") == 0 &&
		count_hooks(path, "prerouting"));
}

/* NULL: it passed another bridge, on top of this one. */
static const char *device_of(const struct vbr_live *live,
			     const struct vbr_ports *ports,
			     const struct vbr_live_path *path,
			     const struct live_hook *hook)
{
	const char *port = port_name(ports, hook->out ? hook->out : hook->in);

	if (!is_for_bridge(path, hook))
		return port;
	return port || strcmp(hook->name, "sent") == 0 ? live->bridge : NULL;
}

static int name_hooks(const struct vbr_live *live, struct vbr_live_path *path)
{
	struct vbr_ports *ports;
	size_t count = 0;
	int rc = vbr_port_list(live->ctx, live->bridge, &ports);

	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && i < path->hook_count; i++) {
		struct live_hook hook = path->hooks[i];
		const char *name = device_of(live, ports, path, &hook);

		if (!name)
			continue;
		hook.device = arena_text(&path->arena, name);
		rc = hook.device ? 0 : -ENOMEM;
		path->hooks[count++] = hook;
	}
	path->hook_count = count;
	vbr_ports_free(ports);
	return rc;
}

/* --- the prediction ------------------------------------------------------- */

/* The kernel does not show the tag of a frame that has only a priority, and of
 * some only that there is one. */
static bool is_same_vlan(int live, int predicted)
{
	if (live == NFT_VLAN_UNKNOWN)
		return predicted >= 0;
	return live == predicted || (live <= 0 && predicted <= 0);
}

static bool is_at(const struct vbr_live_path *path, const char *name,
		  const char *device, int vlan)
{
	for (size_t i = 0; i < path->hook_count; i++)
		if (strcmp(path->hooks[i].name, name) == 0 &&
		    strcmp(path->hooks[i].device, device) == 0 &&
		    is_same_vlan(path->hooks[i].vlan, vlan))
			return true;
	return false;
}

static bool is_for_host(const struct vbr_live *live,
			const struct vbr_live_path *path)
{
	for (size_t i = 0; i < path->hook_count; i++)
		if (strcmp(path->hooks[i].name, "input") == 0 &&
		    strcmp(path->hooks[i].device, live->bridge) == 0)
			return true;
	return false;
}

static bool agrees(const struct vbr_live *live,
		   const struct vbr_live_path *path)
{
	const char *port;
	size_t outs = 0;
	int vlan;

	for (; vbr_trace_out_at(path->trace, outs, &port, &vlan); outs++)
		if (!is_at(path, "postrouting", port, vlan))
			return false;
	return outs == count_hooks(path, "postrouting") &&
	       vbr_trace_is_for_host(path->trace) == is_for_host(live, path);
}

/* The frame has taught the bridge its sender; what was predicted before it was
 * sent does not depend on that. */
static int predict(struct vbr_live *live, struct vbr_live_path *path)
{
	struct vbr_frame frame = path->frame;

	if (frame.vlan == NFT_VLAN_UNKNOWN)
		frame.vlan = -1;
	if (!is_sent_one(live, path))
		return vbr_trace_frame(live->ctx, live->bridge, &frame,
				       &path->trace);
	path->trace = live->sent;
	live->sent = NULL;
	return 0;
}

int live_finish_path(struct vbr_live *live, struct vbr_live_path *path)
{
	int rc;

	take_frame(live, path);
	rc = name_hooks(live, path);
	if (rc == 0)
		rc = predict(live, path);
	if (rc == 0)
		path->agrees = agrees(live, path);
	return rc;
}

/* --- for programs --------------------------------------------------------- */

void vbr_live_path_free(struct vbr_live_path *path)
{
	if (!path)
		return;
	vbr_trace_free(path->trace);
	arena_free(&path->arena);
	free(path->hooks);
	free(path);
}

const struct vbr_frame *vbr_live_path_frame(const struct vbr_live_path *path)
{
	return &path->frame;
}

const struct vbr_trace *vbr_live_path_trace(const struct vbr_live_path *path)
{
	return path->trace;
}

bool vbr_live_path_agrees(const struct vbr_live_path *path)
{
	return path->agrees;
}

bool vbr_live_path_hook_at(const struct vbr_live_path *path, size_t i,
			   struct vbr_live_hook *ret_hook)
{
	const struct live_hook *hook = &path->hooks[i];

	if (i >= path->hook_count)
		return false;
	*ret_hook = (struct vbr_live_hook){ hook->name, hook->device,
					    hook->rule, hook->vlan };
	return true;
}
