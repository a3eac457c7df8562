/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends one frame through a bridge, and predicts its way. */

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/context.h"
#include "core/link.h"
#include "live/live.h"

#define FRAME_SIZE 2048
#define FRAME_LEAST 60
/* For local experiments. */
#define ETHERTYPE_LOCAL 0x88b5

struct sending {
	struct vbr_ctx *ctx;
	const char *bridge;
	struct vbr_frame frame;
};

static int fail(const struct sending *sending, int error, const char *why)
{
	context_begin(sending->ctx,
		      N_("cannot send a frame through bridge \"%s\""),
		      sending->bridge);
	return context_fail(sending->ctx, error, why);
}

/* --- the device ----------------------------------------------------------- */

/* To make a frame come in at a port, the other end of its link sends it. */
static int find_far_end(const struct sending *sending, int *ret_index)
{
	struct link_info info;
	int rc = link_find(sending->ctx, sending->frame.port, &info);

	if (rc < 0)
		return rc;
	if (!info.kind_name || strcmp(info.kind_name, "veth") != 0)
		return fail(sending, -EOPNOTSUPP,
			    _("a frame can come in only where the other end of "
			      "the port is: send it there"));
	if (!info.parent)
		return fail(sending, -EOPNOTSUPP,
			    _("the other end of the port is in another network "
			      "namespace: send it there"));
	*ret_index = info.parent;
	return 0;
}

static int find_device(const struct sending *sending, int *ret_index)
{
	return sending->frame.port
		       ? find_far_end(sending, ret_index)
		       : vbr_link_resolve(sending->ctx, sending->bridge,
					  ret_index, NULL);
}

/* --- the frame ------------------------------------------------------------ */

static bool is_zero(const uint8_t mac[6])
{
	static const uint8_t zero[6];

	return memcmp(mac, zero, sizeof(zero)) == 0;
}

/* An address of the range for documentation, or that of the host. */
static int choose_source(struct sending *sending)
{
	static const uint8_t documentation[] = { 2, 0, 0x5e, 0, 0x53, 1 };
	struct vbr_frame *frame = &sending->frame;
	struct vbr_link *link;
	int rc;

	if (!is_zero(frame->src))
		return 0;
	memcpy(frame->src, documentation, sizeof(documentation));
	if (frame->port)
		return 0;
	rc = vbr_link_get(sending->ctx, sending->bridge, &link);
	if (rc < 0)
		return rc;
	memcpy(frame->src, vbr_link_mac(link), 6);
	vbr_link_free(link);
	return 0;
}

static int complete(struct sending *sending)
{
	struct vbr_frame *frame = &sending->frame;

	if (is_zero(frame->dst))
		return fail(sending, -EINVAL,
			    _("the frame has no destination"));
	if (frame->group)
		return fail(sending, -EOPNOTSUPP,
			    _("a frame for a group needs a sender of the "
			      "group's packets"));
	if (frame->len + 4 > FRAME_SIZE)
		return fail(sending, -EMSGSIZE, NULL);
	if (!frame->vlan_protocol)
		frame->vlan_protocol = VBR_VLAN_8021Q;
	if (!frame->ethertype)
		frame->ethertype = ETHERTYPE_LOCAL;
	if (frame->len < FRAME_LEAST)
		frame->len = FRAME_LEAST;
	frame->inner_vlan = 0;
	return choose_source(sending);
}

/* --- bytes ---------------------------------------------------------------- */

static size_t put_number(uint8_t *bytes, unsigned int number)
{
	bytes[0] = (uint8_t)(number >> 8);
	bytes[1] = (uint8_t)number;
	return 2;
}

static size_t build(const struct vbr_frame *frame, uint8_t bytes[FRAME_SIZE])
{
	size_t at = 12;

	memset(bytes, 0, FRAME_SIZE);
	memcpy(bytes, frame->dst, 6);
	memcpy(bytes + 6, frame->src, 6);
	if (frame->vlan >= 0) {
		at += put_number(bytes + at, frame->vlan_protocol);
		at += put_number(bytes + at, frame->priority << 13 |
						     (unsigned int)frame->vlan);
	}
	put_number(bytes + at, frame->ethertype);
	return frame->len + (frame->vlan >= 0 ? 4 : 0);
}

static int send_bytes(const struct sending *sending, int index)
{
	const struct sockaddr_ll to = { .sll_family = AF_PACKET,
					.sll_ifindex = index,
					.sll_halen = 6 };
	const struct vbr_ctx *ctx = sending->ctx;
	uint8_t bytes[FRAME_SIZE];
	size_t len = build(&sending->frame, bytes);
	int rc = 0, fd = -EOPNOTSUPP;

	if (ctx->transport->open_socket)
		fd = ctx->transport->open_socket(ctx->transport_data, AF_PACKET,
						 SOCK_RAW, 0);
	if (fd < 0)
		return fail(sending, fd, NULL);
	if (sendto(fd, bytes, len, 0, (const struct sockaddr *)&to,
		   sizeof(to)) < 0)
		rc = fail(sending, -errno, NULL);
	close(fd);
	return rc;
}

/* --- the whole call ------------------------------------------------------- */

static int send_frame(struct sending *sending, struct vbr_trace **ret_trace)
{
	struct vbr_trace *trace;
	int index = 0, rc = complete(sending);

	if (rc == 0)
		rc = find_device(sending, &index);
	if (rc == 0)
		rc = vbr_trace_frame(sending->ctx, sending->bridge,
				     &sending->frame, &trace);
	if (rc < 0)
		return rc;
	rc = send_bytes(sending, index);
	if (rc < 0)
		vbr_trace_free(trace);
	else
		*ret_trace = trace;
	return rc;
}

int vbr_frame_send(struct vbr_ctx *ctx, const char *bridge,
		   const struct vbr_frame *frame, struct vbr_trace **ret_trace)
{
	struct sending sending = { ctx, bridge, *frame };

	return send_frame(&sending, ret_trace);
}

int vbr_live_send(struct vbr_live *live)
{
	struct nft_match *match = &live->match;
	struct sending sending = {
		.ctx = live->ctx,
		.bridge = live->bridge,
		.frame = {
			.port = *live->port ? live->port : NULL,
			.vlan = match->vlan,
			.priority = live->priority,
			.vlan_protocol = live->vlan_protocol,
			.ethertype = match->ethertype,
			.group = match->has_group ? "" : NULL,
			.len = live->len,
		},
	};
	struct vbr_trace *trace;
	int rc;

	memcpy(sending.frame.src, match->src, 6);
	memcpy(sending.frame.dst, match->dst, 6);
	rc = send_frame(&sending, &trace);
	if (rc < 0)
		return rc;
	memcpy(match->src, sending.frame.src, 6);
	match->ethertype = sending.frame.ethertype;
	vbr_trace_free(live->sent);
	live->sent = trace;
	return 0;
}
