/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Follows real frames through a bridge: checks which, waits for them, and returns
 * their paths. */

#include "config.h"

#include "live/live.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/address.h"
#include "core/context.h"
#include "live/collect.h"
#include "live/path.h"
#include "live/table.h"
#include "trace/read.h"
#include "wire/message.h"

/* In ms. The kernel sends all messages about a frame at once. */
#define QUIET 20

#define DATAGRAM_SIZE 16384

static int fail(struct vbr_ctx *ctx, const char *bridge, int error,
		const char *why)
{
	context_begin(ctx, N_("cannot follow frames through bridge \"%s\""),
		      bridge);
	return context_fail(ctx, error, why);
}

/* --- which frames --------------------------------------------------------- */

static int take_group(struct vbr_ctx *ctx, const char *bridge, const char *text,
		      struct nft_match *match)
{
	if (!text)
		return 0;
	match->has_group = true;
	if (address_parse(text, &match->group) < 0 ||
	    match->group.family == ADDRESS_MAC ||
	    !address_is_multicast(&match->group))
		return fail(ctx, bridge, -EINVAL,
			    _("the group is not an IPv4 or IPv6 multicast "
			      "address"));
	return 0;
}

static int take_match(struct vbr_ctx *ctx, const char *bridge,
		      const struct vbr_frame *frame, struct vbr_live *live)
{
	struct nft_match *match = &live->match;

	if (frame->vlan < -1 || frame->vlan > 4094)
		return fail(ctx, bridge, -ERANGE,
			    _("VLAN ids range from 0 to 4094"));
	if (frame->priority > 7)
		return fail(ctx, bridge, -ERANGE,
			    _("priorities range from 0 to 7"));
	memcpy(match->src, frame->src, 6);
	memcpy(match->dst, frame->dst, 6);
	match->ethertype = frame->ethertype;
	match->vlan = frame->vlan;
	live->priority = frame->priority;
	live->vlan_protocol = frame->vlan_protocol ? frame->vlan_protocol
						   : VBR_VLAN_8021Q;
	live->len = frame->len;
	return take_group(ctx, bridge, frame->group, match);
}

static int take_devices(struct vbr_live *live, const char *bridge,
			const char *port)
{
	struct vbr_bridge *found;
	struct vbr_port *row;
	uint64_t filters = 0;
	int rc = vbr_bridge_get(live->ctx, bridge, &found);

	if (rc < 0)
		return rc;
	memcpy(live->bridge, vbr_bridge_name(found), NAME_SIZE);
	live->bridge_index = vbr_bridge_index(found);
	vbr_bridge_value(found, "vlan_filtering", &filters);
	live->is_filtering = filters;
	vbr_bridge_free(found);
	if (!port)
		return 0;
	rc = vbr_port_get(live->ctx, bridge, port, &row);
	if (rc < 0)
		return rc;
	memcpy(live->port, vbr_port_name(row), NAME_SIZE);
	live->port_index = vbr_port_index(row);
	vbr_port_free(row);
	return 0;
}

static int make_table(struct vbr_live *live)
{
	int rc = live_table_make(live);

	if (rc == -EPERM || rc == -EACCES)
		return fail(live->ctx, live->bridge, -EPERM,
			    _("this needs CAP_NET_ADMIN"));
	if (rc == -EOPNOTSUPP)
		return fail(live->ctx, live->bridge, rc,
			    _("the kernel has no nf_tables for bridges, or "
			      "cannot delete a table with its process, which "
			      "needs Linux 5.12"));
	return rc < 0 ? fail(live->ctx, live->bridge, rc, NULL) : 0;
}

int vbr_live_new(struct vbr_ctx *ctx, const char *bridge,
		 const struct vbr_frame *frame, struct vbr_live **ret_live)
{
	struct vbr_live *live = calloc(1, sizeof(*live));
	int rc;

	if (!live)
		return fail(ctx, bridge, -ENOMEM, NULL);
	live->fd = -1;
	live->has_old_tags = trace_kernel_release() < 0x0602;
	live->ctx = vbr_ctx_ref(ctx);
	rc = take_match(ctx, bridge, frame, live);
	if (rc == 0)
		rc = take_devices(live, bridge, frame->port);
	if (rc == 0)
		rc = make_table(live);
	if (rc < 0)
		vbr_live_free(live);
	else
		*ret_live = live;
	return rc;
}

void vbr_live_free(struct vbr_live *live)
{
	if (!live)
		return;
	for (size_t i = 0; i < live->open_count; i++)
		vbr_live_path_free(live->open[i]);
	if (live->fd >= 0)
		close(live->fd);
	vbr_trace_free(live->sent);
	vbr_ctx_unref(live->ctx);
	free(live);
}

/* --- messages ------------------------------------------------------------- */

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int take_datagram(struct vbr_live *live, const char *bytes, int len)
{
	const struct nlmsghdr *msg = (const void *)bytes;
	struct nft_trace trace;
	int rc = 0;

	for (; rc == 0 && message_ok(msg, len); msg = mnl_nlmsg_next(msg, &len))
		if (nft_parse_trace(msg, &trace) == 0)
			rc = live_take_trace(live, &trace, now());
	return rc;
}

/* Other processes can send to this socket: only the kernel counts. Messages for
 * which there was no room are lost with their frames. */
static int read_messages(struct vbr_live *live)
{
	_Alignas(NLMSG_ALIGNTO) char bytes[DATAGRAM_SIZE];
	struct sockaddr_nl from = { 0 };
	socklen_t size = sizeof(from);
	ssize_t len;
	int rc = 0;

	while (rc == 0) {
		len = recvfrom(live->fd, bytes, sizeof(bytes), MSG_DONTWAIT,
			       (struct sockaddr *)&from, &size);
		if (len < 0 && errno == ENOBUFS)
			continue;
		if (len < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		if (from.nl_pid == 0)
			rc = take_datagram(live, bytes, (int)len);
	}
	return rc;
}

/* --- paths ---------------------------------------------------------------- */

/* When the first path will be complete. */
static int64_t due_of(const struct vbr_live *live)
{
	const struct vbr_live_path *first = live->open[0];

	return first->is_closed ? 0 : first->last + QUIET;
}

static int take_first(struct vbr_live *live, struct vbr_live_path **ret_path)
{
	struct vbr_live_path *path = live->open[0];
	int rc;

	live->open_count--;
	memmove(live->open, live->open + 1,
		live->open_count * sizeof(live->open[0]));
	rc = live_finish_path(live, path);
	if (rc < 0)
		vbr_live_path_free(path);
	else
		*ret_path = path;
	return rc == -ENOMEM ? fail(live->ctx, live->bridge, rc, NULL) : rc;
}

/* Returns 1 when a path is complete; 0: the time is over. */
static int wait_for_path(struct vbr_live *live, int64_t end)
{
	struct pollfd ready = { .fd = live->fd, .events = POLLIN };
	int rc;

	for (;;) {
		int64_t until = end, left, start = now();

		rc = read_messages(live);
		if (rc < 0)
			return fail(live->ctx, live->bridge, rc, NULL);
		if (live->open_count && due_of(live) < end)
			until = due_of(live);
		/* What came while this process did not run was read. */
		left = until - start;
		if (left <= 0)
			return live->open_count != 0;
		if (poll(&ready, 1, (int)left) < 0)
			return fail(live->ctx, live->bridge, -errno, NULL);
	}
}

int vbr_live_next(struct vbr_live *live, unsigned int timeout_ms,
		  struct vbr_live_path **ret_path)
{
	int rc = wait_for_path(live, now() + timeout_ms);

	if (rc == 0)
		return fail(live->ctx, live->bridge, -ETIMEDOUT,
			    _("no frame matched in this time"));
	return rc < 0 ? rc : take_first(live, ret_path);
}

int vbr_live_matched(const struct vbr_live *live, uint64_t *ret_count)
{
	int rc = live_table_count(live, ret_count);

	return rc < 0 ? fail(live->ctx, live->bridge, rc, NULL) : 0;
}
