/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Adds bridges with all their settings, and deletes bridges. A new bridge is
 * down and has no ports: until it is set up at the end, it does nothing.
 */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "api/link-set.h"
#include "core/context.h"
#include "core/dry-run.h"
#include "core/ioctl.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/set-options.h"
#include "core/setting.h"
#include "core/talk.h"

#define LINK_BITS (VBR_LINK_UP | VBR_LINK_MTU | VBR_LINK_MAC)

/* The state of one call of vbr_bridge_add_with(). */
struct addition {
	struct vbr_ctx *ctx;
	const char *name;
	const struct vbr_new_bridge *with;
	struct option_value values[SET_MAX];
	struct link_change change;
	int index; /* of the bridge; 0: it was not created */
};

static int check_name(struct vbr_ctx *ctx, const char *name)
{
	int rc = link_check_new_name(ctx, name);

	/* The kernel would turn "br%d" into "br0" without reporting it. */
	if (rc == 0 && strchr(name, '%'))
		rc = context_fail(ctx, -EINVAL,
				  _("the name of a bridge with options has "
				    "no percent sign"));
	return rc;
}

static int check(struct addition *addition)
{
	const struct vbr_new_bridge *with = addition->with;
	struct vbr_ctx *ctx = addition->ctx;
	int rc = check_name(ctx, addition->name);

	if (rc == 0 && with->link.what & ~(unsigned int)LINK_BITS)
		rc = context_fail(ctx, -EINVAL, NULL);
	if (rc == 0 && with->count)
		rc = set_resolve(ctx, VBR_SCOPE_BRIDGE, with->settings,
				 with->count, addition->values);
	if (rc == 0 && addition->change.has_mac)
		rc = link_check_mac(ctx, addition->change.mac);
	return rc;
}

/* The kernel ignores attributes that it does not know. */
static int check_known(const struct addition *addition,
		       const struct link_info *link)
{
	uint64_t value;

	for (size_t i = 0; i < addition->with->count; i++) {
		const struct option_value *wanted = &addition->values[i];
		unsigned int access = wanted->option->access;

		if (!(access & OPTION_READ) || access & OPTION_EVERYWHERE ||
		    (access & OPTION_SPARSE && !wanted->value))
			continue;
		if (option_get(link->options, wanted->option, &value) ==
		    -ENODATA)
			return set_refuse_unknown(addition->ctx,
						  wanted->option);
	}
	return 0;
}

/* The options and the address are there when the bridge appears. */
static int make_at_once(struct addition *addition)
{
	const struct link_change *change = &addition->change;
	struct vbr_ctx *ctx = addition->ctx;
	struct link_info link;
	struct request req;
	size_t bad = 0;
	int rc = request_bridge_new(&req, addition->name,
				    change->has_mac ? change->mac : NULL,
				    addition->values, addition->with->count,
				    &bad);

	if (rc < 0)
		return set_refuse(ctx, rc, &addition->values[bad]);
	rc = talk(ctx, &req.head, NULL);
	if (rc < 0)
		return rc;
	rc = link_find_bridge(ctx, addition->name, &link);
	if (rc < 0)
		return rc;
	addition->index = link.index;
	addition->change.has_mac = false;
	return check_known(addition, &link);
}

/*
 * Finds the refused option, and sets options that the kernel accepts only for
 * an existing bridge.
 */
static int make_in_steps(struct addition *addition)
{
	const struct target target = { VBR_SCOPE_BRIDGE, addition->name, NULL };
	const struct vbr_new_bridge *with = addition->with;
	struct vbr_ctx *ctx = addition->ctx;
	int rc = ioctl_bridge_add(ctx, addition->name);

	if (rc == -EINVAL)
		return context_fail_as(ctx, rc, link_name_rule());
	if (rc == 0)
		rc = ioctl_index(ctx, addition->name, &addition->index);
	if (rc == 0 && with->count)
		rc = set_options(ctx, &target, with->settings, with->count);
	return rc;
}

/* Whether the kernel may have refused an option, or has no bridges. */
static bool is_worth_steps(const struct addition *addition, int error)
{
	return error < 0 && !addition->index &&
	       addition->ctx->failure.kernel_errno && error != -EEXIST &&
	       error != -EPERM;
}

/*
 * The MTU is not in the first request: the kernel would not treat it as set by
 * a user, and would change it with the first port.
 */
static int finish(const struct addition *addition)
{
	const struct link_change *change = &addition->change;
	struct request req;

	if (!change->has_up && !change->has_mtu && !change->has_mac)
		return 0;
	request_link_set(&req, addition->index, change);
	return talk(addition->ctx, &req.head, NULL);
}

static int delete (struct vbr_ctx *ctx, int index)
{
	struct request req;

	request_link_del(&req, index);
	return talk(ctx, &req.head, NULL);
}

static void undo(const struct addition *addition)
{
	struct vbr_ctx *ctx = addition->ctx;
	struct failure refusal = ctx->failure;
	int rc = delete (ctx, addition->index);

	context_restore(ctx, &refusal);
	if (rc < 0 && rc != -ENODEV)
		context_append(ctx, "%s",
			       _("; the bridge was made, and could not be "
				 "deleted"));
}

static int make(struct addition *addition)
{
	int rc = make_at_once(addition);

	if (is_worth_steps(addition, rc))
		rc = make_in_steps(addition);
	if (rc == 0)
		rc = finish(addition);
	if (rc < 0 && addition->index)
		undo(addition);
	return rc;
}

int vbr_bridge_add_with(struct vbr_ctx *ctx, const char *bridge,
			const struct vbr_new_bridge *with)
{
	struct addition addition;
	int rc;

	context_begin(ctx, N_("cannot add bridge \"%s\""), bridge);
	addition.ctx = ctx;
	addition.name = bridge;
	addition.with = with;
	addition.change = link_change_of(&with->link);
	addition.index = 0;
	rc = check(&addition);
	if (rc < 0)
		return rc;
	if (!ctx->is_dry)
		return make(&addition);
	rc = dry_run_bridge_add(ctx, bridge);
	return rc < 0 ? rc : set_dry_run(ctx, addition.values, with->count);
}

/* --- delete --------------------------------------------------------------- */

#define DEL_BITS (VBR_BRIDGE_DEL_UP | VBR_BRIDGE_DEL_IF_EMPTY)

static int check_empty(struct vbr_ctx *ctx, int bridge)
{
	struct link_list *list;
	struct request req;
	size_t count;
	int rc;

	request_ports(&req, bridge);
	rc = link_list_new(ctx, &req, VBR_SCOPE_PORT, bridge, &list);
	if (rc < 0)
		return rc;
	count = list->count;
	link_list_free(list);
	return count ? context_fail(ctx, -ENOTEMPTY, _("it has ports")) : 0;
}

int vbr_bridge_del_with(struct vbr_ctx *ctx, const char *bridge,
			unsigned int flags)
{
	struct link_info link;
	int index, rc;

	context_begin(ctx, N_("cannot delete bridge \"%s\""), bridge);
	if (flags & ~(unsigned int)DEL_BITS)
		return context_fail(ctx, -EINVAL, _("there is no such flag"));
	if (!flags)
		return vbr_bridge_del(ctx, bridge);
	rc = link_find(ctx, bridge, &link);
	if (rc < 0)
		return rc;
	if (link.kind != LINK_BRIDGE)
		return context_fail(ctx, -EPERM, _("it is not a bridge"));
	index = link.index;
	if (flags & VBR_BRIDGE_DEL_IF_EMPTY)
		rc = check_empty(ctx, index);
	if (rc < 0)
		return rc;
	return flags & VBR_BRIDGE_DEL_UP ? delete (ctx, index)
					 : vbr_bridge_del(ctx, bridge);
}
