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
#include "wire/kernel.h"

struct vbr_fdb {
	size_t count, room;
	struct vbr_fdb_entry *entries;
};

struct walk {
	int bridge; /* 0: any */
	vbr_fdb_fn function;
	void *data;
	bool found;
};

/* The dump may contain entries that belong to a device and not to the
 * bridge. */
static int on_entry(void *data, const struct nlmsghdr *msg)
{
	struct walk *walk = data;
	struct vbr_fdb_entry entry;
	int rc;

	rc = fdb_parse(msg, &entry);
	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!entry.bridge || (walk->bridge && entry.bridge != walk->bridge))
		return 0;
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
	fdb->entries[fdb->count++] = *entry;
	return 0;
}

static void forget_entries(void *data)
{
	const struct walk *walk = data;
	struct vbr_fdb *fdb = walk->data;

	fdb->count = 0;
}

static int by_mac(const void *a, const void *b)
{
	const struct vbr_fdb_entry *left = a, *right = b;
	int order = memcmp(left->mac, right->mac, MAC_LEN);

	if (order)
		return order;
	if (left->port != right->port)
		return left->port < right->port ? -1 : 1;
	return (int)left->vlan - (int)right->vlan;
}

int vbr_fdb_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_fdb **ret_fdb)
{
	struct vbr_fdb *fdb = calloc(1, sizeof(*fdb));
	struct walk walk = { .function = append, .data = fdb };
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
	struct walk walk = { .function = append, .data = fdb };
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
	size_t low = 0, high = fdb->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_port(&fdb->entries[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
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
	if (fdb)
		free(fdb->entries);
	free(fdb);
}

const uint8_t *vbr_fdb_entry_mac(const struct vbr_fdb_entry *entry)
{
	return entry->mac;
}

int vbr_fdb_entry_port_index(const struct vbr_fdb_entry *entry)
{
	return entry->port;
}

int vbr_fdb_entry_bridge_index(const struct vbr_fdb_entry *entry)
{
	return entry->bridge;
}

unsigned int vbr_fdb_entry_vlan(const struct vbr_fdb_entry *entry)
{
	return entry->vlan;
}

enum vbr_fdb_state vbr_fdb_entry_state(const struct vbr_fdb_entry *entry)
{
	if (entry->state & NUD_PERMANENT)
		return VBR_FDB_LOCAL;
	if (entry->state & NUD_NOARP)
		return VBR_FDB_STATIC;
	if (entry->state & NUD_STALE)
		return VBR_FDB_EXPIRED;
	return VBR_FDB_LEARNED;
}

unsigned int vbr_fdb_entry_flags(const struct vbr_fdb_entry *entry)
{
	unsigned int flags = 0;

	if (entry->flags & NTF_STICKY)
		flags |= VBR_FDB_STICKY;
	if (entry->flags & NTF_EXT_LEARNED)
		flags |= VBR_FDB_EXTERN;
	if (entry->flags & NTF_OFFLOADED)
		flags |= VBR_FDB_OFFLOADED;
	if (entry->more_flags & VB_NTF_EXT_LOCKED)
		flags |= VBR_FDB_LOCKED;
	return flags;
}

uint32_t vbr_fdb_entry_age(const struct vbr_fdb_entry *entry)
{
	return entry->updated;
}

uint32_t vbr_fdb_entry_idle(const struct vbr_fdb_entry *entry)
{
	return entry->used;
}
