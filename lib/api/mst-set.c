/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets the states of ports in multiple spanning trees (MST). */

#include "config.h"

#include <errno.h>

#include "base/vids.h"
#include "core/context.h"
#include "core/option-value.h"
#include "core/port.h"
#include "core/talk.h"
#include "wire/mst-request.h"
#include "wire/port-vlan.h"

/* BR_STATE_BLOCKING */
#define STATE_MAX 4

static int check_range(struct vbr_ctx *ctx, unsigned int instance,
		       unsigned int state)
{
	if (instance < 1 || instance > VID_MAX)
		return context_fail(ctx, -ERANGE,
				    _("MST instances range from 1 to 4094; the "
				      "state in instance 0 is the port's "
				      "option state"));
	return state > STATE_MAX ? context_fail(ctx, -ERANGE,
						_("states range from 0 to 4"))
				 : 0;
}

static int check_bridge(struct vbr_ctx *ctx, const char *bridge)
{
	struct link_info link;
	uint64_t is_on = 0;
	int rc = link_find_bridge(ctx, bridge, &link);

	if (rc < 0)
		return rc;
	rc = option_value(link_options(&link, VBR_SCOPE_BRIDGE),
			  VBR_SCOPE_BRIDGE, "mst_enabled", &is_on);
	if (rc < 0)
		return context_fail(ctx, -EOPNOTSUPP,
				    _("this kernel has no MST; Linux 5.18 "
				      "has"));
	return is_on ? 0
		     : context_fail(ctx, -EBUSY, _("its mst_enabled is off"));
}

/*
 * If no VLAN of the port is in the instance, the kernel accepts any state and
 * does nothing.
 */
static int check_instance(struct vbr_ctx *ctx, const char *bridge, int port,
			  unsigned int instance)
{
	struct operation operation = ctx->operation;
	const struct vbr_mst *mst;
	struct vbr_msts *msts;
	bool is_there = false;
	int rc = vbr_mst_list(ctx, bridge, &msts);

	ctx->operation = operation;
	if (rc < 0)
		return rc;
	for (size_t i = 0; (mst = vbr_msts_at(msts, i)); i++)
		is_there |= mst->device == port && mst->msti == instance;
	vbr_msts_free(msts);
	return is_there ? 0
			: context_fail(ctx, -ENOENT,
				       _("no VLAN of the port is in this MST "
					 "instance"));
}

int vbr_mst_set(struct vbr_ctx *ctx, const char *bridge, const char *port,
		unsigned int instance, unsigned int state)
{
	struct vbr_mst mst = { .msti = (uint16_t)instance,
			       .state = (uint8_t)state };
	struct link_info link;
	struct request req;
	int rc;

	context_begin(ctx,
		      N_("cannot set the MST state of \"%s\" of bridge \"%s\""),
		      port, bridge);
	rc = check_range(ctx, instance, state);
	if (rc == 0)
		rc = port_find(ctx, bridge, port, &link);
	if (rc < 0)
		return rc;
	mst.device = link.index;
	rc = check_bridge(ctx, bridge);
	if (rc == 0)
		rc = check_instance(ctx, bridge, mst.device, instance);
	if (rc < 0 || ctx->is_dry)
		return rc;
	mst_request_set(&req, &mst);
	return talk(ctx, &req.head, NULL);
}
