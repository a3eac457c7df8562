/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds members to multicast groups, and deletes them. */

#include "config.h"

#include <errno.h>

#include "api/mdb-find.h"
#include "api/mdb-spec.h"
#include "api/mdb-vlans.h"
#include "core/context.h"
#include "core/talk.h"

/* For dry runs: otherwise the kernel decides. */
static int dry_run(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_change *change, bool in_all, int wanted)
{
	int rc = mdb_is_there(ctx, bridge, change, in_all);

	if (rc < 0 || rc == wanted)
		return rc < 0 ? rc : 0;
	return wanted ? context_fail(ctx, -ENOENT, _("it is no member"))
		      : context_fail(ctx, -EEXIST, NULL);
}

/* The kernel refuses a group above hash_max without a reason, and does not snoop
 * any more then. It gives the reason if a port has as many as it may. */
static int explain_full(struct vbr_ctx *ctx, int error)
{
	if (error == -E2BIG && !*ctx->failure.kernel_text)
		context_append(ctx, "%s",
			       _("; the bridge has as many groups as hash_max "
				 "allows, and the kernel has turned "
				 "multicast_snooping off"));
	return error;
}

int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent)
{
	struct request req;
	struct mdb_spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot add \"%s\" of bridge \"%s\" to group "
			 "\"%s\""),
		      device, bridge, group);
	rc = mdb_spec_begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	/* The kernel keeps no permanent entry of the host in an IP group. */
	spec.change.is_permanent = permanent &&
				   (spec.change.port != spec.change.bridge ||
				    spec.group.family == ADDRESS_MAC);
	if (ctx->is_dry) {
		rc = mdb_check_up(ctx, &spec.bridge);
		if (rc == 0)
			rc = mdb_check_snooping(ctx, &spec.bridge);
		if (rc == 0 && spec.in_all)
			rc = mdb_check_has_vlan(ctx, &spec.change);
		return rc < 0 ? rc
			      : dry_run(ctx, bridge, &spec.change, spec.in_all,
					0);
	}
	if (spec.in_all)
		return explain_full(ctx, mdb_add_in_all(ctx, &spec.change));
	mdb_request_add(&req, &spec.change);
	return explain_full(ctx, talk(ctx, &req.head, NULL));
}

/* EINVAL may be about the bridge, the group, or a missing member. If the bridge
 * cannot be read, the kernel's error stays. */
static int explain(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_change *change)
{
	struct failure refusal = ctx->failure;
	struct link_info link;

	if (link_find_bridge(ctx, bridge, &link) == 0) {
		if (mdb_check_snooping(ctx, &link) < 0)
			return -EINVAL;
		if (mdb_is_there(ctx, bridge, change, false) == 0)
			return context_fail(ctx, -ENOENT, _("it is no member"));
		if (mdb_check_up(ctx, &link) < 0)
			return -EINVAL;
	}
	ctx->failure = refusal;
	return -EINVAL;
}

int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan)
{
	struct request req;
	struct mdb_spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot delete \"%s\" of bridge \"%s\" from group "
			 "\"%s\""),
		      device, bridge, group);
	rc = mdb_spec_begin(ctx, bridge, device, group, source, vlan, &spec);
	if (rc < 0)
		return rc;
	if (spec.in_all || ctx->is_dry)
		rc = mdb_check_snooping(ctx, &spec.bridge);
	if (rc < 0)
		return rc;
	if (ctx->is_dry) {
		rc = dry_run(ctx, bridge, &spec.change, spec.in_all, 1);
		return rc < 0 ? rc : mdb_check_up(ctx, &spec.bridge);
	}
	if (spec.in_all)
		return mdb_del_in_all(ctx, &spec.bridge, bridge, &spec.change);
	mdb_request_del(&req, &spec.change);
	rc = talk(ctx, &req.head, NULL);
	return rc == -EINVAL ? explain(ctx, bridge, &spec.change) : rc;
}
