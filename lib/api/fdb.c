/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the FDB of a bridge: entry by entry, or as a snapshot. */

#include "config.h"

#include "api/fdb.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/fdb.h"

struct vbr_fdb {
	size_t count, room;
	struct vbr_fdb_entry *entries;
	struct arena remotes;
};

struct walk {
	int bridge;    /* 0: any */
	bool with_own; /* also entries of the tables of ports */
	vbr_fdb_fn function;
	void *data;
	bool found;
};

/* The dump also contains entries of the tables of ports, which have no master. A
 * bridge sends its own entries as a device twice. */
static int pass_own(const struct walk *walk, const struct nlmsghdr *msg,
		    struct vbr_fdb_entry *entry)
{
	struct remote remote;
	int rc;

	if (!walk->with_own || entry->bridge || entry->port == walk->bridge)
		return 0;
	rc = fdb_parse_remote(msg, &remote);
	if (rc < 0)
		return rc;
	entry->flags |= NTF_SELF;
	entry->bridge = walk->bridge;
	entry->remote = rc ? &remote : NULL;
	return walk->function(entry, walk->data);
}

static int on_entry(void *data, const struct nlmsghdr *msg)
{
	struct walk *walk = data;
	struct vbr_fdb_entry entry;
	int rc;

	rc = fdb_parse(msg, &entry);
	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!entry.bridge || (walk->bridge && entry.bridge != walk->bridge))
		return pass_own(walk, msg, &entry);
	walk->found = true;
	return walk->function(&entry, walk->data);
}

static int read_fdb(struct vbr_ctx *ctx, const char *bridge, struct walk *walk,
		    void (*restart)(void *data))
{
	const struct talk_handler handler = { on_entry, restart, walk };
	struct link_info link;
	struct request req;
	int rc;

	context_begin(ctx, N_("cannot read the FDB of bridge \"%s\""), bridge);
	rc = ioctl_index(ctx, bridge, &walk->bridge);
	if (rc < 0)
		return rc;
	request_fdb(&req, walk->bridge);
	rc = talk(ctx, &req.head, &handler);
	/* No entries: is the FDB empty, or is the device not a bridge? */
	if (rc == 0 && !walk->found)
		rc = link_find_bridge(ctx, bridge, &link);
	return rc;
}

int vbr_fdb_foreach(struct vbr_ctx *ctx, const char *bridge,
		    vbr_fdb_fn function, void *data)
{
	struct walk walk = { .function = function, .data = data };

	return read_fdb(ctx, bridge, &walk, NULL);
}

static int append(const struct vbr_fdb_entry *entry, void *data)
{
	struct vbr_fdb_entry *entries;
	struct vbr_fdb *fdb = data;

	entries = array_grow(fdb->entries, sizeof(*entries), fdb->count,
			     &fdb->room);
	if (!entries)
		return -ENOMEM;
	fdb->entries = entries;
	entries[fdb->count] = *entry;
	if (entry->remote) {
		struct remote *remote = arena_take(&fdb->remotes,
						   sizeof(*remote));

		if (!remote)
			return -ENOMEM;
		*remote = *entry->remote;
		entries[fdb->count].remote = remote;
	}
	fdb->count++;
	return 0;
}

static void forget_entries(void *data)
{
	const struct walk *walk = data;
	struct vbr_fdb *fdb = walk->data;

	fdb->count = 0;
	arena_free(&fdb->remotes);
}

/* Destinations of one address. */
static int by_remote(const struct remote *left, const struct remote *right)
{
	int order;

	if (!left || !right)
		return (left != NULL) - (right != NULL);
	order = memcmp(left->dst.bytes, right->dst.bytes,
		       sizeof(left->dst.bytes));
	if (order)
		return order;
	if (left->src_vni != right->src_vni)
		return left->src_vni < right->src_vni ? -1 : 1;
	if (left->vni != right->vni)
		return left->vni < right->vni ? -1 : 1;
	return (int)left->port - (int)right->port;
}

static int by_mac(const void *a, const void *b)
{
	const struct vbr_fdb_entry *left = a, *right = b;
	int order = memcmp(left->mac, right->mac, MAC_LEN);

	if (order)
		return order;
	if (left->port != right->port)
		return left->port < right->port ? -1 : 1;
	if (left->vlan != right->vlan)
		return (int)left->vlan - (int)right->vlan;
	return by_remote(left->remote, right->remote);
}

static int list(struct vbr_ctx *ctx, const char *bridge, bool with_own,
		struct vbr_fdb **ret_fdb)
{
	struct vbr_fdb *fdb = calloc(1, sizeof(*fdb));
	struct walk walk = { .with_own = with_own,
			     .function = append,
			     .data = fdb };
	int rc;

	if (!fdb) {
		context_begin(ctx, N_("cannot read the FDB of bridge \"%s\""),
			      bridge);
		return context_fail(ctx, -ENOMEM, NULL);
	}
	rc = read_fdb(ctx, bridge, &walk, forget_entries);
	if (rc < 0) {
		vbr_fdb_free(fdb);
		return rc;
	}
	if (fdb->count)
		qsort(fdb->entries, fdb->count, sizeof(*fdb->entries), by_mac);
	*ret_fdb = fdb;
	return 0;
}

int vbr_fdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_fdb **ret_fdb)
{
	return list(ctx, bridge, false, ret_fdb);
}

int vbr_fdb_list_all(struct vbr_ctx *ctx, const char *bridge,
		     struct vbr_fdb **ret_fdb)
{
	return list(ctx, bridge, true, ret_fdb);
}

/* --- all bridges ---------------------------------------------------------- */

static int by_port(const void *a, const void *b)
{
	const struct vbr_fdb_entry *left = a, *right = b;

	if (left->bridge != right->bridge)
		return left->bridge < right->bridge ? -1 : 1;
	if (left->port != right->port)
		return left->port < right->port ? -1 : 1;
	return by_mac(a, b);
}

static int read_all(struct vbr_ctx *ctx, struct vbr_fdb *fdb)
{
	struct walk walk = { .with_own = true,
			     .function = append,
			     .data = fdb };
	const struct talk_handler handler = { on_entry, forget_entries, &walk };
	struct request req;
	int rc;

	request_fdb(&req, 0);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && fdb->count)
		qsort(fdb->entries, fdb->count, sizeof(*fdb->entries), by_port);
	return rc;
}

int fdb_list_all(struct vbr_ctx *ctx, struct vbr_fdb **ret_fdb)
{
	struct vbr_fdb *fdb = calloc(1, sizeof(*fdb));
	int rc;

	context_begin(ctx, N_("cannot read the FDBs of the bridges"));
	if (!fdb)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = read_all(ctx, fdb);
	if (rc < 0)
		vbr_fdb_free(fdb);
	else
		*ret_fdb = fdb;
	return rc;
}

size_t fdb_of_port(const struct vbr_fdb *fdb, int bridge, int port)
{
	const struct vbr_fdb_entry key = { .bridge = bridge, .port = port };

	return array_find(&key, fdb->entries, fdb->count, sizeof(*fdb->entries),
			  by_port);
}

/* --- snapshots ------------------------------------------------------------ */

size_t vbr_fdb_count(const struct vbr_fdb *fdb)
{
	return fdb->count;
}

const struct vbr_fdb_entry *vbr_fdb_at(const struct vbr_fdb *fdb, size_t i)
{
	return i < fdb->count ? &fdb->entries[i] : NULL;
}

void vbr_fdb_free(struct vbr_fdb *fdb)
{
	if (fdb) {
		arena_free(&fdb->remotes);
		free(fdb->entries);
	}
	free(fdb);
}
