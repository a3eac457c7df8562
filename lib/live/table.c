/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes the tables of nf_tables that mark frames and show where they pass. The
 * kernel deletes them with the socket, also if the process is killed. */

#include "config.h"

#include "live/table.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter_bridge.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/context.h"
#include "core/netfilter.h"
#include "core/talk.h"
#include "live/live.h"
#include "wire/kernel.h"
#include "wire/message.h"
#include "wire/nft.h"
#include "wire/request.h"

/* A hook of nftables that sees a frame before the bridge does, or after it was
 * sent. Kernels may lack it: then the bridge's own hook marks frames. */
struct attempt {
	bool is_early, has_rate;
};

#define BEFORE_OTHERS (-2000)
#define FIRST (-1000)
#define LAST 1000

/* Frames that rules of others drop do not come to the last two. */
static const struct nft_base_chain chains[] = {
	{ "prerouting", NF_BR_PRE_ROUTING, FIRST, NULL },
	{ "output", NF_BR_LOCAL_OUT, FIRST, NULL },
	{ "forward", NF_BR_FORWARD, FIRST, NULL },
	{ "input", NF_BR_LOCAL_IN, LAST, NULL },
	{ "postrouting", NF_BR_POST_ROUTING, LAST, NULL },
};

#define CHAINS (sizeof(chains) / sizeof(chains[0]))

/* --- messages ------------------------------------------------------------- */

/* When a frame of the host comes to a hook of the bridge, the bridge has changed
 * its tag: there, frames of all VLANs are marked. */
static void put_start(struct nft_batch *batch, struct vbr_live *live,
		      const struct attempt *attempt)
{
	bool is_host = !*live->port;
	struct nft_match match = live->match;
	struct nft_base_chain chain = { .name = LIVE_START,
					.priority = BEFORE_OTHERS };

	match.rate = attempt->has_rate ? LIVE_RATE_MAX : 0;
	if (attempt->is_early) {
		chain.hook = is_host ? VB_NF_NETDEV_EGRESS : NF_NETDEV_INGRESS;
		chain.device = is_host ? live->bridge : live->port;
		nft_put_table(batch, &live->start);
	} else {
		chain.hook = is_host ? NF_BR_LOCAL_OUT : NF_BR_PRE_ROUTING;
		match.index = live->port_index;
		if (is_host && live->is_filtering)
			match.vlan = -1;
	}
	nft_put_chain(batch, &live->start, &chain);
	nft_put_rule(batch, &live->start, LIVE_START, &match);
}

static void build(struct nft_batch *batch, struct vbr_live *live,
		  const struct attempt *attempt)
{
	const struct nft_table bridge = { NFPROTO_BRIDGE, live->table };

	live->start.name = live->table;
	live->start.family = attempt->is_early ? NFPROTO_NETDEV
					       : NFPROTO_BRIDGE;
	nft_batch_begin(batch);
	nft_put_table(batch, &bridge);
	for (size_t i = 0; i < CHAINS; i++) {
		nft_put_chain(batch, &bridge, &chains[i]);
		nft_put_tag_rules(batch, &bridge, chains[i].name);
	}
	put_start(batch, live, attempt);
	nft_batch_end(batch);
}

/* --- the kernel's answer -------------------------------------------------- */

#define ANSWER_SIZE 8192

static int error_of(const struct nlmsghdr *msg)
{
	const struct nlmsgerr *error = mnl_nlmsg_get_payload(msg);

	if (msg->nlmsg_type != NLMSG_ERROR ||
	    mnl_nlmsg_get_payload_len(msg) < sizeof(*error))
		return 0;
	return error->error;
}

/* The kernel has answered when send() returns. */
static int read_answers(int fd)
{
	_Alignas(NLMSG_ALIGNTO) char bytes[ANSWER_SIZE];
	ssize_t len;
	int rc = 0;

	while ((len = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
		const struct nlmsghdr *msg = (const void *)bytes;
		int left = (int)len;

		for (; message_ok(msg, left); msg = mnl_nlmsg_next(msg, &left))
			if (rc == 0)
				rc = error_of(msg);
	}
	if (len < 0 && errno != EAGAIN && rc == 0)
		rc = -errno;
	return rc;
}

static int try(struct vbr_live *live, const struct attempt *attempt)
{
	struct nft_batch batch;

	build(&batch, live, attempt);
	if (send(live->fd, batch.bytes, batch.len, 0) < 0)
		return -errno;
	return read_answers(live->fd);
}

/* The kernel has no chains of this kind, or no limits. */
static bool is_missing(int rc)
{
	return rc == -EOPNOTSUPP || rc == -ENOENT || rc == -EINVAL ||
	       rc == -EPROTONOSUPPORT || rc == -EAFNOSUPPORT;
}

/* Where the host sends a frame, the kernel does not show its MAC header. If the
 * bridge then drops it, only the destination that was asked for is known. */
static bool can_try(const struct vbr_live *live, const struct attempt *attempt)
{
	static const uint8_t any[6];

	return !attempt->is_early || *live->port ||
	       memcmp(live->match.dst, any, sizeof(any)) != 0;
}

static int make_tables(struct vbr_live *live)
{
	static const struct attempt attempts[] = {
		{ true, true },
		{ true, false },
		{ false, true },
		{ false, false },
	};
	int rc = -EOPNOTSUPP;

	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		if (!can_try(live, &attempts[i]))
			continue;
		rc = try(live, &attempts[i]);
		if (!is_missing(rc))
			return rc;
	}
	return -EOPNOTSUPP;
}

/* --- the socket ----------------------------------------------------------- */

#define EVENTS_ROOM (8 * 1024 * 1024)

static int listen_to_traces(int fd)
{
	const int group = NFNLGRP_NFTRACE, room = EVENTS_ROOM;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ||
	    setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group)) < 0)
		return -errno;
	return 0;
}

/* The address of the socket is a number that no other table has. */
static int name_table(struct vbr_live *live)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	socklen_t size = sizeof(address);

	if (bind(live->fd, (const struct sockaddr *)&address, size) < 0 ||
	    getsockname(live->fd, (struct sockaddr *)&address, &size) < 0)
		return -errno;
	snprintf(live->table, sizeof(live->table), NFT_TABLE_PREFIX "%u",
		 address.nl_pid);
	return 0;
}

int live_table_make(struct vbr_live *live)
{
	const struct vbr_ctx *ctx = live->ctx;
	int rc;

	if (!ctx->transport->open_socket)
		return -EOPNOTSUPP;
	live->fd = ctx->transport->open_socket(ctx->transport_data, AF_NETLINK,
					       SOCK_RAW, NETLINK_NETFILTER);
	if (live->fd < 0)
		return is_missing(live->fd) ? -EOPNOTSUPP : live->fd;
	rc = name_table(live);
	if (rc == 0)
		rc = make_tables(live);
	return rc < 0 ? rc : listen_to_traces(live->fd);
}

/* --- counting ------------------------------------------------------------- */

static int on_rule(void *data, const struct nlmsghdr *msg)
{
	struct nft_rule rule;
	int rc = nft_parse_rule(msg, &rule);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	return nft_rule_packets(&rule, data) == -EBADMSG ? -EBADMSG : 0;
}

static void forget_count(void *data)
{
	uint64_t *count = data;

	*count = 0;
}

int live_table_count(const struct vbr_live *live, uint64_t *ret_count)
{
	uint64_t count = 0;
	const struct talk_handler handler = { on_rule, forget_count, &count };
	struct request req;
	int rc;

	nft_request_rules_of(&req, live->start.family, live->table);
	rc = netfilter_talk(live->ctx, &req.head, &handler);
	if (rc == 0)
		*ret_count = count;
	return rc;
}
