/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Predicts what the kernel would refuse. */

#include "config.h"

#include "core/dry-run.h"

#include <errno.h>
#include <net/if.h>

#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"

int dry_run_bridge_add(struct vbr_ctx *ctx, const char *bridge)
{
	int index;

	return ioctl_index(ctx, bridge, &index) == 0
		       ? context_fail(ctx, -EEXIST, NULL)
		       : 0;
}

int dry_run_bridge_del(struct vbr_ctx *ctx, const char *bridge)
{
	struct link_info link;
	int rc = link_find(ctx, bridge, &link);

	if (rc < 0)
		return rc;
	if (link.kind != LINK_BRIDGE)
		return context_fail(ctx, -EPERM, _("it is not a bridge"));
	return link.flags & IFF_UP ? context_fail(ctx, -EBUSY, NULL) : 0;
}

/* Checks the port first, as the ioctls do. */
static int find_both(struct vbr_ctx *ctx, const char *bridge, const char *port,
		     struct link_info *ret_bridge, struct link_info *ret_port)
{
	int rc = link_find(ctx, port, ret_port);

	if (rc < 0)
		return rc;
	rc = link_find_bridge(ctx, bridge, ret_bridge);
	return rc == -ENODEV ? context_fail(ctx, -ENXIO, _("no such bridge"))
			     : rc;
}

int dry_run_port_add(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	struct link_info link, other;
	int rc = find_both(ctx, bridge, port, &other, &link);

	if (rc < 0)
		return rc;
	if (link.kind == LINK_BRIDGE)
		return context_fail(ctx, -ELOOP, NULL);
	if (link.flags & IFF_LOOPBACK)
		return context_fail(ctx, -EINVAL, NULL);
	return link.master ? context_fail(ctx, -EBUSY, NULL) : 0;
}

int dry_run_port_del(struct vbr_ctx *ctx, const char *bridge, const char *port)
{
	struct link_info link, other;
	int rc = find_both(ctx, bridge, port, &other, &link);

	if (rc < 0)
		return rc;
	return link.master == other.index ? 0
					  : context_fail(ctx, -EINVAL, NULL);
}

int dry_run_vlan(struct vbr_ctx *ctx, const char *vlan)
{
	struct link_info link;
	int rc = link_find(ctx, vlan, &link);

	if (rc == 0 && link.kind != LINK_VLAN)
		rc = context_fail(ctx, -EINVAL, _("it is not a VLAN device"));
	return rc;
}
