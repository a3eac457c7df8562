/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Maps the VLANs of ports to tunnel ids, and ends that. */

#include "config.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/vids.h"
#include "filter-change.h"

struct tunnels {
	uint16_t type;
	uint32_t first;
};

static bool build_tunnels(struct nlmsghdr *msg, size_t size,
			  const struct filter_change *change, void *data)
{
	const struct tunnels *tunnels = data;

	return filter_put_tunnels(msg, size, tunnels->type, change,
				  tunnels->first);
}

/* A row of ids has a row of tunnels. */
static int map_again(const struct work *work, const struct vbr_filter *before)
{
	const struct vbr_option *option = option_find(SCOPE_PORT_VLAN,
						      "tunnel_id");
	struct tunnels tunnels = { .type = RTM_SETLINK };
	struct filter_change change = work->change;
	struct vbr_vids vids = { 0 };
	uint64_t id;
	int first;

	first = work_part(work, before, &vids);
	if (first < 0 || option_get(before->options, option, &id) < 0)
		return 0;
	change.vids = &vids;
	tunnels.first = (uint32_t)id + (uint32_t)(first - before->first);
	return work_send(work->ctx, &change, build_tunnels, &tunnels);
}

static int undo_tunnels(const struct work *work, int error)
{
	struct failure refusal = work->ctx->failure;
	struct tunnels none = { .type = RTM_DELLINK };
	int rc = 0;

	/* Those that were never mapped say so. */
	work_send(work->ctx, &work->change, build_tunnels, &none);
	for (size_t i = 0; i < work->before.count; i++) {
		int again = map_again(work, &work->before.rows[i]);

		rc = rc < 0 ? rc : again;
	}
	return work_undone(work, &refusal, error, rc);
}

int tunnel_refuse_bridge(struct vbr_ctx *ctx)
{
	return context_fail(ctx, -EINVAL,
			    _("a bridge itself has no tunnels"));
}

/* The kernel refuses without a word what the port is not set up for. */
static void explain(struct vbr_ctx *ctx, const char *bridge, const char *name)
{
	struct failure refusal = ctx->failure;
	struct asked asked = ctx->asked;
	struct vbr_port *port;
	uint64_t on = 1;

	if (vbr_port_get(ctx, bridge, name, &port) == 0) {
		vbr_port_value(port, "vlan_tunnel", &on);
		vbr_port_free(port);
	}
	ctx->failure = refusal;
	ctx->asked = asked;
	if (!on)
		context_append(ctx, "%s",
			       _("; the port's option vlan_tunnel is off"));
}

static int change_tunnels(struct vbr_ctx *ctx, const char *bridge,
			  const char *port, const struct vbr_vids *vids,
			  struct tunnels *tunnels)
{
	struct work work;
	int rc = work_begin(&work, ctx, bridge, port, vids);

	if (rc == 0 && work.change.is_bridge)
		rc = tunnel_refuse_bridge(ctx);
	if (rc == 0)
		rc = work_read(&work, SCOPE_PORT_VLAN);
	if (rc < 0)
		return rc;
	rc = work_send(ctx, &work.change, build_tunnels, tunnels);
	if (rc < 0 && work_is_several(&work))
		rc = undo_tunnels(&work, rc);
	if (rc == -EINVAL)
		explain(ctx, bridge, port);
	filter_list_clear(&work.before);
	return rc;
}

int vbr_filter_map_tunnels(struct vbr_ctx *ctx, const char *bridge,
			   const char *port, const struct vbr_vids *vids,
			   uint32_t first)
{
	struct tunnels tunnels = { RTM_SETLINK, first };

	context_ask(ctx, N_("cannot map VLANs of \"%s\" of bridge \"%s\" to "
			    "tunnels"), port, bridge);
	return change_tunnels(ctx, bridge, port, vids, &tunnels);
}

int vbr_filter_unmap_tunnels(struct vbr_ctx *ctx, const char *bridge,
			     const char *port, const struct vbr_vids *vids)
{
	struct tunnels tunnels = { RTM_DELLINK, 0 };

	context_ask(ctx, N_("cannot take VLANs of \"%s\" of bridge \"%s\" off "
			    "their tunnels"), port, bridge);
	return change_tunnels(ctx, bridge, port, vids, &tunnels);
}
