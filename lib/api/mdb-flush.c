/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Deletes many members of multicast groups at once. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>

#include "api/mdb-find.h"
#include "api/mdb-spec.h"
#include "core/context.h"
#include "core/port.h"
#include "core/talk.h"

struct flush {
	struct vbr_ctx *ctx;
	const char *bridge;
	bool is_vxlan;
	struct mdb_flush by;
	const char *source; /* NULL: any */
	/* Some entries may already be deleted. */
	bool has_begun;
};

/* --- one by one ----------------------------------------------------------- */

static bool is_source(const struct vbr_mdb_entry *entry, const char *source)
{
	struct address wanted;

	if (!source)
		return true;
	return entry->has_source && address_parse(source, &wanted) == 0 &&
	       address_is_same(&entry->source, &wanted);
}

static bool is_flushed(const struct vbr_mdb_entry *entry,
		       const struct flush *flush)
{
	const struct mdb_flush *by = &flush->by;
	bool is_permanent = entry->state & MDB_PERMANENT;

	return (!by->port || entry->port == by->port) &&
	       (!by->vlan || entry->vlan == by->vlan) &&
	       (!by->protocol || entry->protocol == by->protocol) &&
	       (!by->has_state || is_permanent == by->is_permanent) &&
	       mdb_is_remote(&entry->remote, &by->remote) &&
	       is_source(entry, flush->source);
}

/* An entry that is gone by now counts as deleted: it has expired, or the kernel
 * had made it from another one. */
static int delete_one(struct flush *flush, const struct vbr_mdb_entry *entry)
{
	struct vbr_ctx *ctx = flush->ctx;
	struct mdb_senders senders;
	struct mdb_change change;
	struct failure refusal;
	struct request req;
	int rc;

	mdb_change_of(entry, &senders, &change);
	mdb_request_del(&req, &change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == 0)
		flush->has_begun = true;
	if (rc != -EINVAL && rc != -ENOENT)
		return rc;
	refusal = ctx->failure;
	if (mdb_is_there(ctx, flush->bridge, &change, false) == 0)
		return 0;
	ctx->failure = refusal;
	return rc;
}

static int delete_each(struct flush *flush, const struct vbr_mdb *mdb)
{
	size_t count = vbr_mdb_count(mdb);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < count; i++) {
		const struct vbr_mdb_entry *entry = vbr_mdb_at(mdb, i);

		context_progress(flush->ctx, i, count);
		if (is_flushed(entry, flush))
			rc = delete_one(flush, entry);
	}
	if (rc == 0)
		context_progress(flush->ctx, count, count);
	return rc;
}

/* The kernel would refuse each deletion, without a reason. */
static int check_bridge(struct flush *flush)
{
	struct link_info link;
	int rc;

	if (flush->is_vxlan)
		return 0;
	rc = link_find_bridge(flush->ctx, flush->bridge, &link);
	if (rc == 0)
		rc = mdb_check_snooping(flush->ctx, &link);
	return rc < 0 ? rc : mdb_check_up(flush->ctx, &link);
}

static int flush_slowly(struct flush *flush)
{
	struct operation operation = flush->ctx->operation;
	struct vbr_mdb *mdb;
	int rc = check_bridge(flush);

	if (rc == 0)
		rc = vbr_mdb_list(flush->ctx, flush->bridge, &mdb);
	if (rc < 0)
		return rc;
	flush->ctx->operation = operation;
	if (!flush->ctx->is_dry)
		rc = delete_each(flush, mdb);
	vbr_mdb_free(mdb);
	return rc;
}

/* --- all at once ---------------------------------------------------------- */

/* The kernel cannot flush by a source. */
static int flush_groups(struct flush *flush)
{
	struct request req;
	int rc;

	if (flush->source)
		return flush_slowly(flush);
	if (flush->ctx->is_dry)
		return 0;
	mdb_request_flush(&req, &flush->by);
	rc = talk(flush->ctx, &req.head, NULL);
	/* Kernels before 6.8 do not have this request; before 5.19 they take it
	 * for a deletion of one entry. */
	if (rc == -EOPNOTSUPP || rc == -EINVAL)
		return flush_slowly(flush);
	return rc;
}

static int check_filter(struct vbr_ctx *ctx,
			const struct vbr_mdb_filter *filter)
{
	struct address source;

	if ((filter->flags | filter->flags_mask) &
	    ~(unsigned int)VBR_MDB_PERMANENT)
		return context_fail(ctx, -EINVAL,
				    _("its only flag can be permanent"));
	if (filter->source &&
	    (address_parse(filter->source, &source) < 0 ||
	     source.family == ADDRESS_MAC || address_is_multicast(&source)))
		return context_fail_word(ctx, -EINVAL,
					 _("\"%s\" is not a source"),
					 filter->source);
	if (filter->protocol > UINT8_MAX)
		return context_fail(ctx, -ERANGE,
				    _("protocols range from 1 to 255"));
	return mdb_check_vlan(ctx, filter->vlan);
}

static int find_place(struct flush *flush, const struct vbr_mdb_filter *filter)
{
	struct vbr_ctx *ctx = flush->ctx;
	struct link_info link;
	int rc;

	if (filter->port) {
		rc = port_find_member(ctx, flush->bridge, filter->port, &link);
		if (rc < 0)
			return rc;
		flush->by.port = link.index;
	}
	rc = mdb_find_place(ctx, flush->bridge, &link);
	if (rc < 0)
		return rc;
	flush->by.bridge = link.index;
	flush->is_vxlan = link.kind != LINK_BRIDGE;
	if (filter->remote && !flush->is_vxlan)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("it is not a VXLAN device"));
	return 0;
}

static int fill_flush(struct flush *flush, const struct vbr_mdb_filter *filter)
{
	struct vbr_ctx *ctx = flush->ctx;
	int rc = check_filter(ctx, filter);

	if (rc == 0 && filter->remote)
		rc = mdb_import_remote(ctx, filter->remote, &flush->by.remote);
	if (rc == 0)
		rc = find_place(flush, filter);
	flush->source = filter->source;
	flush->by.vlan = (uint16_t)filter->vlan;
	flush->by.protocol = (uint8_t)filter->protocol;
	flush->by.has_state = filter->flags_mask;
	flush->by.is_permanent = filter->flags & filter->flags_mask;
	return rc;
}

int vbr_mdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_mdb_filter *filter)
{
	static const struct vbr_mdb_filter all = { 0 };
	struct flush flush = { .ctx = ctx, .bridge = bridge };
	struct failure failure;
	int rc;

	context_begin(ctx, N_("cannot flush the groups of bridge \"%s\""),
		      bridge);
	rc = fill_flush(&flush, filter ? filter : &all);
	if (rc == 0)
		rc = flush_groups(&flush);
	if (rc == 0)
		return 0;
	failure = ctx->failure;
	context_restore(ctx, &failure);
	if (flush.has_begun || failure.lost_at)
		context_append(ctx, "%s",
			       _("; some entries may have been "
				 "deleted"));
	return rc;
}
