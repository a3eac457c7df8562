/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What all changes of VLANs have in common. */

#include "config.h"

#include "api/port-vlan-change.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/vids.h"
#include "core/link.h"
#include "core/talk.h"
#include "wire/request.h"

/* Most changes are short. */
int work_send(struct vbr_ctx *ctx, const struct filter_change *change,
	      build_fn *build, void *data)
{
	struct nlmsghdr *msg;
	struct request req;
	int rc = build(&req.head, sizeof(req.bytes), change, data);

	if (rc == 0)
		return talk(ctx, &req.head, NULL);
	if (rc != -EMSGSIZE)
		return rc;
	msg = malloc(FILTER_SIZE);
	if (!msg)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = build(msg, FILTER_SIZE, change, data);
	if (rc == 0)
		rc = talk(ctx, msg, NULL);
	else if (rc == -EMSGSIZE)
		context_fail(ctx, rc, NULL);
	free(msg);
	return rc;
}

static int find_device(struct work *work, const char *bridge,
		       const char *device)
{
	struct link_info link;
	int rc = link_find_member(work->ctx, bridge, device, &link);

	if (rc < 0)
		return rc;
	work->change.is_bridge = link.kind == LINK_BRIDGE;
	work->change.device = link.index;
	return 0;
}

int work_begin(struct work *work, struct vbr_ctx *ctx, const char *bridge,
	       const char *device, const struct vbr_vids *vids)
{
	*work = (struct work){ .ctx = ctx, .change.vids = vids };
	if (vids_count(vids) == 0)
		return context_fail(ctx, -EINVAL, _("no VLAN is named"));
	if (vids_has(vids, 0))
		return context_fail(ctx, -ERANGE,
				    _("VLAN ids go from 1 to 4094"));
	return find_device(work, bridge, device);
}

const struct vbr_port_vlan *work_find(const struct work *work, int vid)
{
	return filter_list_find(&work->before, vid);
}

bool work_is_several(const struct work *work)
{
	return vids_count(work->change.vids) > 1;
}

/* Mostly what was refused at once. */
bool work_is_as_before(const struct work *work)
{
	struct filter_list now;
	bool is_same;

	if (filter_read_device(work->ctx, work->change.device, work->scope,
			       &now) < 0)
		return false;
	is_same = filter_list_same(&work->before, &now);
	filter_list_clear(&now);
	return is_same;
}

/* Options and tunnels do not come back with their VLANs. */
int work_give_back(const struct work *work)
{
	struct filter_list now;
	int rc, again;

	rc = filter_read_device(work->ctx, work->change.device, SCOPE_PORT_VLAN,
				&now);
	if (rc < 0)
		return rc;
	rc = options_again(work, &now);
	again = tunnels_again(work, &now);
	filter_list_clear(&now);
	return rc < 0 ? rc : again;
}

bool work_may_be_done(const struct vbr_ctx *ctx, int error)
{
	return ctx->failure.kernel_errno ||
	       (error != -ENOMEM && error != -EMSGSIZE);
}

int work_undone(const struct work *work, const struct failure *refusal,
		int error, int undo_error)
{
	work->ctx->failure = *refusal;
	if (undo_error < 0)
		context_append(work->ctx, "%s",
			       _("; some of the VLANs may have been changed"));
	return error;
}

/* The kernel passes over what is not there. */
static int check_all_there(const struct work *work)
{
	int vid = -1;

	while ((vid = vids_next(work->change.vids, vid)) >= 0)
		if (!work_find(work, vid))
			return context_fail_why(work->ctx, -ENOENT,
						_("VLAN %d is not there"), vid);
	return 0;
}

int work_look(struct work *work, enum option_scope scope)
{
	work->scope = scope;
	return filter_read_device(work->ctx, work->change.device, scope,
				  &work->before);
}

int work_read(struct work *work, enum option_scope scope)
{
	int rc = work_look(work, scope);

	if (rc == 0)
		rc = check_all_there(work);
	if (rc < 0)
		filter_list_clear(&work->before);
	return rc;
}

int work_part(const struct work *work, const struct vbr_port_vlan *row,
	      struct vbr_vids *ret_vids)
{
	*ret_vids = (struct vbr_vids){ 0 };
	for (int vid = row->first; vid <= row->last; vid++)
		if (vids_has(work->change.vids, (unsigned int)vid))
			vids_add(ret_vids, (unsigned int)vid);
	return vids_next(ret_vids, -1);
}
