/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds members of multicast groups; checks whether the bridge snoops. */

#include "config.h"

#include "api/mdb-find.h"

#include <errno.h>
#include <net/if.h>

#include "core/context.h"
#include "core/option-value.h"

/* A bridge that filters neither uses nor deletes entries without a VLAN that are
 * left from before. */
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

/* The kernel refuses all changes while the bridge is down or does not snoop. A
 * bridge that does not snoop lists no members either. */
int mdb_check_up(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	return bridge->flags & IFF_UP
		       ? 0
		       : context_fail(ctx, -EINVAL, _("the bridge is down"));
}

int mdb_check_snooping(struct vbr_ctx *ctx, const struct link_info *bridge)
{
	uint64_t snooping = 1;

	option_value(link_options(bridge, VBR_SCOPE_BRIDGE), VBR_SCOPE_BRIDGE,
		     "multicast_snooping", &snooping);
	return snooping ? 0
			: context_fail(ctx, -EINVAL,
				       _("its multicast_snooping is off"));
}
