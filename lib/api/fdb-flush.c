/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Deletes many FDB entries at once. */

#include "config.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <stdbool.h>
#include <string.h>

#include "base/mac.h"
#include "core/context.h"
#include "api/fdb-entry.h"
#include "api/fdb-find.h"
#include "api/fdb-self.h"
#include "core/link.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/fdb.h"
#include "wire/request.h"

struct flush {
	struct vbr_ctx *ctx;
	const char *bridge;
	/* The kernel's: "bridge" may be an alternative name. */
	char name[NAME_SIZE];
	struct fdb_flush by;
	bool is_self; /* in the table of a VXLAN device */
	/* Some entries may already be deleted. */
	bool has_begun;
};

static bool is_one_place(const struct vbr_fdb_entry *a,
			 const struct vbr_fdb_entry *b)
{
	return a->port == b->port && memcmp(a->mac, b->mac, MAC_LEN) == 0;
}

/*
 * For kernels that cannot flush by the properties of an entry (before 5.19):
 * entries are deleted one by one. A deletion without a VLAN removes the address
 * from all VLANs of the port, so it is refused if one of these entries must
 * stay. The list is sorted: entries of one address follow each other.
 */
static int check_others(const struct flush *flush, const struct vbr_fdb *fdb)
{
	const struct vbr_fdb_entry *entry, *goes = NULL;
	char text[VBR_MAC_TEXT_SIZE];

	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		if (fdb_is_flushed(entry, &flush->by)) {
			if (!entry->vlan)
				goes = entry;
			continue;
		}
		if (!goes || !is_one_place(goes, entry))
			continue;
		mac_format(entry->mac, text);
		return context_fail_why(
			flush->ctx, -EOPNOTSUPP,
			_("%s must stay in VLAN %u, but this kernel would delete it there, too"),
			text, entry->vlan);
	}
	return 0;
}

/* False if the FDB cannot be read: then the kernel's error stays. */
static bool has_gone(const struct flush *flush,
		     const struct vbr_fdb_entry *entry)
{
	const struct fdb_query query = {
		entry->mac,
		entry->port,
		entry->vlan,
	};
	struct failure refusal = flush->ctx->failure;
	int rc = fdb_find(flush->ctx, flush->bridge, &query, NULL);

	flush->ctx->failure = refusal;
	return rc == 0;
}

/* An entry that is gone by now counts as deleted. If its port or its VLAN is
 * gone too, the kernel's error is not ENOENT. */
static int delete_one(struct flush *flush, const struct vbr_fdb_entry *entry)
{
	struct fdb_change change = {
		.device = entry->port,
		.is_self = entry->port == entry->bridge,
		.vlan = entry->vlan,
	};
	struct request req;
	int rc;

	memcpy(change.mac, entry->mac, MAC_LEN);
	fdb_request_del(&req, &change);
	rc = talk(flush->ctx, &req.head, NULL);
	if (rc == 0)
		flush->has_begun = true;
	if (rc == -ENOENT || (rc < 0 && has_gone(flush, entry)))
		return 0;
	return rc;
}

static int delete_each(struct flush *flush)
{
	struct operation operation = flush->ctx->operation;
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	size_t count;
	int rc = vbr_fdb_list(flush->ctx, flush->bridge, &fdb);

	if (rc < 0)
		return rc;
	flush->ctx->operation = operation;
	rc = check_others(flush, fdb);
	count = vbr_fdb_count(fdb);
	for (size_t i = 0; rc == 0 && (entry = vbr_fdb_at(fdb, i)); i++) {
		context_progress(flush->ctx, i, count);
		if (fdb_is_flushed(entry, &flush->by))
			rc = delete_one(flush, entry);
	}
	if (rc == 0)
		context_progress(flush->ctx, count, count);
	vbr_fdb_free(fdb);
	return rc;
}

/* The option "flush" deletes all learned entries of a bridge or a port, except
 * a port's externally learned ones. */
static int flush_learned(struct flush *flush)
{
	struct option_value flushed = { .value = 1 };
	int rc, port = flush->by.port;
	struct request req;
	size_t bad;

	flushed.option = option_find(port ? VBR_SCOPE_PORT : VBR_SCOPE_BRIDGE,
				     "flush");
	rc = port ? request_port_set(&req, port, &flushed, 1, &bad)
		  : request_bridge_set(&req, flush->name, &flushed, 1, &bad);
	if (rc < 0)
		return context_fail(flush->ctx, rc, NULL);
	rc = talk(flush->ctx, &req.head, NULL);
	if (rc == 0)
		flush->has_begun = true;
	return rc;
}

static int flush_slowly(struct flush *flush)
{
	const struct fdb_flush *by = &flush->by;
	int rc = 0;

	if (by->flags_mask & NTF_USE)
		return context_fail(
			flush->ctx, -EOPNOTSUPP,
			_("this kernel cannot tell which entries were made by hand; Linux 5.19 can"));
	if (by->state_mask && !by->state && !by->flags_mask && !by->vlan &&
	    by->port != by->device)
		rc = flush_learned(flush);
	return rc < 0 ? rc : delete_each(flush);
}

static int flush_state(struct flush *flush)
{
	struct request req;
	int rc;

	fdb_request_flush(&req, &flush->by);
	rc = talk(flush->ctx, &req.head, NULL);
	if (flush->is_self && (rc == -EINVAL || rc == -EOPNOTSUPP))
		return context_fail_as(flush->ctx, -EOPNOTSUPP,
				       _("this kernel cannot flush the table "
					 "of a VXLAN device; Linux 6.7 can"));
	/* Kernels before 5.19 take the request for a deletion of one entry. */
	if (rc == -EINVAL || rc == -EOPNOTSUPP)
		return flush_slowly(flush);
	if (rc == 0)
		flush->has_begun = true;
	return rc;
}

/* The kernel's filter matches one state, or any. */
static int flush_states(struct flush *flush, unsigned int states)
{
	static const uint16_t nud[] = {
		[VBR_FDB_LOCAL] = NUD_PERMANENT,
		[VBR_FDB_STATIC] = NUD_NOARP,
		[VBR_FDB_LEARNED] = 0,
	};
	int rc = 0;

	if (states == VBR_FDB_ANY)
		return flush_state(flush);
	for (size_t i = 0; i < sizeof(nud) / sizeof(nud[0]) && rc == 0; i++) {
		if (!(states >> i & 1))
			continue;
		flush->by.state = nud[i];
		flush->by.state_mask = NUD_PERMANENT | NUD_NOARP;
		/* To the kernel, a local entry may or may not be static: accept
		 * both. */
		if (i == VBR_FDB_LOCAL)
			flush->by.state_mask = NUD_PERMANENT;
		rc = flush_state(flush);
	}
	return rc;
}

#define FLAGS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | VBR_FDB_USER)
#define SELF_FLAGS (VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | VBR_FDB_ROUTER)

/* In a filter, NTF_USE says that a program added the entry. */
static uint8_t kernel_flags(unsigned int flags)
{
	return (uint8_t)(fdb_kernel_flags(flags) |
			 (flags & VBR_FDB_USER ? NTF_USE : 0));
}

/* Unknown bits would not be sent, and so would not limit the flush. */
static int check_filter(struct vbr_ctx *ctx,
			const struct vbr_fdb_filter *filter)
{
	unsigned int flags = filter->flags | filter->flags_mask;

	if (filter->states & ~VBR_FDB_ANY)
		return context_fail(ctx, -EINVAL,
				    _("its states can be local, static and "
				      "learned"));
	if (filter->remote && flags & ~(unsigned int)SELF_FLAGS)
		return context_fail(ctx, -EINVAL,
				    _("its flags can be extern, offloaded and "
				      "router"));
	if (!filter->remote && flags & ~(unsigned int)FLAGS)
		return context_fail(ctx, -EINVAL,
				    _("its flags can be sticky, extern, "
				      "offloaded and user"));
	if (filter->remote && (!filter->port || filter->vlan))
		return context_fail(ctx, -EINVAL,
				    _("the table of a VXLAN device needs the "
				      "name of the device (port), and has no "
				      "VLANs"));
	return fdb_check_vlan(ctx, filter->vlan);
}

/* The table of a VXLAN device. */
static int flush_remote(struct flush *flush, const char *port,
			const struct vbr_remote *remote)
{
	struct link_info link;
	int rc = port_find(flush->ctx, flush->bridge, port, &link);

	if (rc == 0 && link.kind != LINK_VXLAN)
		return context_fail(flush->ctx, -EINVAL,
				    _("only the table of a VXLAN device can be "
				      "flushed"));
	if (rc == 0)
		rc = fdb_take_remote(flush->ctx, &link, remote,
				     &flush->by.remote);
	if (rc < 0)
		return rc;
	flush->by.device = link.index;
	flush->by.port = 0;
	flush->is_self = true;
	return 0;
}

int vbr_fdb_flush(struct vbr_ctx *ctx, const char *bridge,
		  const struct vbr_fdb_filter *filter)
{
	const struct vbr_fdb_filter learned = { 0 };
	struct flush flush = { .ctx = ctx, .bridge = bridge };
	struct fdb_change place = { 0 };
	struct failure failure;
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot flush the FDB of bridge \"%s\""), bridge);
	if (!filter)
		filter = &learned;
	rc = check_filter(ctx, filter);
	if (rc == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	/* With a port name, -ENODEV is about the port, and -ENXIO about the
	 * bridge. */
	if (rc == -ENODEV && filter->port && strcmp(filter->port, bridge) != 0)
		return context_fail_as(ctx, -ENXIO, _("no such bridge"));
	if (rc == 0) {
		flush.by.device = link.index;
		strcpy(flush.name, link.name);
	}
	if (rc == 0 && filter->port) {
		context_begin(ctx,
			      N_("cannot flush the FDB entries of \"%s\" of "
				 "bridge \"%s\""),
			      filter->port, bridge);
		rc = fdb_find_device(ctx, bridge, filter->port, &place);
	}
	if (rc < 0)
		return rc;
	flush.by.port = place.device;
	if (filter->remote)
		rc = flush_remote(&flush, filter->port, filter->remote);
	if (rc < 0)
		return rc;
	flush.by.vlan = (uint16_t)filter->vlan;
	flush.by.flags = kernel_flags(filter->flags & filter->flags_mask);
	flush.by.flags_mask = kernel_flags(filter->flags_mask);
	rc = flush_states(&flush, filter->states ? filter->states
						 : 1u << VBR_FDB_LEARNED);
	failure = ctx->failure;
	if (rc < 0)
		context_restore(ctx, &failure);
	if (rc < 0 && (flush.has_begun || failure.lost_at))
		context_append(ctx, "%s",
			       _("; some entries may have been "
				 "deleted"));
	return rc;
}
