/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads multicast groups, their members and the ports to multicast routers. */

#include "config.h"

#include "api/mdb.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/kernel.h"
#include "wire/mdb.h"

struct vbr_mdb {
	size_t count, room;
	struct vbr_mdb_entry *entries;
	size_t router_count, router_room;
	struct vbr_mdb_router *routers;
	struct arena arena; /* source lists of the entries */
};

struct reading {
	struct vbr_mdb *mdb;
	int bridge; /* 0: any */
	/* All bridges: other kinds of device have MDB entries too. */
	const struct vbr_bridges *bridges;
};

static bool is_read(const struct reading *reading, int index)
{
	const struct vbr_bridge *bridge;

	if (reading->bridge)
		return reading->bridge == index;
	for (size_t i = 0; (bridge = vbr_bridges_at(reading->bridges, i)); i++)
		if (vbr_bridge_index(bridge) == index)
			return true;
	return false;
}

/* --- reading -------------------------------------------------------------- */

static int append_entry(struct vbr_mdb *mdb, const struct vbr_mdb_entry *entry)
{
	struct vbr_mdb_entry *entries;
	void *sources = NULL;

	entries = array_grow(mdb->entries, sizeof(*entries), mdb->count,
			     &mdb->room);
	if (!entries)
		return -ENOMEM;
	mdb->entries = entries;
	if (entry->sources.len) {
		sources = arena_take(&mdb->arena, entry->sources.len);
		if (!sources)
			return -ENOMEM;
		memcpy(sources, entry->sources.bytes, entry->sources.len);
	}
	entries[mdb->count] = *entry;
	entries[mdb->count++].sources.bytes = sources;
	return 0;
}

static int append_router(struct vbr_mdb *mdb,
			 const struct vbr_mdb_router *router)
{
	struct vbr_mdb_router *routers;

	routers = array_grow(mdb->routers, sizeof(*routers), mdb->router_count,
			     &mdb->router_room);
	if (!routers)
		return -ENOMEM;
	mdb->routers = routers;
	routers[mdb->router_count++] = *router;
	return 0;
}

static int on_message(void *data, const struct nlmsghdr *msg)
{
	const struct reading *reading = data;
	struct mdb_message message;
	struct vbr_mdb_entry entry;
	struct vbr_mdb_router router;
	int rc = mdb_parse(msg, &message);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_read(reading, message.bridge))
		return 0;
	while ((rc = mdb_take_entry(&message, &entry)) > 0) {
		rc = append_entry(reading->mdb, &entry);
		if (rc < 0)
			return rc;
	}
	while (rc == 0 && (rc = mdb_take_router(&message, &router)) > 0)
		rc = append_router(reading->mdb, &router);
	return rc;
}

static void restart(void *data)
{
	const struct reading *reading = data;

	reading->mdb->count = 0;
	reading->mdb->router_count = 0;
	arena_free(&reading->mdb->arena);
}

static int compare(int left, int right)
{
	return (left > right) - (left < right);
}

static int by_group(const void *a, const void *b)
{
	const struct vbr_mdb_entry *left = a, *right = b;
	int order = compare(left->bridge, right->bridge);

	if (order == 0)
		order = compare(left->group.family, right->group.family);
	if (order == 0)
		order = memcmp(left->group.bytes, right->group.bytes,
			       sizeof(left->group.bytes));
	if (order == 0)
		order = compare(left->vlan, right->vlan);
	if (order == 0)
		order = compare(left->port, right->port);
	return order ? order
		     : memcmp(left->source.bytes, right->source.bytes,
			      sizeof(left->source.bytes));
}

static int by_port(const void *a, const void *b)
{
	const struct vbr_mdb_router *left = a, *right = b;
	int order = compare(left->bridge, right->bridge);

	if (order == 0)
		order = compare(left->port, right->port);
	return order ? order : compare(left->vlan, right->vlan);
}

static int read_all(struct vbr_ctx *ctx, struct reading *reading)
{
	const struct talk_handler handler = { on_message, restart, reading };
	struct vbr_mdb *mdb = reading->mdb;
	struct request req;
	int rc;

	mdb_request_list(&req);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && mdb->count)
		qsort(mdb->entries, mdb->count, sizeof(*mdb->entries),
		      by_group);
	if (rc == 0 && mdb->router_count)
		qsort(mdb->routers, mdb->router_count, sizeof(*mdb->routers),
		      by_port);
	return rc;
}

static void ask(struct vbr_ctx *ctx, const char *bridge)
{
	if (bridge)
		context_begin(ctx,
			      N_("cannot list the multicast groups of "
				 "bridge \"%s\""),
			      bridge);
	else
		context_begin(ctx, N_("cannot list the multicast groups"));
}

static int list(struct vbr_ctx *ctx, struct reading *reading,
		struct vbr_mdb **ret_mdb)
{
	struct vbr_mdb *mdb = calloc(1, sizeof(*mdb));
	int rc;

	if (!mdb)
		return context_fail(ctx, -ENOMEM, NULL);
	reading->mdb = mdb;
	rc = read_all(ctx, reading);
	if (rc < 0)
		vbr_mdb_free(mdb);
	else
		*ret_mdb = mdb;
	return rc;
}

int mdb_list_of(struct vbr_ctx *ctx, const struct vbr_bridges *bridges,
		struct vbr_mdb **ret_mdb)
{
	struct reading reading = { .bridges = bridges };

	ask(ctx, NULL);
	return list(ctx, &reading, ret_mdb);
}

static int list_all(struct vbr_ctx *ctx, struct vbr_mdb **ret_mdb)
{
	struct operation operation = ctx->operation;
	struct vbr_bridges *bridges;
	int rc = vbr_bridge_list(ctx, &bridges);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	rc = mdb_list_of(ctx, bridges, ret_mdb);
	vbr_bridges_free(bridges);
	return rc;
}

int vbr_mdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_mdb **ret_mdb)
{
	struct reading reading = { 0 };
	struct link_info link;
	int rc;

	ask(ctx, bridge);
	if (!bridge)
		return list_all(ctx, ret_mdb);
	rc = link_find_bridge(ctx, bridge, &link);
	if (rc < 0)
		return rc;
	reading.bridge = link.index;
	return list(ctx, &reading, ret_mdb);
}

void vbr_mdb_free(struct vbr_mdb *mdb)
{
	if (!mdb)
		return;
	free(mdb->entries);
	free(mdb->routers);
	arena_free(&mdb->arena);
	free(mdb);
}

/* --- accessors ------------------------------------------------------------ */

size_t vbr_mdb_count(const struct vbr_mdb *mdb)
{
	return mdb->count;
}

const struct vbr_mdb_entry *vbr_mdb_at(const struct vbr_mdb *mdb, size_t i)
{
	return i < mdb->count ? &mdb->entries[i] : NULL;
}

size_t mdb_of_bridge(const struct vbr_mdb *mdb, int bridge)
{
	size_t low = 0, high = mdb->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (mdb->entries[middle].bridge < bridge)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int vbr_mdb_entry_index(const struct vbr_mdb_entry *entry)
{
	return entry->port;
}

int vbr_mdb_entry_bridge_index(const struct vbr_mdb_entry *entry)
{
	return entry->bridge;
}

void vbr_mdb_entry_group(const struct vbr_mdb_entry *entry, char *ret_text)
{
	address_format(&entry->group, ret_text);
}

bool vbr_mdb_entry_source(const struct vbr_mdb_entry *entry, char *ret_text)
{
	if (entry->has_source)
		address_format(&entry->source, ret_text);
	return entry->has_source;
}

unsigned int vbr_mdb_entry_vlan(const struct vbr_mdb_entry *entry)
{
	return entry->vlan;
}

uint32_t vbr_mdb_entry_timer(const struct vbr_mdb_entry *entry)
{
	return entry->timer;
}

unsigned int vbr_mdb_entry_flags(const struct vbr_mdb_entry *entry)
{
	unsigned int flags = 0;

	if (entry->state & MDB_PERMANENT)
		flags |= VBR_MDB_PERMANENT;
	if (entry->has_mode && entry->mode)
		flags |= VBR_MDB_INCLUDE;
	if (entry->flags & MDB_FLAGS_FAST_LEAVE)
		flags |= VBR_MDB_FAST_LEAVE;
	if (entry->flags & MDB_FLAGS_STAR_EXCL)
		flags |= VBR_MDB_STAR_EXCL;
	if (entry->flags & MDB_FLAGS_BLOCKED)
		flags |= VBR_MDB_BLOCKED;
	if (entry->flags & MDB_FLAGS_OFFLOAD)
		flags |= VBR_MDB_OFFLOADED;
	return flags;
}

bool vbr_mdb_entry_source_at(const struct vbr_mdb_entry *entry, size_t i,
			     char *ret_text, uint32_t *ret_timer)
{
	struct attr_span sources = entry->sources;
	struct address source;
	uint32_t timer;

	while (mdb_take_source(&sources, entry->group.family, &source,
			       &timer)) {
		if (i-- > 0)
			continue;
		address_format(&source, ret_text);
		*ret_timer = timer;
		return true;
	}
	return false;
}

size_t vbr_mdb_router_count(const struct vbr_mdb *mdb)
{
	return mdb->router_count;
}

const struct vbr_mdb_router *vbr_mdb_router_at(const struct vbr_mdb *mdb,
					       size_t i)
{
	return i < mdb->router_count ? &mdb->routers[i] : NULL;
}

int vbr_mdb_router_index(const struct vbr_mdb_router *router)
{
	return router->port;
}

int vbr_mdb_router_bridge_index(const struct vbr_mdb_router *router)
{
	return router->bridge;
}

unsigned int vbr_mdb_router_type(const struct vbr_mdb_router *router)
{
	return router->type;
}

unsigned int vbr_mdb_router_vlan(const struct vbr_mdb_router *router)
{
	return router->vlan;
}

uint32_t vbr_mdb_router_timer(const struct vbr_mdb_router *router)
{
	return router->timer;
}
