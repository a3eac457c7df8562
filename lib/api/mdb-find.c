/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds members of multicast groups. */

#include "config.h"

#include "api/mdb-find.h"

#include "core/context.h"

/*
 * A bridge that filters VLANs keeps older entries without a VLAN, but does not
 * use them.
 */
int mdb_find(struct vbr_ctx *ctx, const char *bridge,
	     const struct mdb_change *change, bool in_all,
	     int (*take)(void *data, const struct vbr_mdb_entry *entry),
	     void *data)
{
	struct operation operation = ctx->operation;
	struct mdb_change query = *change;
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	int rc = vbr_mdb_list(ctx, bridge, &mdb);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_mdb_at(mdb, i)); i++) {
		if (in_all && !entry->vlan)
			continue;
		if (in_all)
			query.vlan = entry->vlan;
		if (mdb_is_entry(entry, &query))
			rc = take(data, entry);
	}
	vbr_mdb_free(mdb);
	return rc;
}

static int stop(void *data, const struct vbr_mdb_entry *entry)
{
	(void)data;
	(void)entry;
	return 1;
}

int mdb_is_there(struct vbr_ctx *ctx, const char *bridge,
		 const struct mdb_change *change, bool in_all)
{
	return mdb_find(ctx, bridge, change, in_all, stop, NULL);
}
