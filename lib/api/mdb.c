/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads multicast groups, their members and the ports to multicast routers. */

#include "config.h"

#include "api/mdb.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <stdlib.h>
#include <string.h>

#include "api/mdb-spec.h"
#include "base/arena.h"
#include "core/context.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/kernel.h"
#include "wire/mdb-request.h"

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
	rc = mdb_find_place(ctx, bridge, &link);
	if (rc < 0)
		return rc;
	reading.bridge = link.index;
	return list(ctx, &reading, ret_mdb);
}

/* --- one group ------------------------------------------------------------ */

/* What vbr_mdb_get() reads. */
struct query {
	struct address group, source;
	struct mdb_change change;
};

static int parse_query(struct vbr_ctx *ctx, const char *group,
		       const char *source, unsigned int vlan,
		       struct query *query)
{
	int rc = mdb_parse_group(ctx, group, true, &query->group);

	query->change.group = &query->group;
	query->change.vlan = (uint16_t)vlan;
	if (rc == 0 && source) {
		query->change.source = &query->source;
		rc = mdb_parse_source(ctx, source, &query->group,
				      &query->source);
	}
	return rc < 0 ? rc : mdb_check_vlan(ctx, vlan);
}

static int find_query(struct vbr_ctx *ctx, const char *bridge,
		      struct query *query)
{
	struct link_info link;
	int rc = mdb_find_place(ctx, bridge, &link);

	if (rc < 0)
		return rc;
	query->change.bridge = link.index;
	return link.kind == LINK_BRIDGE ? mdb_check_snooping(ctx, &link) : 0;
}

/* Keeps only the entries of the group. */
static void select_group(struct vbr_mdb *mdb, const struct mdb_change *change)
{
	size_t kept = 0;

	for (size_t i = 0; i < mdb->count; i++)
		if (mdb_is_entry(&mdb->entries[i], change))
			mdb->entries[kept++] = mdb->entries[i];
	mdb->count = kept;
	mdb->router_count = 0;
}

/* Kernels before 6.7 can only list. */
static int read_group(struct vbr_ctx *ctx, const struct mdb_change *change,
		      struct vbr_mdb *mdb)
{
	struct reading reading = { .mdb = mdb, .bridge = change->bridge };
	const struct talk_handler handler = { on_message, restart, &reading };
	struct request req;
	int rc;

	mdb_request_get(&req, change);
	rc = talk(ctx, &req.head, &handler);
	if (rc == -EOPNOTSUPP) {
		rc = read_all(ctx, &reading);
		select_group(mdb, change);
	}
	if (rc == -ENOENT)
		return context_fail_as(ctx, rc, _("it has no members"));
	if (rc == 0 && !mdb->count)
		return context_fail(ctx, -ENOENT, _("it has no members"));
	if (rc == 0)
		qsort(mdb->entries, mdb->count, sizeof(*mdb->entries),
		      by_group);
	return rc;
}

int vbr_mdb_get(struct vbr_ctx *ctx, const char *bridge, const char *group,
		const char *source, unsigned int vlan, uint32_t src_vni,
		struct vbr_mdb **ret_mdb)
{
	struct query query = { .change.remote = { .has_src_vni = src_vni,
						  .src_vni = src_vni } };
	struct vbr_mdb *mdb;
	int rc;

	context_begin(ctx, N_("cannot read group \"%s\" of bridge \"%s\""),
		      group, bridge);
	rc = parse_query(ctx, group, source, vlan, &query);
	if (rc == 0)
		rc = find_query(ctx, bridge, &query);
	if (rc < 0)
		return rc;
	mdb = calloc(1, sizeof(*mdb));
	if (!mdb)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = read_group(ctx, &query.change, mdb);
	if (rc < 0)
		vbr_mdb_free(mdb);
	else
		*ret_mdb = mdb;
	return rc;
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
	const struct vbr_mdb_entry key = { .bridge = bridge };

	return array_find(&key, mdb->entries, mdb->count, sizeof(*mdb->entries),
			  by_group);
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
