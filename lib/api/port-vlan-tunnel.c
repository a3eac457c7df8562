/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Maps the VLANs of ports to tunnel ids, and deletes such mappings. */

#include "config.h"

#include "api/port-vlan-tunnel.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/vids.h"
#include "api/port-vlan.h"
#include "api/vlan-transaction.h"
#include "core/link.h"
#include "core/port.h"

struct tunnels {
	uint16_t type;
	uint32_t first;
};

static int build_tunnels(struct nlmsghdr *msg, size_t size,
			 const struct port_vlan_change *change, void *data)
{
	const struct tunnels *tunnels = data;

	return port_vlan_put_tunnels(msg, size, tunnels->type, change,
				     tunnels->first)
		       ? 0
		       : -EMSGSIZE;
}

static int send_tunnels(const struct vlan_transaction *txn, uint16_t type,
			const struct vbr_vids *vids, uint32_t first)
{
	struct port_vlan_change change = txn->change;
	struct tunnels tunnels = { type, first };

	change.vids = vids;
	return vids_count(vids)
		       ? txn_send(txn->ctx, &change, build_tunnels, &tunnels)
		       : 0;
}

/* Whether a VLAN has the same mapping as before, or none as before. */
static bool is_as_before(const struct vlan_transaction *txn,
			 const struct port_vlan_list *now, int vid)
{
	uint32_t before = 0, after = 0;

	return port_vlan_list_tunnel(&txn->before, vid, &before) ==
		       port_vlan_list_tunnel(now, vid, &after) &&
	       before == after;
}

/* Deletes mappings that differ: the kernel does not map a mapped VLAN. */
static int unmap_others(const struct vlan_transaction *txn,
			const struct port_vlan_list *now)
{
	struct vbr_vids vids = { 0 };
	uint32_t id;
	int vid = -1;

	while ((vid = vids_next(txn->change.vids, vid)) >= 0)
		if (port_vlan_list_tunnel(now, vid, &id) &&
		    !is_as_before(txn, now, vid))
			vids_add(&vids, (unsigned int)vid);
	return send_tunnels(txn, RTM_DELLINK, &vids, 0);
}

/* VLANs whose tunnel ids are consecutive go into one message. */
static int map_others(const struct vlan_transaction *txn,
		      const struct port_vlan_list *now)
{
	struct vbr_vids vids = { 0 };
	uint32_t id, first = 0;
	int rc = 0, again, vid = -1;

	while ((vid = vids_next(txn->change.vids, vid)) >= 0) {
		if (is_as_before(txn, now, vid) ||
		    !port_vlan_list_tunnel(&txn->before, vid, &id))
			continue;
		if (id != first + vids_count(&vids)) {
			again = send_tunnels(txn, RTM_SETLINK, &vids, first);
			rc = rc < 0 ? rc : again;
			vids = (struct vbr_vids){ 0 };
			first = id;
		}
		vids_add(&vids, (unsigned int)vid);
	}
	again = send_tunnels(txn, RTM_SETLINK, &vids, first);
	return rc < 0 ? rc : again;
}

int restore_tunnels(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now)
{
	int rc = unmap_others(txn, now), again = map_others(txn, now);

	return rc < 0 ? rc : again;
}

static int undo_tunnels(const struct vlan_transaction *txn, int error)
{
	struct failure refusal = txn->ctx->failure;
	struct port_vlan_list now;
	int rc = port_vlan_read_device(txn->ctx, txn->change.device,
				       VBR_SCOPE_PORT_VLAN, &now);

	if (rc == 0) {
		rc = restore_tunnels(txn, &now);
		port_vlan_list_clear(&now);
	}
	return txn_undone(txn, &refusal, error, rc);
}

int tunnel_check_ids(struct vbr_ctx *ctx, const struct vbr_vids *vids,
		     uint32_t first)
{
	size_t count = vids_count(vids);

	if (count == 0 || count - 1 <= UINT32_MAX - first)
		return 0;
	return context_fail(ctx, -ERANGE, _("tunnel ids go up to 4294967295"));
}

int tunnel_refuse_bridge(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -EINVAL, _("a bridge itself has no tunnels"));
}

/* The kernel does not say that the port's option vlan_tunnel is off. */
static void explain(struct vbr_ctx *ctx, const char *bridge, const char *name)
{
	struct failure refusal = ctx->failure;
	uint64_t on = 1;

	/* If the option cannot be read, the kernel's error stays as it is. */
	port_get_value(ctx, bridge, name, "vlan_tunnel", &on);
	ctx->failure = refusal;
	if (!on)
		context_append(ctx, "%s",
			       _("; the port's option vlan_tunnel is off"));
}

static int change_tunnels(struct vbr_ctx *ctx, const char *bridge,
			  const char *port, const struct vbr_vids *vids,
			  struct tunnels *tunnels, bool if_there)
{
	struct vlan_transaction txn;
	int rc = txn_begin(&txn, ctx, bridge, port, vids);

	if (rc == 0 && txn.change.is_bridge)
		rc = tunnel_refuse_bridge(ctx);
	/* The kernel ignores missing VLANs. */
	if (rc == 0)
		rc = (if_there ? txn_read_state
			       : txn_read_existing)(&txn, VBR_SCOPE_PORT_VLAN);
	if (rc < 0)
		return rc;
	rc = txn_send(ctx, &txn.change, build_tunnels, tunnels);
	/*
	 * If the answer is lost, even a single VLAN is restored: callers that
	 * undo a larger change rely on it.
	 */
	if (rc < 0 && context_may_be_done(ctx) &&
	    (txn_is_several(&txn) || ctx->failure.lost_at))
		rc = undo_tunnels(&txn, rc);
	if (rc == -EINVAL)
		explain(ctx, bridge, port);
	port_vlan_list_clear(&txn.before);
	return rc;
}

int vbr_port_vlan_map_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      uint32_t first)
{
	struct tunnels tunnels = { RTM_SETLINK, first };
	int rc;

	context_begin(ctx,
		      N_("cannot map VLANs of \"%s\" of bridge \"%s\" to "
			 "tunnels"),
		      port, bridge);
	rc = tunnel_check_ids(ctx, vids, first);
	return rc < 0 ? rc
		      : change_tunnels(ctx, bridge, port, vids, &tunnels,
				       false);
}

int vbr_port_vlan_unmap_tunnels(struct vbr_ctx *ctx, const char *bridge,
				const char *port, const struct vbr_vids *vids,
				bool if_there)
{
	struct tunnels tunnels = { RTM_DELLINK, 0 };

	context_begin(ctx,
		      N_("cannot take VLANs of \"%s\" of bridge \"%s\" off "
			 "their tunnels"),
		      port, bridge);
	return change_tunnels(ctx, bridge, port, vids, &tunnels, if_there);
}
