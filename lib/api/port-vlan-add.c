/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds ports and bridges to VLANs, and deletes them. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>

#include "base/vids.h"
#include "api/port-vlan-set.h"
#include "api/port-vlan-tunnel.h"
#include "api/port-vlan.h"
#include "api/vlan-transaction.h"

#define FLAGS (BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED)

static int build_vlans(struct nlmsghdr *msg, size_t size,
		       const struct port_vlan_change *change, void *data)
{
	const uint16_t *type = data;

	return port_vlan_put_vlans(msg, size, *type, change) ? 0 : -EMSGSIZE;
}

/* One operation, which is the same for all devices. */
struct vlan_op {
	const char *error_format; /* passed to context_begin() */
	const char *bridge;
	const struct vbr_vids *vids;
	unsigned int flags;
	uint16_t type;
	bool is_several; /* VLANs or devices: can be half done */
	bool if_there;	 /* missing VLANs are skipped */
};

static int send_vlans(const struct vlan_transaction *txn, uint16_t type,
		      const struct port_vlan_change *change)
{
	return txn_send(txn->ctx, change, build_vlans, &type);
}

/* Adds the VLANs again that had these flags before. */
static int restore_vlans(const struct vlan_transaction *txn, unsigned int flags)
{
	struct port_vlan_change change = txn->change;
	struct vbr_vids vids = { 0 };
	int vid = -1;

	while ((vid = vids_next(txn->change.vids, vid)) >= 0) {
		const struct vbr_port_vlan *before = txn_find(txn, vid);

		if (before && (before->flags & FLAGS) == flags)
			vids_add(&vids, (unsigned int)vid);
	}
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	change.flags = (uint16_t)flags;
	return send_vlans(txn, RTM_SETLINK, &change);
}

static int delete_new(const struct vlan_transaction *txn)
{
	struct port_vlan_change change = txn->change;
	struct vbr_vids vids = { 0 };
	int vid = -1;

	while ((vid = vids_next(txn->change.vids, vid)) >= 0)
		if (!txn_find(txn, vid))
			vids_add(&vids, (unsigned int)vid);
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	change.flags = 0;
	return send_vlans(txn, RTM_DELLINK, &change);
}

/* The new PVID replaced another one: restores that. */
static int move_pvid_back(const struct vlan_transaction *txn)
{
	struct port_vlan_change change = txn->change;
	struct vbr_vids vids = { 0 };

	if (!(txn->change.flags & BRIDGE_VLAN_INFO_PVID))
		return 0;
	for (size_t i = 0; i < txn->before.count; i++) {
		const struct vbr_port_vlan *row = &txn->before.rows[i];

		if (row->flags & BRIDGE_VLAN_INFO_PVID) {
			vids_add(&vids, row->first);
			change.flags = row->flags & FLAGS;
		}
	}
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	return send_vlans(txn, RTM_SETLINK, &change);
}

/* A VLAN that is added again has lost its options and its tunnel id. */
static int restore(const struct vlan_transaction *txn)
{
	struct port_vlan_list now;
	int rc, again;

	rc = port_vlan_read_device(txn->ctx, txn->change.device,
				   VBR_SCOPE_PORT_VLAN, &now);
	if (rc < 0)
		return rc;
	rc = restore_options(txn, &now);
	again = restore_tunnels(txn, &now);
	port_vlan_list_clear(&now);
	return rc < 0 ? rc : again;
}

/* Restores the previous VLANs, however much of the change was done. */
static int undo(const struct vlan_transaction *txn, uint16_t type)
{
	const unsigned int all[] = {
		0,
		BRIDGE_VLAN_INFO_UNTAGGED,
		BRIDGE_VLAN_INFO_PVID,
		BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED,
	};
	int rc = delete_new(txn), again;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		again = restore_vlans(txn, all[i]);
		rc = rc < 0 ? rc : again;
	}
	again = type == RTM_DELLINK ? restore(txn) : move_pvid_back(txn);
	rc = rc < 0 ? rc : again;
	return rc < 0 && txn_is_unchanged(txn) ? 0 : rc;
}

/* The last transaction may be the one that was refused. */
static int undo_all(const struct vlan_transaction *txns, size_t count,
		    uint16_t type, int error)
{
	struct failure refusal = txns->ctx->failure;
	int rc = 0;

	for (size_t left = count; left > 0; left--) {
		int undone;

		context_progress(txns->ctx, count - left, count);
		undone = undo(&txns[left - 1], type);
		rc = rc < 0 ? rc : undone;
	}
	context_progress(txns->ctx, count, count);
	return txn_undone(txns, &refusal, error, rc);
}

static int prepare(struct vlan_transaction *txn, struct vbr_ctx *ctx,
		   const struct vlan_op *vlan_op, const char *device)
{
	int rc;

	context_begin(ctx, vlan_op->error_format, device, vlan_op->bridge);
	rc = txn_begin(txn, ctx, vlan_op->bridge, device, vlan_op->vids);
	if (rc < 0)
		return rc;
	txn->change.flags = (uint16_t)vlan_op->flags;
	if (vlan_op->type == RTM_DELLINK && !vlan_op->if_there)
		return txn_read_existing(txn, VBR_SCOPE_PORT_VLAN);
	return vlan_op->is_several ? txn_read_state(txn, VBR_SCOPE_PORT_VLAN)
				   : 0;
}

static int change_one(const struct vlan_transaction *txn,
		      const struct vlan_op *vlan_op, const char *device)
{
	context_begin(txn->ctx, vlan_op->error_format, device, vlan_op->bridge);
	return send_vlans(txn, vlan_op->type, &txn->change);
}

/* Checks all devices before it changes the first one. */
static int change_vlans(struct vbr_ctx *ctx, const struct vlan_op *vlan_op,
			const char *const *devices, size_t count)
{
	struct vlan_transaction one, *txns = &one;
	size_t ready = 0, done = 0;
	int rc = 0;

	if (count > 1)
		txns = calloc(count, sizeof(*txns));
	if (!txns)
		return context_fail(ctx, -ENOMEM, NULL);
	while (rc == 0 && ready < count) {
		rc = prepare(&txns[ready], ctx, vlan_op, devices[ready]);
		ready += rc == 0;
	}
	context_progress(ctx, 0, count);
	while (rc == 0 && done < count) {
		rc = change_one(&txns[done], vlan_op, devices[done]);
		done += rc == 0;
		context_progress(ctx, done, count);
	}
	if (rc < 0 && ready == count && vlan_op->is_several) {
		done += context_may_be_done(ctx);
		rc = undo_all(txns, done, vlan_op->type, rc);
	}
	while (ready > 0)
		port_vlan_list_clear(&txns[--ready].before);
	if (txns != &one)
		free(txns);
	return rc;
}

static const char adding[] = N_("cannot add VLANs to \"%s\" of bridge \"%s\"");

static int check_flags(struct vbr_ctx *ctx, const struct vbr_vids *vids,
		       unsigned int flags)
{
	if (flags & ~(unsigned int)FLAGS)
		return context_fail(ctx, -EINVAL, _("there is no such flag"));
	if (!(flags & VBR_PORT_VLAN_PVID) || vids_count(vids) <= 1)
		return 0;
	return context_fail(ctx, -EINVAL, _("one VLAN alone can be the PVID"));
}

int vbr_port_vlan_add_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, unsigned int flags)
{
	const struct vlan_op vlan_op = {
		adding, bridge,	     vids,
		flags,	RTM_SETLINK, count > 1 || vids_count(vids) > 1,
	};
	int rc;

	context_begin(ctx, vlan_op.error_format, count ? devices[0] : "",
		      bridge);
	if (count == 0)
		return context_fail(ctx, -EINVAL, _("no port is named"));
	rc = check_flags(ctx, vids, flags);
	return rc < 0 ? rc : change_vlans(ctx, &vlan_op, devices, count);
}

int vbr_port_vlan_add(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids,
		      unsigned int flags)
{
	return vbr_port_vlan_add_many(ctx, bridge, &device, 1, vids, flags);
}

static int add_with_tunnels(struct vlan_transaction *txn,
			    const struct vlan_op *vlan_op, const char *port,
			    uint32_t first)
{
	struct vbr_ctx *ctx = txn->ctx;
	struct failure refusal;
	int rc = change_one(txn, vlan_op, port);

	if (rc < 0 && !context_may_be_done(ctx))
		return rc;
	/* A dry run adds no VLANs, so there are none to map. */
	if (rc == 0 && !ctx->is_dry)
		rc = vbr_port_vlan_map_tunnels(ctx, vlan_op->bridge, port,
					       vlan_op->vids, first);
	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	return txn_undone(txn, &refusal, rc, undo(txn, RTM_SETLINK));
}

int vbr_port_vlan_add_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      unsigned int flags, uint32_t first)
{
	const struct vlan_op vlan_op = {
		adding, bridge, vids, flags, RTM_SETLINK, true,
	};
	struct vlan_transaction txn;
	int rc;

	context_begin(ctx, vlan_op.error_format, port, bridge);
	rc = check_flags(ctx, vids, flags);
	if (rc == 0)
		rc = tunnel_check_ids(ctx, vids, first);
	if (rc < 0)
		return rc;
	rc = prepare(&txn, ctx, &vlan_op, port);
	if (rc < 0)
		return rc;
	rc = txn.change.is_bridge
		     ? tunnel_refuse_bridge(ctx)
		     : add_with_tunnels(&txn, &vlan_op, port, first);
	port_vlan_list_clear(&txn.before);
	return rc;
}

int vbr_port_vlan_del_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, bool if_there)
{
	const struct vlan_op vlan_op = {
		N_("cannot delete VLANs of \"%s\" of bridge \"%s\""),
		bridge,
		vids,
		0,
		RTM_DELLINK,
		count > 1 || vids_count(vids) > 1,
		if_there,
	};

	context_begin(ctx, vlan_op.error_format, count ? devices[0] : "",
		      bridge);
	if (count == 0)
		return context_fail(ctx, -EINVAL, _("no port is named"));
	return change_vlans(ctx, &vlan_op, devices, count);
}

int vbr_port_vlan_del(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids)
{
	return vbr_port_vlan_del_many(ctx, bridge, &device, 1, vids, false);
}
