/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds devices and FDB entries for the functions that change the FDB. */

#include "config.h"

#include "api/fdb-find.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/mac.h"
#include "base/vids.h"
#include "core/context.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/fdb.h"
#include "wire/request.h"

int fdb_check_vlan(struct vbr_ctx *ctx, unsigned int vlan)
{
	return vlan > VID_MAX ? context_fail(ctx, -ERANGE,
					     _("VLAN ids range from 1 to 4094"))
			      : 0;
}

int fdb_find_device(struct vbr_ctx *ctx, const char *bridge, const char *device,
		    struct fdb_change *change)
{
	struct link_info link;
	int rc = port_find_member(ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	change->is_bridge = link.kind == LINK_BRIDGE;
	change->is_self = change->is_bridge;
	change->device = link.index;
	change->bridge = change->is_bridge ? link.index : link.master;
	return 0;
}

static bool matches(const struct vbr_fdb_entry *entry,
		    const struct fdb_query *query)
{
	return memcmp(entry->mac, query->mac, MAC_LEN) == 0 &&
	       (!query->port || entry->port == query->port) &&
	       entry->vlan == query->vlan;
}

int fdb_find(struct vbr_ctx *ctx, const char *bridge,
	     const struct fdb_query *query, struct vbr_fdb_entry *ret_entry)
{
	struct operation operation = ctx->operation;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	int rc = vbr_fdb_list(ctx, bridge, &fdb);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(fdb, i)); i++) {
		if (!matches(entry, query))
			continue;
		if (ret_entry)
			*ret_entry = *entry;
		rc = 1;
	}
	vbr_fdb_free(fdb);
	return rc;
}

struct lookup {
	vbr_fdb_fn function;
	void *data;
};

static int on_answer(void *data, const struct nlmsghdr *msg)
{
	const struct lookup *lookup = data;
	struct vbr_fdb_entry entry;
	int rc = fdb_parse(msg, &entry);

	return rc < 0 ? rc : lookup->function(&entry, lookup->data);
}

int fdb_get(struct vbr_ctx *ctx, int bridge, const uint8_t mac[6],
	    uint16_t vlan, vbr_fdb_fn function, void *data)
{
	struct lookup lookup = { function, data };
	const struct talk_handler handler = { on_answer, NULL, &lookup };
	struct request req;
	int rc;

	fdb_request_get(&req, bridge, mac, vlan);
	rc = talk(ctx, &req.head, &handler);
	return rc == -ENOENT ? 0 : rc;
}

struct known_entry {
	struct vbr_fdb_entry *entry;
	bool is_found;
};

static int on_known(const struct vbr_fdb_entry *entry, void *data)
{
	struct known_entry *known = data;

	*known->entry = *entry;
	known->is_found = true;
	return 0;
}

int fdb_find_known(struct vbr_ctx *ctx, const char *bridge,
		   const struct fdb_change *change, uint16_t vlan,
		   struct vbr_fdb_entry *ret_entry)
{
	const struct fdb_query query = { change->mac, 0, vlan };
	struct known_entry known = { .entry = ret_entry };
	int rc = fdb_get(ctx, change->bridge, change->mac, vlan, on_known,
			 &known);

	if (rc == -EOPNOTSUPP)
		return fdb_find(ctx, bridge, &query, ret_entry);
	return rc < 0 ? rc : known.is_found;
}

int fdb_refuse_missing(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -ENOENT, _("there is no such entry"));
}
