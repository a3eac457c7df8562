/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes ports and bridges members of VLANs, and ends that. */

#include "config.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>

#include "base/vids.h"
#include "filter-change.h"

static bool build_vlans(struct nlmsghdr *msg, size_t size,
			const struct filter_change *change, void *data)
{
	const uint16_t *type = data;

	return filter_put_vlans(msg, size, *type, change);
}

static int send_vlans(struct vbr_ctx *ctx, uint16_t type,
		      const struct filter_change *change)
{
	return work_send(ctx, change, build_vlans, &type);
}

/* Adds those VLANs again that were there with these flags. */
static int add_again(const struct work *work, unsigned int flags)
{
	const uint16_t both = BRIDGE_VLAN_INFO_PVID |
		BRIDGE_VLAN_INFO_UNTAGGED;
	struct filter_change change = work->change;
	struct vbr_vids vids = { 0 };
	int vid = -1;

	while ((vid = vids_next(work->change.vids, vid)) >= 0) {
		const struct vbr_filter *before = work_find(work, vid);

		if (before && (before->flags & both) == flags)
			vids_add(&vids, (unsigned int)vid);
	}
	if (vids_count(&vids) == 0)
		return 0;
	change.vids = &vids;
	change.flags = (uint16_t)flags;
	return send_vlans(work->ctx, RTM_SETLINK, &change);
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
	return send_vlans(work->ctx, RTM_DELLINK, &change);
}

/* Whatever of it was done: the VLANs as they were before. */
static int undo(const struct work *work, int error)
{
	const unsigned int all[] = {
		0, BRIDGE_VLAN_INFO_UNTAGGED, BRIDGE_VLAN_INFO_PVID,
		BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED,
	};
	struct failure refusal = work->ctx->failure;
	int rc = delete_new(work);

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		int again = add_again(work, all[i]);

		rc = rc < 0 ? rc : again;
	}
	return work_undone(work, &refusal, error, rc);
}

static int change_vlans(struct work *work, uint16_t type)
{
	int rc = send_vlans(work->ctx, type, &work->change);

	/* One alone cannot be half done. */
	if (rc < 0 && work_is_several(work))
		rc = undo(work, rc);
	filter_list_clear(&work->before);
	return rc;
}

int vbr_filter_add(struct vbr_ctx *ctx, const char *bridge,
		   const char *device, const struct vbr_vids *vids,
		   unsigned int flags)
{
	struct work work;
	int rc;

	context_ask(ctx, N_("cannot add VLANs to \"%s\" of bridge \"%s\""),
		    device, bridge);
	if (flags & VBR_FILTER_PVID && vids_count(vids) > 1)
		return context_fail(ctx, -EINVAL,
				    _("one VLAN alone can be the PVID"));
	rc = work_begin(&work, ctx, bridge, device, vids);
	if (rc < 0)
		return rc;
	work.change.flags = (uint16_t)flags;
	if (work_is_several(&work))
		rc = filter_read_device(ctx, work.change.device,
					SCOPE_PORT_VLAN, &work.before);
	return rc < 0 ? rc : change_vlans(&work, RTM_SETLINK);
}

int vbr_filter_del(struct vbr_ctx *ctx, const char *bridge,
		   const char *device, const struct vbr_vids *vids)
{
	struct work work;
	int rc;

	context_ask(ctx, N_("cannot delete VLANs of \"%s\" of bridge \"%s\""),
		    device, bridge);
	rc = work_begin(&work, ctx, bridge, device, vids);
	if (rc == 0)
		rc = work_read(&work, SCOPE_PORT_VLAN);
	return rc < 0 ? rc : change_vlans(&work, RTM_DELLINK);
}
