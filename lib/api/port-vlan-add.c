/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes ports and bridges members of VLANs, and ends that. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>

#include "base/vids.h"
#include "api/port-vlan-change.h"

#define FLAGS (BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED)

static int build_vlans(struct nlmsghdr *msg, size_t size,
		       const struct filter_change *change, void *data)
{
	const uint16_t *type = data;

	return filter_put_vlans(msg, size, *type, change) ? 0 : -EMSGSIZE;
}

/* What is asked for, of every device alike. */
struct order {
	const char *question; /* what context_ask() is given */
	const char *bridge;
	const struct vbr_vids *vids;
	unsigned int flags;
	uint16_t type;
	bool is_several; /* VLANs, or devices: it can be half done */
	bool if_there;	 /* what is not there is passed over */
};

static int send_vlans(const struct work *work, uint16_t type,
		      const struct filter_change *change)
{
	return work_send(work->ctx, change, build_vlans, &type);
}

/* Adds those VLANs again that were there with these flags. */
static int add_again(const struct work *work, unsigned int flags)
{
	struct filter_change change = work->change;
	struct vbr_vids vids = { 0 };
	int vid = -1;

	while ((vid = vids_next(work->change.vids, vid)) >= 0) {
		const struct vbr_port_vlan *before = work_find(work, vid);

		if (before && (before->flags & FLAGS) == flags)
			vids_add(&vids, (unsigned int)vid);
	}
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	change.flags = (uint16_t)flags;
	return send_vlans(work, RTM_SETLINK, &change);
}

static int delete_new(const struct work *work)
{
	struct filter_change change = work->change;
	struct vbr_vids vids = { 0 };
	int vid = -1;

	while ((vid = vids_next(work->change.vids, vid)) >= 0)
		if (!work_find(work, vid))
			vids_add(&vids, (unsigned int)vid);
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	change.flags = 0;
	return send_vlans(work, RTM_DELLINK, &change);
}

/* A new PVID was another's before. */
static int move_pvid_back(const struct work *work)
{
	struct filter_change change = work->change;
	struct vbr_vids vids = { 0 };

	if (!(work->change.flags & BRIDGE_VLAN_INFO_PVID))
		return 0;
	for (size_t i = 0; i < work->before.count; i++) {
		const struct vbr_port_vlan *row = &work->before.rows[i];

		if (row->flags & BRIDGE_VLAN_INFO_PVID) {
			vids_add(&vids, row->first);
			change.flags = row->flags & FLAGS;
		}
	}
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	return send_vlans(work, RTM_SETLINK, &change);
}

/* Whatever of it was done: the VLANs as they were before. */
static int undo(const struct work *work, uint16_t type)
{
	const unsigned int all[] = {
		0,
		BRIDGE_VLAN_INFO_UNTAGGED,
		BRIDGE_VLAN_INFO_PVID,
		BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED,
	};
	int rc = delete_new(work), again;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		again = add_again(work, all[i]);
		rc = rc < 0 ? rc : again;
	}
	again = type == RTM_DELLINK ? work_give_back(work)
				    : move_pvid_back(work);
	rc = rc < 0 ? rc : again;
	return rc < 0 && work_is_as_before(work) ? 0 : rc;
}

/* The last of them is the one that was refused. */
static int undo_all(const struct work *works, size_t count, uint16_t type,
		    int error)
{
	struct failure refusal = works->ctx->failure;
	int rc = 0;

	while (count-- > 0) {
		int undone = undo(&works[count], type);

		rc = rc < 0 ? rc : undone;
	}
	return work_undone(works, &refusal, error, rc);
}

static int prepare(struct work *work, struct vbr_ctx *ctx,
		   const struct order *order, const char *device)
{
	int rc;

	context_ask(ctx, order->question, device, order->bridge);
	rc = work_begin(work, ctx, order->bridge, device, order->vids);
	if (rc < 0)
		return rc;
	work->change.flags = (uint16_t)order->flags;
	if (order->type == RTM_DELLINK && !order->if_there)
		return work_read(work, SCOPE_PORT_VLAN);
	return order->is_several ? work_look(work, SCOPE_PORT_VLAN) : 0;
}

static int change_one(const struct work *work, const struct order *order,
		      const char *device)
{
	context_ask(work->ctx, order->question, device, order->bridge);
	return send_vlans(work, order->type, &work->change);
}

/* The first device is changed when all have been looked at. */
static int change_vlans(struct vbr_ctx *ctx, const struct order *order,
			const char *const *devices, size_t count)
{
	struct work one, *works = &one;
	size_t ready = 0, done = 0;
	int rc = 0;

	if (count > 1)
		works = calloc(count, sizeof(*works));
	if (!works)
		return context_fail(ctx, -ENOMEM, NULL);
	while (rc == 0 && ready < count) {
		rc = prepare(&works[ready], ctx, order, devices[ready]);
		ready += rc == 0;
	}
	while (rc == 0 && done < count) {
		rc = change_one(&works[done], order, devices[done]);
		done += rc == 0;
	}
	if (rc < 0 && ready == count && order->is_several) {
		done += work_may_be_done(ctx, rc);
		rc = undo_all(works, done, order->type, rc);
	}
	while (ready > 0)
		filter_list_clear(&works[--ready].before);
	if (works != &one)
		free(works);
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
	const struct order order = {
		adding, bridge,	     vids,
		flags,	RTM_SETLINK, count > 1 || vids_count(vids) > 1,
	};
	int rc;

	context_ask(ctx, order.question, count ? devices[0] : "", bridge);
	if (count == 0)
		return context_fail(ctx, -EINVAL, _("no port is named"));
	rc = check_flags(ctx, vids, flags);
	return rc < 0 ? rc : change_vlans(ctx, &order, devices, count);
}

int vbr_port_vlan_add(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids,
		      unsigned int flags)
{
	return vbr_port_vlan_add_many(ctx, bridge, &device, 1, vids, flags);
}

static int add_with_tunnels(struct work *work, const struct order *order,
			    const char *port, uint32_t first)
{
	struct vbr_ctx *ctx = work->ctx;
	struct failure refusal;
	int rc = change_one(work, order, port);

	if (rc < 0 && !work_may_be_done(ctx, rc))
		return rc;
	/* While nothing is changed, there is nothing to map either. */
	if (rc == 0 && !ctx->is_dry)
		rc = vbr_port_vlan_map_tunnels(ctx, order->bridge, port,
					       order->vids, first);
	if (rc == 0)
		return 0;
	refusal = ctx->failure;
	return work_undone(work, &refusal, rc, undo(work, RTM_SETLINK));
}

int vbr_port_vlan_add_tunnels(struct vbr_ctx *ctx, const char *bridge,
			      const char *port, const struct vbr_vids *vids,
			      unsigned int flags, uint32_t first)
{
	const struct order order = {
		adding, bridge, vids, flags, RTM_SETLINK, true,
	};
	struct work work;
	int rc;

	context_ask(ctx, order.question, port, bridge);
	rc = check_flags(ctx, vids, flags);
	if (rc == 0)
		rc = tunnel_check_ids(ctx, vids, first);
	if (rc < 0)
		return rc;
	rc = prepare(&work, ctx, &order, port);
	if (rc < 0)
		return rc;
	rc = work.change.is_bridge
		     ? tunnel_refuse_bridge(ctx)
		     : add_with_tunnels(&work, &order, port, first);
	filter_list_clear(&work.before);
	return rc;
}

int vbr_port_vlan_del_many(struct vbr_ctx *ctx, const char *bridge,
			   const char *const *devices, size_t count,
			   const struct vbr_vids *vids, bool if_there)
{
	const struct order order = {
		N_("cannot delete VLANs of \"%s\" of bridge \"%s\""),
		bridge,
		vids,
		0,
		RTM_DELLINK,
		count > 1 || vids_count(vids) > 1,
		if_there,
	};

	context_ask(ctx, order.question, count ? devices[0] : "", bridge);
	if (count == 0)
		return context_fail(ctx, -EINVAL, _("no port is named"));
	return change_vlans(ctx, &order, devices, count);
}

int vbr_port_vlan_del(struct vbr_ctx *ctx, const char *bridge,
		      const char *device, const struct vbr_vids *vids)
{
	return vbr_port_vlan_del_many(ctx, bridge, &device, 1, vids, false);
}
