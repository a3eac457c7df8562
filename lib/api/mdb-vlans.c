/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds members to groups in all their VLANs, and deletes them. */

#include "config.h"

#include "api/mdb-vlans.h"

#include <errno.h>
#include <stdlib.h>

#include "api/mdb-find.h"
#include "api/mdb-spec.h"
#include "api/port-vlan.h"
#include "base/vids.h"
#include "core/batch.h"
#include "core/context.h"
#include "core/talk.h"

/*
 * The kernel can change all VLANs in one request, but does not undo anything:
 * an addition stops at the first VLAN that is refused, and a deletion returns
 * only the result of the last VLAN.
 */

struct vlan_batch {
	struct vbr_ctx *ctx;
	struct mdb_change change;
	size_t count;
	uint16_t vlans[VID_MAX];
	int verdicts[VID_MAX];
	struct request reqs[VID_MAX];
};

static struct vlan_batch *vlan_batch_new(struct vbr_ctx *ctx,
					 const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = malloc(sizeof(*vlan_batch));

	if (!vlan_batch) {
		context_fail(ctx, -ENOMEM, NULL);
		return NULL;
	}
	vlan_batch->ctx = ctx;
	vlan_batch->change = *change;
	vlan_batch->count = 0;
	return vlan_batch;
}

static int vlan_batch_send(struct vlan_batch *vlan_batch,
			   void (*build)(struct request *req,
					 const struct mdb_change *change))
{
	for (size_t i = 0; i < vlan_batch->count; i++) {
		vlan_batch->change.vlan = vlan_batch->vlans[i];
		build(&vlan_batch->reqs[i], &vlan_batch->change);
	}
	return talk_batch(vlan_batch->ctx, vlan_batch->reqs, vlan_batch->count,
			  vlan_batch->verdicts);
}

/* Keeps only the VLANs with this verdict. */
static void keep(struct vlan_batch *vlan_batch, int verdict)
{
	size_t kept = 0;

	for (size_t i = 0; i < vlan_batch->count; i++)
		if (vlan_batch->verdicts[i] == verdict)
			vlan_batch->vlans[kept++] = vlan_batch->vlans[i];
	vlan_batch->count = kept;
}

/* The VLANs of the member; it is an error if there are none. */
static int read_vlans(struct vbr_ctx *ctx, const struct mdb_change *change,
		      struct port_vlan_list *ret_list)
{
	int rc = port_vlan_read_device(ctx, change->port, VBR_SCOPE_PORT_VLAN,
				       ret_list);

	if (rc < 0 || ret_list->count)
		return rc;
	port_vlan_list_clear(ret_list);
	return context_fail(ctx, -EINVAL, _("it is not a member of any VLAN"));
}

int mdb_check_has_vlan(struct vbr_ctx *ctx, const struct mdb_change *change)
{
	struct port_vlan_list list;
	int rc = read_vlans(ctx, change, &list);

	if (rc == 0)
		port_vlan_list_clear(&list);
	return rc;
}

static int fill_with_vlans(struct vlan_batch *vlan_batch)
{
	struct port_vlan_list list;
	int rc = read_vlans(vlan_batch->ctx, &vlan_batch->change, &list),
	    vid = -1;

	if (rc < 0)
		return rc;
	while ((vid = port_vlan_list_next(&list, vid)) >= 0)
		vlan_batch->vlans[vlan_batch->count++] = (uint16_t)vid;
	port_vlan_list_clear(&list);
	return 0;
}

int mdb_add_in_all(struct vbr_ctx *ctx, const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = vlan_batch_new(ctx, change);
	struct failure refusal;
	int rc, undo;

	if (!vlan_batch)
		return -ENOMEM;
	rc = fill_with_vlans(vlan_batch);
	if (rc == 0)
		rc = vlan_batch_send(vlan_batch, mdb_request_add);
	if (rc < 0 && vlan_batch->count) {
		refusal = ctx->failure;
		keep(vlan_batch, 0);
		undo = vlan_batch_send(vlan_batch, mdb_request_del);
		context_restore(ctx, &refusal);
		if (undo < 0 || refusal.lost_at)
			context_append(ctx, "%s",
				       _("; some of the VLANs may "
					 "have been changed"));
	}
	free(vlan_batch);
	return rc;
}

static int take_vlan(void *data, const struct vbr_mdb_entry *entry)
{
	struct vlan_batch *vlan_batch = data;

	if (vlan_batch->count < VID_MAX)
		vlan_batch->vlans[vlan_batch->count++] = entry->vlan;
	return 0;
}

/* Sends the entry again as it was, to undo its replacement. */
static void restore_entry(struct vbr_ctx *ctx,
			  const struct vbr_mdb_entry *entry, int *ret_rc)
{
	struct mdb_senders senders;
	struct mdb_change before;
	struct request req;
	int rc;

	mdb_change_of(entry, &senders, &before);
	before.replaces = true;
	mdb_request_add(&req, &before);
	rc = talk(ctx, &req.head, NULL);
	if (rc < 0)
		*ret_rc = rc;
}

/* Whether the change is about this entry, in the VLAN of the entry. */
static bool is_replaced(const struct vlan_batch *vlan_batch,
			const struct vbr_mdb_entry *entry, size_t *at)
{
	struct mdb_change query = vlan_batch->change;

	query.vlan = entry->vlan;
	if (!entry->vlan || *at >= vlan_batch->count ||
	    !mdb_is_entry(entry, &query))
		return false;
	(*at)++;
	return true;
}

static int replace_listed(struct vlan_batch *vlan_batch,
			  const struct vbr_mdb *mdb)
{
	struct vbr_ctx *ctx = vlan_batch->ctx;
	int rc = vlan_batch_send(vlan_batch, mdb_request_add), undo = 0;
	const struct vbr_mdb_entry *entry;
	struct failure refusal;
	size_t at = 0;

	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++)
		if (is_replaced(vlan_batch, entry, &at) &&
		    vlan_batch->verdicts[at - 1] == 0)
			restore_entry(ctx, entry, &undo);
	context_restore(ctx, &refusal);
	if (undo < 0 || refusal.lost_at)
		context_append(ctx, "%s",
			       _("; some of the VLANs may "
				 "have been changed"));
	return rc;
}

int mdb_replace_in_all(struct vbr_ctx *ctx, const char *bridge,
		       const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = vlan_batch_new(ctx, change);
	struct operation operation = ctx->operation;
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb = NULL;
	size_t at = 0;
	int rc = vlan_batch ? vbr_mdb_list(ctx, bridge, &mdb) : -ENOMEM;

	ctx->operation = operation;
	if (rc == 0)
		vlan_batch->count = VID_MAX;
	for (size_t i = 0; rc == 0 && (entry = vbr_mdb_at(mdb, i)); i++)
		if (is_replaced(vlan_batch, entry, &at))
			vlan_batch->vlans[at - 1] = entry->vlan;
	if (rc == 0) {
		vlan_batch->count = at;
		rc = replace_listed(vlan_batch, mdb);
	}
	vbr_mdb_free(mdb);
	free(vlan_batch);
	return rc;
}

/* A membership may expire meanwhile; its deletion then fails with EINVAL. The
 * others are still deleted. "ret_some": at least one was deleted. */
static int delete_listed(struct vlan_batch *vlan_batch, bool *ret_some)
{
	struct failure refusal;
	bool is_refused = false;
	int rc;

	do {
		rc = vlan_batch_send(vlan_batch, mdb_request_del);
		for (size_t i = 0; i < vlan_batch->count; i++)
			*ret_some |= vlan_batch->verdicts[i] == 0;
		if (rc < 0)
			refusal = vlan_batch->ctx->failure;
		if (rc < 0 && (rc != -EINVAL || !refusal.kernel_errno))
			return rc;
		is_refused |= rc < 0;
		keep(vlan_batch, -ECANCELED);
	} while (vlan_batch->count);
	if (!is_refused)
		return 0;
	vlan_batch->ctx->failure = refusal;
	return -EINVAL;
}

int mdb_del_in_all(struct vbr_ctx *ctx, const struct link_info *link,
		   const char *bridge, const struct mdb_change *change)
{
	struct vlan_batch *vlan_batch = vlan_batch_new(ctx, change);
	struct failure refusal;
	bool some = false;
	int rc;

	if (!vlan_batch)
		return -ENOMEM;
	rc = mdb_find(ctx, bridge, change, true, take_vlan, vlan_batch);
	if (rc == 0 && !vlan_batch->count)
		rc = context_fail(ctx, -ENOENT, _("it is not a member"));
	else if (rc == 0)
		rc = mdb_check_up(ctx, link);
	if (rc < 0) {
		free(vlan_batch);
		return rc;
	}
	rc = delete_listed(vlan_batch, &some);
	free(vlan_batch);
	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	if (rc == -EINVAL && mdb_is_there(ctx, bridge, change, true) == 0)
		return 0;
	context_restore(ctx, &refusal);
	if (some || refusal.lost_at)
		context_append(ctx, "%s",
			       _("; some of the VLANs may have "
				 "been changed"));
	return rc;
}
