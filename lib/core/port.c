/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds ports by bridge and name. */

#include "config.h"

#include "core/port.h"

#include <errno.h>
#include <string.h>

#include "core/context.h"
#include "core/ioctl.h"
#include "core/option-value.h"

/* An error about the bridge: -ENXIO, because -ENODEV is about the port. */
int port_explain_bridge(struct vbr_ctx *ctx, const char *bridge, int error)
{
	int index;

	/* A kernel without bridges returns ENOPKG before it looks for the
	 * device. */
	if (error == -ENOPKG && ioctl_index(ctx, bridge, &index) == 0)
		return context_fail_as(ctx, -EOPNOTSUPP,
				       _("it is not a bridge"));
	if (error == -ENOPKG || error == -ENODEV)
		return context_fail_as(ctx, -ENXIO, _("no such bridge"));
	return error;
}

static int find(struct vbr_ctx *ctx, const char *bridge, const char *port,
		bool or_bridge, struct link_info *ret_info)
{
	struct link_info link, other;
	int index, rc;

	rc = link_find(ctx, port, &link);
	if (rc < 0)
		return rc;
	rc = ioctl_index(ctx, bridge, &index);
	if (rc < 0)
		return port_explain_bridge(ctx, bridge, rc);
	/* The search for a long name of the bridge used the buffer. */
	if (name_is_long(bridge))
		rc = link_find(ctx, port, &link);
	if (rc < 0)
		return rc;
	if (or_bridge && link.kind == LINK_BRIDGE && link.index == index) {
		*ret_info = link;
		return 0;
	}
	if (!link.is_port) {
		rc = link_find_bridge(ctx, bridge, &other);
		if (rc < 0)
			return port_explain_bridge(ctx, bridge, rc);
		return context_fail(ctx, -ENODATA, _("it is not a port"));
	}
	if (link.master != index)
		return context_fail(ctx, -EXDEV,
				    _("it is a port of another bridge"));
	*ret_info = link;
	return 0;
}

int port_find(struct vbr_ctx *ctx, const char *bridge, const char *port,
	      struct link_info *ret_info)
{
	return find(ctx, bridge, port, false, ret_info);
}

int port_find_member(struct vbr_ctx *ctx, const char *bridge,
		     const char *device, struct link_info *ret_info)
{
	if (strcmp(bridge, device) == 0)
		return link_find_bridge(ctx, bridge, ret_info);
	return find(ctx, bridge, device, true, ret_info);
}

int port_get_value(struct vbr_ctx *ctx, const char *bridge, const char *port,
		   const char *option, uint64_t *ret_value)
{
	struct link_info link;
	int rc = port_find(ctx, bridge, port, &link);

	return rc < 0 ? rc
		      : option_value(link_options(&link, VBR_SCOPE_PORT),
				     VBR_SCOPE_PORT, option, ret_value);
}
