/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Traces: checks the frame, reads the snapshot, asks the model. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "trace/model.h"
#include "trace/read.h"
#include "trace/run.h"

static int refuse(struct vbr_ctx *ctx, const char *bridge, int error,
		  const char *why)
{
	context_begin(ctx, N_("cannot trace a frame through bridge \"%s\""),
		      bridge);
	return context_fail(ctx, error, why);
}

/* --- the frame ------------------------------------------------------------ */

static int check_group(struct vbr_ctx *ctx, const char *bridge,
		       const struct vbr_frame *frame, struct trace_run *run)
{
	if (!frame->group)
		return 0;
	if (address_parse(frame->group, &run->group) < 0 ||
	    run->group.family == ADDRESS_MAC ||
	    !address_is_multicast(&run->group))
		return refuse(ctx, bridge, -EINVAL,
			      _("the group is not an IPv4 or IPv6 multicast "
				"address"));
	run->has_group = true;
	run->type = run->group.family == ADDRESS_IPV4 ? ETHERTYPE_IPV4
						      : ETHERTYPE_IPV6;
	if (frame->ethertype && frame->ethertype != run->type)
		return refuse(ctx, bridge, -EINVAL,
			      _("the group is of another protocol than the "
				"frame"));
	return 0;
}

static int check_source(struct vbr_ctx *ctx, const char *bridge,
			const struct vbr_frame *frame, struct trace_run *run)
{
	if (!frame->source)
		return 0;
	if (address_parse(frame->source, &run->source) < 0 ||
	    run->source.family == ADDRESS_MAC ||
	    address_is_multicast(&run->source))
		return refuse(ctx, bridge, -EINVAL,
			      _("the source is not the IPv4 or IPv6 address of "
				"a host"));
	if (!run->has_group || run->source.family != run->group.family)
		return refuse(ctx, bridge, -EINVAL,
			      _("an IP source needs a group of the same "
				"protocol"));
	run->has_source = true;
	return 0;
}

/* The MAC address that IP sends a group's frames to. */
static void mac_of_group(struct trace_run *run)
{
	static const uint8_t mac4[3] = { 0x01, 0x00, 0x5e };
	const uint8_t *group = run->group.bytes;

	if (run->group.family == ADDRESS_IPV4) {
		memcpy(run->dst, mac4, sizeof(mac4));
		run->dst[3] = group[1] & 0x7f;
		memcpy(run->dst + 4, group + 2, 2);
	} else {
		run->dst[0] = run->dst[1] = 0x33;
		memcpy(run->dst + 2, group + 12, 4);
	}
}

static int check_addresses(struct vbr_ctx *ctx, const char *bridge,
			   const struct vbr_frame *frame, struct trace_run *run)
{
	memcpy(run->src, frame->src, 6);
	memcpy(run->dst, frame->dst, 6);
	if (mac_is_group(run->src))
		return refuse(ctx, bridge, -EINVAL,
			      _("the source is a multicast address, which no "
				"device sends from"));
	if (!mac_is_all(run->dst, 0)) {
		if (run->has_group && !mac_is_group(run->dst))
			run->has_group = false;
		return 0;
	}
	if (!run->has_group)
		return refuse(ctx, bridge, -EINVAL,
			      _("the frame has no destination"));
	mac_of_group(run);
	return 0;
}

static int check_tags(struct vbr_ctx *ctx, const char *bridge,
		      const struct vbr_frame *frame)
{
	if (frame->vlan < -1 || frame->vlan > 4094 || frame->inner_vlan > 4094)
		return refuse(ctx, bridge, -ERANGE,
			      _("VLAN ids range from 0 to 4094"));
	if (frame->priority > 7)
		return refuse(ctx, bridge, -ERANGE,
			      _("priorities range from 0 to 7"));
	if (frame->inner_vlan && frame->vlan < 0)
		return refuse(ctx, bridge, -EINVAL,
			      _("an inner tag needs an outer one"));
	return 0;
}

/* For the bridge, the inner tag is payload. */
static void take_tags(const struct vbr_frame *frame, struct trace_run *run)
{
	run->tag = frame->vlan;
	run->tag_protocol = frame->vlan_protocol ? frame->vlan_protocol
						 : VBR_VLAN_8021Q;
	run->inner = -1;
	if (!frame->inner_vlan)
		return;
	run->inner = (int)frame->inner_vlan;
	run->type = VBR_VLAN_8021Q;
	run->has_group = false;
	if (run->len)
		run->len += 4;
}

static int check_frame(struct vbr_ctx *ctx, const char *bridge,
		       const struct vbr_frame *frame, struct trace_run *run)
{
	int rc = check_tags(ctx, bridge, frame);

	run->type = frame->ethertype;
	run->len = frame->len;
	if (rc == 0)
		rc = check_group(ctx, bridge, frame, run);
	if (rc == 0)
		rc = check_source(ctx, bridge, frame, run);
	if (rc == 0)
		rc = check_addresses(ctx, bridge, frame, run);
	if (rc == 0)
		take_tags(frame, run);
	return rc;
}

/* --- the trace ------------------------------------------------------------ */

/* The errors of vbr_port_get() say why it is not a port of the bridge. */
static int find_port(struct vbr_ctx *ctx, const char *bridge, const char *name,
		     int *ret_index)
{
	struct vbr_port *port;
	int rc;

	if (!name)
		return 0;
	rc = vbr_port_get(ctx, bridge, name, &port);
	if (rc < 0)
		return rc;
	*ret_index = vbr_port_index(port);
	vbr_port_free(port);
	return 0;
}

static int make_trace(struct vbr_ctx *ctx, const char *bridge,
		      struct trace_run *run, struct vbr_trace **ret_trace)
{
	run->trace = calloc(1, sizeof(*run->trace));
	if (!run->trace)
		return refuse(ctx, bridge, -ENOMEM, NULL);
	trace_model(run);
	if (run->trace->is_short) {
		vbr_trace_free(run->trace);
		return refuse(ctx, bridge, -ENOMEM, NULL);
	}
	*ret_trace = run->trace;
	return 0;
}

int vbr_trace_frame(struct vbr_ctx *ctx, const char *bridge,
		    const struct vbr_frame *frame, struct vbr_trace **ret_trace)
{
	struct trace_snapshot snapshot;
	struct trace_run run = { .snapshot = &snapshot };
	struct trace_query query = { run.src, run.dst, .is_frame = true };
	int rc = check_frame(ctx, bridge, frame, &run);

	query.tag = run.tag;
	if (rc == 0)
		rc = find_port(ctx, bridge, frame->port, &query.in);
	if (rc < 0)
		return rc;
	rc = trace_snapshot_read(ctx, bridge, &query, &snapshot);
	if (rc == -ENOMEM)
		return refuse(ctx, bridge, rc, NULL);
	if (rc < 0)
		return rc;
	run.in = trace_port_of(&snapshot, query.in);
	if (query.in && !run.in)
		rc = refuse(ctx, bridge, -EAGAIN,
			    _("its ports changed meanwhile"));
	else
		rc = make_trace(ctx, bridge, &run, ret_trace);
	trace_snapshot_drop(&snapshot);
	return rc;
}
