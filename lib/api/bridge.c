/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Bridges: adds, deletes, changes and reads them. */

#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>

#include "api/option.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/link-name.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/dry-run.h"
#include "core/set-options.h"

int vbr_bridge_add(struct vbr_ctx *ctx, const char *bridge)
{
	int rc;

	context_begin(ctx, N_("cannot add bridge \"%s\""), bridge);
	rc = link_check_new_name(ctx, bridge);
	if (rc < 0)
		return rc;
	if (ctx->is_dry)
		return dry_run_bridge_add(ctx, bridge);
	rc = ioctl_bridge_add(ctx, bridge);
	return rc == -EINVAL ? context_fail_as(ctx, rc, link_name_rule()) : rc;
}

int vbr_bridge_del(struct vbr_ctx *ctx, const char *bridge)
{
	int rc;

	context_begin(ctx, N_("cannot delete bridge \"%s\""), bridge);
	if (ctx->is_dry)
		return dry_run_bridge_del(ctx, bridge);
	rc = ioctl_bridge_del(ctx, bridge);
	/* SIOCBRDELBR reports a missing device as ENXIO. */
	if (rc == -ENXIO)
		return context_fail_as(ctx, -ENODEV, NULL);
	if (rc != -EPERM)
		return rc;
	/* EPERM: CAP_NET_ADMIN is missing, or the device is not a bridge. */
	if (link_check_bridge(ctx, bridge) == -EOPNOTSUPP)
		return context_fail(ctx, rc, _("it is not a bridge"));
	return rc;
}

static int set(struct vbr_ctx *ctx, const char *bridge,
	       const struct vbr_setting *settings, size_t count)
{
	struct target target = { VBR_SCOPE_BRIDGE, bridge, NULL };
	char room[NAME_SIZE];
	int rc = link_shorten(ctx, &target.name, room);

	return rc < 0 ? rc : set_options(ctx, &target, settings, count);
}

int vbr_bridge_set(struct vbr_ctx *ctx, const char *bridge, const char *option,
		   uint64_t value)
{
	const struct vbr_setting setting = { option, value };

	context_begin(ctx, N_("cannot set %s of bridge \"%s\""), option,
		      bridge);
	return set(ctx, bridge, &setting, 1);
}

int vbr_bridge_set_text(struct vbr_ctx *ctx, const char *bridge,
			const char *option, const char *text)
{
	uint64_t value;
	int rc = option_parse_named(ctx, VBR_SCOPE_BRIDGE, option, text,
				    &value);

	return rc < 0 ? rc : vbr_bridge_set(ctx, bridge, option, value);
}

int vbr_bridge_set_all(struct vbr_ctx *ctx, const char *bridge,
		       const struct vbr_setting *settings, size_t count)
{
	if (count == 1)
		return vbr_bridge_set(ctx, bridge, settings->option,
				      settings->value);
	context_begin(ctx, N_("cannot set options of bridge \"%s\""), bridge);
	return set(ctx, bridge, settings, count);
}

int vbr_bridge_get(struct vbr_ctx *ctx, const char *bridge,
		   struct vbr_bridge **ret_bridge)
{
	struct link_copy *copy;
	struct link_info link;
	int rc;

	context_begin(ctx, N_("cannot read bridge \"%s\""), bridge);
	rc = link_find_bridge(ctx, bridge, &link);
	if (rc < 0)
		return rc;
	rc = link_keep(ctx, &link, VBR_SCOPE_BRIDGE, &copy);
	if (rc == 0)
		*ret_bridge = (struct vbr_bridge *)copy;
	return rc;
}

int vbr_bridge_list(struct vbr_ctx *ctx, struct vbr_bridges **ret_bridges)
{
	struct link_list *list;
	struct request req;
	int rc;

	context_begin(ctx, N_("cannot list the bridges"));
	request_links_of_kind(&req, "bridge");
	rc = link_list_new(ctx, &req, VBR_SCOPE_BRIDGE, 0, &list);
	if (rc == 0)
		*ret_bridges = (struct vbr_bridges *)list;
	return rc;
}

size_t vbr_bridges_count(const struct vbr_bridges *bridges)
{
	return ((const struct link_list *)bridges)->count;
}

const struct vbr_bridge *vbr_bridges_at(const struct vbr_bridges *bridges,
					size_t i)
{
	return (const struct vbr_bridge *)
		link_list_at((const struct link_list *)bridges, i);
}

void vbr_bridges_free(struct vbr_bridges *bridges)
{
	link_list_free((struct link_list *)bridges);
}

int vbr_bridge_dup(const struct vbr_bridge *bridge,
		   struct vbr_bridge **ret_bridge)
{
	struct link_copy *copy;
	int rc = link_dup(&bridge->link, &copy);

	if (rc == 0)
		*ret_bridge = (struct vbr_bridge *)copy;
	return rc;
}

void vbr_bridge_free(struct vbr_bridge *bridge)
{
	free(bridge);
}

const char *vbr_bridge_name(const struct vbr_bridge *bridge)
{
	return bridge->link.name;
}

int vbr_bridge_index(const struct vbr_bridge *bridge)
{
	return bridge->link.index;
}

bool vbr_bridge_is_up(const struct vbr_bridge *bridge)
{
	return bridge->link.flags & IFF_UP;
}

int vbr_bridge_value(const struct vbr_bridge *bridge, const char *option,
		     uint64_t *ret_value)
{
	return option_value(bridge->link.options, VBR_SCOPE_BRIDGE, option,
			    ret_value);
}

int vbr_bridge_text(struct vbr_ctx *ctx, const struct vbr_bridge *bridge,
		    const char *option, char *ret_text, size_t size)
{
	return option_value_text(ctx, bridge->link.options, VBR_SCOPE_BRIDGE,
				 option, ret_text, size);
}
