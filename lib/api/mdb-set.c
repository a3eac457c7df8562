/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds members to multicast groups, and deletes them. */

#include "config.h"

#include <errno.h>
#include <string.h>

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
	return wanted ? context_fail(ctx, -ENOENT, _("it is not a member"))
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

static const char text_of_old[] = N_(
	"this kernel cannot set a filter mode, sources and a protocol; "
	"Linux 6.2 can");

/* Older kernels refuse the attributes, and cannot replace a member. */
static int explain_old(struct vbr_ctx *ctx, const struct mdb_change *change,
		       int error)
{
	const char *text = ctx->failure.kernel_text;

	if (error == -EEXIST && change->replaces)
		return context_fail_as(ctx, -EOPNOTSUPP,
				       _("this kernel cannot replace it; Linux "
					 "6.2 can"));
	if (error == -EINVAL && (change->senders || change->protocol) &&
	    strcmp(text, "Unknown attribute type") == 0)
		return context_fail_as(ctx, -EOPNOTSUPP, _(text_of_old));
	return error;
}

static int explain_add(struct vbr_ctx *ctx, const struct mdb_change *change,
		       int error)
{
	return explain_full(ctx, explain_old(ctx, change, error));
}

/* The kernel does not check it: it adds what is not there. */
static int check_replaced(struct vbr_ctx *ctx, const char *bridge,
			  const struct mdb_spec *spec)
{
	int rc = spec->change.replaces
			 ? mdb_is_there(ctx, bridge, &spec->change,
					spec->in_all)
			 : 1;

	return rc == 0 ? context_fail(ctx, -ENOENT, _("it is not a member"))
		       : rc;
}

static int dry_add(struct vbr_ctx *ctx, const char *bridge,
		   const struct mdb_spec *spec, bool is_vxlan)
{
	int rc = 0;

	if (!is_vxlan)
		rc = mdb_check_up(ctx, &spec->bridge);
	if (rc == 0 && !is_vxlan)
		rc = mdb_check_snooping(ctx, &spec->bridge);
	if (rc == 0 && spec->in_all)
		rc = mdb_check_has_vlan(ctx, &spec->change);
	return rc < 0 ? rc
		      : dry_run(ctx, bridge, &spec->change, spec->in_all,
				spec->change.replaces);
}

int vbr_mdb_add_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const char *group,
		     const struct vbr_new_group *with)
{
	struct request req;
	struct mdb_spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot add \"%s\" of bridge \"%s\" to group "
			 "\"%s\""),
		      device, bridge, group);
	rc = mdb_spec_begin(ctx, bridge, device, group, with, &spec);
	if (rc == 0)
		rc = mdb_spec_put_properties(ctx, with, &spec);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return dry_add(ctx, bridge, &spec, with->remote);
	rc = check_replaced(ctx, bridge, &spec);
	if (rc < 0)
		return rc;
	if (spec.in_all) {
		rc = with->replace
			     ? mdb_replace_in_all(ctx, bridge, &spec.change)
			     : mdb_add_in_all(ctx, &spec.change);
		return explain_add(ctx, &spec.change, rc);
	}
	mdb_request_add(&req, &spec.change);
	return explain_add(ctx, &spec.change, talk(ctx, &req.head, NULL));
}

int vbr_mdb_add(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan,
		bool permanent)
{
	const struct vbr_new_group with = {
		.source = source,
		.vlan = vlan,
		.temporary = !permanent,
	};

	return vbr_mdb_add_with(ctx, bridge, device, group, &with);
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
			return context_fail(ctx, -ENOENT,
					    _("it is not a member"));
		if (mdb_check_up(ctx, &link) < 0)
			return -EINVAL;
	}
	ctx->failure = refusal;
	return -EINVAL;
}

/* Returns 0 if the bridge snoops, and a VXLAN device always does. */
static int check_del(struct vbr_ctx *ctx, const struct mdb_spec *spec,
		     bool is_vxlan)
{
	return !is_vxlan && (spec->in_all || ctx->is_dry)
		       ? mdb_check_snooping(ctx, &spec->bridge)
		       : 0;
}

int vbr_mdb_del_with(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, const char *group,
		     const struct vbr_new_group *with)
{
	struct request req;
	struct mdb_spec spec = { 0 };
	int rc;

	context_begin(ctx,
		      N_("cannot delete \"%s\" of bridge \"%s\" from group "
			 "\"%s\""),
		      device, bridge, group);
	rc = mdb_spec_begin(ctx, bridge, device, group, with, &spec);
	if (rc == 0)
		rc = check_del(ctx, &spec, with->remote);
	if (rc < 0)
		return rc;
	if (ctx->is_dry) {
		rc = dry_run(ctx, bridge, &spec.change, spec.in_all, 1);
		return rc < 0 || with->remote ? rc
					      : mdb_check_up(ctx, &spec.bridge);
	}
	if (spec.in_all)
		return mdb_del_in_all(ctx, &spec.bridge, bridge, &spec.change);
	/* A VXLAN device has only permanent members. */
	spec.change.is_permanent = with->remote;
	mdb_request_del(&req, &spec.change);
	rc = talk(ctx, &req.head, NULL);
	if (rc == -ENOENT)
		return context_fail_as(ctx, rc, _("it is not a member"));
	return rc == -EINVAL && !with->remote
		       ? explain(ctx, bridge, &spec.change)
		       : rc;
}

int vbr_mdb_del(struct vbr_ctx *ctx, const char *bridge, const char *device,
		const char *group, const char *source, unsigned int vlan)
{
	const struct vbr_new_group with = { .source = source, .vlan = vlan };

	return vbr_mdb_del_with(ctx, bridge, device, group, &with);
}
