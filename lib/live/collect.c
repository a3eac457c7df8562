/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sorts messages of nf_tables by the frame that they are about. */

#include "config.h"

#include "live/collect.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netfilter.h>

#include "live/live.h"
#include "live/path.h"

static bool has_link(const struct nft_trace *trace)
{
	return trace->link_len >= 12;
}

/* All copies of a frame have the same sender and the same contents; some have
 * another destination (multicast_to_unicast), or another tag. When the host sends
 * it, the kernel does not show its MAC header yet. Of IP packets it shows only the
 * header, unless the bridge has put a tag before the one that they had. */
static bool is_same_frame(const struct nft_trace *a, const struct nft_trace *b)
{
	size_t len = a->network_len < b->network_len ? a->network_len
						     : b->network_len;

	if (has_link(a) && has_link(b) &&
	    memcmp(a->link + 6, b->link + 6, 6) != 0)
		return false;
	return memcmp(a->network, b->network, len) == 0;
}

/* The latest one. */
static struct vbr_live_path *find_like(struct vbr_live *live,
				       const struct nft_trace *trace)
{
	for (size_t i = live->open_count; i > 0; i--)
		if (!live->open[i - 1]->is_closed &&
		    is_same_frame(&live->open[i - 1]->first, trace))
			return live->open[i - 1];
	return NULL;
}

static struct live_hook *find_copy(const struct vbr_live_path *path,
				   uint32_t id)
{
	for (size_t i = path->hook_count; i > 0; i--)
		if (path->hooks[i - 1].id == id)
			return &path->hooks[i - 1];
	return NULL;
}

static int add_hook(struct vbr_live_path *path, const struct live_hook *hook)
{
	struct live_hook *hooks = array_grow(path->hooks, sizeof(*hooks),
					     path->hook_count,
					     &path->hook_room);

	if (!hooks)
		return -ENOMEM;
	path->hooks = hooks;
	hooks[path->hook_count++] = *hook;
	return 0;
}

/* --- the start of a frame's path ------------------------------------------ */

static int open_path(struct vbr_live *live, const struct nft_trace *trace,
		     struct vbr_live_path **ret_path)
{
	struct vbr_live_path *path;

	*ret_path = NULL;
	if (live->open_count == LIVE_OPEN_MAX)
		return 0;
	path = calloc(1, sizeof(*path));
	if (!path)
		return -ENOMEM;
	path->first = *trace;
	live->open[live->open_count++] = path;
	*ret_path = path;
	return 0;
}

static bool is_ours(const struct vbr_live *live, const struct nft_trace *trace)
{
	return strcmp(trace->table, live->table) == 0;
}

static void take_link(struct vbr_live_path *path, const struct nft_trace *trace)
{
	if (has_link(&path->first) || !has_link(trace))
		return;
	path->first.link_len = trace->link_len;
	memcpy(path->first.link, trace->link, sizeof(trace->link));
}

static int begin_frame(struct vbr_live *live, const struct nft_trace *trace,
		       struct vbr_live_path **path)
{
	if (*path)
		(*path)->is_closed = true;
	return open_path(live, trace, path);
}

/* --- hooks ---------------------------------------------------------------- */

static const char *hook_name(const struct vbr_live *live, const char *chain)
{
	static const char names[][12] = { "prerouting", "output", "forward",
					  "input", "postrouting" };

	if (strcmp(chain, LIVE_START) == 0)
		return *live->port ? "received" : "sent";
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(chain, names[i]) == 0)
			return names[i];
	return NULL;
}

/* The bridge sends a copy of a frame of the host to each port: without an earlier
 * hook, each of them begins anew. */
static bool is_next_copy(const struct vbr_live *live,
			 const struct vbr_live_path *path)
{
	return path && !*live->port && live->start.family == NFPROTO_BRIDGE;
}

/* A step of a rule shows that the frame has a tag. Before Linux 6.2, the kernel
 * also shows the id of a tag that it has taken off: from a frame without a tag, or
 * with another one, which then stands in the frame. */
static int vlan_of(const struct vbr_live *live, const struct nft_trace *trace)
{
	if (!trace->is_rule)
		return -1;
	if (live->has_old_tags && nft_trace_has_two_tags(trace))
		return NFT_VLAN_UNKNOWN;
	return nft_trace_vlan(trace);
}

static int take_ours(struct vbr_live *live, const struct nft_trace *trace,
		     int64_t now)
{
	struct vbr_live_path *path = find_like(live, trace);
	struct live_hook hook = {
		.name = hook_name(live, trace->chain),
		.in = trace->in,
		.out = trace->out,
		.vlan = vlan_of(live, trace),
		.id = trace->id,
	};
	bool begins = strcmp(trace->chain, LIVE_START) == 0;
	int rc = 0;

	/* Of a chain, only the first message counts, which has the headers. */
	if (!trace->network_len || !hook.name || (begins && !trace->is_rule))
		return 0;
	if (begins && is_next_copy(live, path))
		return 0;
	if (begins)
		rc = begin_frame(live, trace, &path);
	if (rc < 0 || !path)
		return rc;
	take_link(path, trace);
	path->last = now;
	return add_hook(path, &hook);
}

static int add_drop(struct vbr_live_path *path, const struct live_hook *last,
		    const struct nft_trace *trace)
{
	struct live_hook hook = *last;
	char text[2 * NFT_TRACE_NAME_SIZE + 2];

	snprintf(text, sizeof(text), "%s %s", trace->table, trace->chain);
	hook.name = "dropped";
	hook.rule = arena_text(&path->arena, text);
	return hook.rule ? add_hook(path, &hook) : -ENOMEM;
}

/* A rule that is not ours. */
static int take_foreign(struct vbr_live *live, const struct nft_trace *trace,
			int64_t now)
{
	if (!trace->drops)
		return 0;
	for (size_t i = live->open_count; i > 0; i--) {
		struct vbr_live_path *path = live->open[i - 1];
		const struct live_hook *last = find_copy(path, trace->id);

		if (!last)
			continue;
		path->last = now;
		return add_drop(path, last, trace);
	}
	return 0;
}

int live_take_trace(struct vbr_live *live, const struct nft_trace *trace,
		    int64_t now)
{
	return is_ours(live, trace) ? take_ours(live, trace, now)
				    : take_foreign(live, trace, now);
}
