/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends one frame through the bridge that a live trace will show. */

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

static int fail(struct vbr_live *live, int error, const char *why)
{
	context_begin(live->ctx,
		      N_("cannot send a frame through bridge \"%s\""),
		      live->bridge);
	return context_fail(live->ctx, error, why);
}

/* --- the device ----------------------------------------------------------- */

/* To make a frame come in at a port, the other end of its link sends it. */
static int find_device(struct vbr_live *live, int *ret_index)
{
	struct link_info info;
	int rc;

	*ret_index = live->bridge_index;
	if (!*live->port)
		return 0;
	rc = link_find(live->ctx, live->port, &info);
	if (rc < 0)
		return rc;
	if (!info.kind_name || strcmp(info.kind_name, "veth") != 0)
		return fail(live, -EOPNOTSUPP,
			    _("a frame can come in only where the other end of "
			      "the port is: send it there"));
	if (!info.parent)
		return fail(live, -EOPNOTSUPP,
			    _("the other end of the port is in another network "
			      "namespace: send it there"));
	*ret_index = info.parent;
	return 0;
}

/* --- the frame ------------------------------------------------------------ */

static bool is_zero(const uint8_t mac[6])
{
	static const uint8_t zero[6];

	return memcmp(mac, zero, sizeof(zero)) == 0;
}

/* An address of the range for documentation, or that of the host. */
static int choose_source(struct vbr_live *live)
{
	static const uint8_t documentation[] = { 2, 0, 0x5e, 0, 0x53, 1 };
	struct vbr_link *link;
	int rc;

	if (!is_zero(live->match.src))
		return 0;
	memcpy(live->match.src, documentation, sizeof(documentation));
	if (*live->port)
		return 0;
	rc = vbr_link_get(live->ctx, live->bridge, &link);
	if (rc < 0)
		return rc;
	memcpy(live->match.src, vbr_link_mac(link), 6);
	vbr_link_free(link);
	return 0;
}

static size_t put_number(uint8_t *bytes, unsigned int number)
{
	bytes[0] = (uint8_t)(number >> 8);
	bytes[1] = (uint8_t)number;
	return 2;
}

static size_t build(const struct vbr_live *live, uint8_t bytes[FRAME_SIZE])
{
	const struct nft_match *match = &live->match;
	size_t at = 12, len = live->len;

	memset(bytes, 0, FRAME_SIZE);
	memcpy(bytes, match->dst, 6);
	memcpy(bytes + 6, match->src, 6);
	if (match->vlan >= 0) {
		at += put_number(bytes + at, live->vlan_protocol);
		at += put_number(bytes + at, live->priority << 13 |
						     (unsigned int)match->vlan);
	}
	put_number(bytes + at, match->ethertype);
	if (len < FRAME_LEAST)
		len = FRAME_LEAST;
	return len + (match->vlan >= 0 ? 4 : 0);
}

static int send_bytes(struct vbr_live *live, int index, const uint8_t *bytes,
		      size_t len)
{
	const struct sockaddr_ll to = { .sll_family = AF_PACKET,
					.sll_ifindex = index,
					.sll_halen = 6 };
	const struct vbr_ctx *ctx = live->ctx;
	int rc = 0, fd = -EOPNOTSUPP;

	if (ctx->transport->open_socket)
		fd = ctx->transport->open_socket(ctx->transport_data, AF_PACKET,
						 SOCK_RAW, 0);
	if (fd < 0)
		return fail(live, fd, NULL);
	if (sendto(fd, bytes, len, 0, (const struct sockaddr *)&to,
		   sizeof(to)) < 0)
		rc = fail(live, -errno, NULL);
	close(fd);
	return rc;
}

/* --- the whole call ------------------------------------------------------- */

static int check(struct vbr_live *live)
{
	if (is_zero(live->match.dst))
		return fail(live, -EINVAL, _("the frame has no destination"));
	if (live->match.has_group)
		return fail(live, -EOPNOTSUPP,
			    _("a frame for a group needs a sender of the "
			      "group's packets"));
	if (live->len + 4 > FRAME_SIZE)
		return fail(live, -EMSGSIZE, NULL);
	return choose_source(live);
}

static int predict(struct vbr_live *live)
{
	struct vbr_frame frame = {
		.port = *live->port ? live->port : NULL,
		.vlan = live->match.vlan,
		.priority = live->priority,
		.vlan_protocol = live->vlan_protocol,
		.ethertype = live->match.ethertype,
		.len = live->len < FRAME_LEAST ? FRAME_LEAST : live->len,
	};

	memcpy(frame.src, live->match.src, 6);
	memcpy(frame.dst, live->match.dst, 6);
	vbr_trace_free(live->sent);
	live->sent = NULL;
	return vbr_trace_frame(live->ctx, live->bridge, &frame, &live->sent);
}

int vbr_live_send(struct vbr_live *live)
{
	uint8_t bytes[FRAME_SIZE];
	int index = 0, rc = check(live);

	if (!live->match.ethertype)
		live->match.ethertype = ETHERTYPE_LOCAL;
	if (rc == 0)
		rc = find_device(live, &index);
	if (rc == 0)
		rc = predict(live);
	if (rc < 0)
		return rc;
	return send_bytes(live, index, bytes, build(live, bytes));
}
