/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends the frames that tell neighbours about a new MAC address. The kernel sends
 * them by itself only if arp_notify and ndisc_notify are set, and only when a
 * device comes up or gets another MAC address. */

#include "config.h"

#include "ip/announce.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/context.h"
#include "ip/move.h"
#include "ip/note.h"
#include "ip/sysctl.h"
#include "wire/announce.h"
#include "wire/ip-message.h"

/* Without a protocol, the socket receives nothing. */
static int open_packet(const struct move *move)
{
	const struct vbr_ctx *ctx = move->ctx;

	if (!ctx->transport->open_socket)
		return -EOPNOTSUPP;
	return ctx->transport->open_socket(ctx->transport_data, AF_PACKET,
					   SOCK_RAW, 0);
}

static size_t make_frame(const struct move *move, const struct ip_row *row,
			 bool is_router, uint8_t ret_frame[ANNOUNCE_SIZE])
{
	struct ip_message message;
	const void *own;

	if (ip_message_parse(row->msg, &message) < 0 ||
	    message.kind != IP_ADDRESS ||
	    message.index != move->devices[MOVE_NIC].index || row->is_tentative)
		return 0;
	own = message.local ? message.local : message.address;
	if (!own)
		return 0;
	return message.family == AF_INET
		       ? announce_ipv4(move->mac, own, ret_frame)
		       : announce_ipv6(move->mac, own, is_router, ret_frame);
}

static int send_all(const struct move *move, int fd)
{
	const struct sockaddr_ll target = {
		.sll_family = AF_PACKET,
		.sll_ifindex = move->devices[MOVE_NIC].index,
	};
	int forwards = 0;

	sysctl_read_ipv6(move->ctx, move->devices[MOVE_NIC].name, "forwarding",
			 &forwards);
	for (size_t i = 0; i < move->after->count; i++) {
		uint8_t frame[ANNOUNCE_SIZE];
		size_t len = make_frame(move, &move->after->rows[i],
					forwards != 0, frame);

		if (len && sendto(fd, frame, len, 0, (const void *)&target,
				  sizeof(target)) < 0)
			return -errno;
	}
	return 0;
}

void announce_nic(const struct move *move)
{
	int fd, rc;

	if (memcmp(move->mac, move->host_mac, sizeof(move->mac)) == 0 ||
	    !move->has_carrier)
		return;
	fd = rc = open_packet(move);
	if (fd >= 0) {
		rc = send_all(move, fd);
		close(fd);
	}
	if (rc < 0)
		note_words(move, VBR_MOVE_STAYS,
			   _("other hosts could not be told the MAC address of "
			     "\"%s\": they may send to that of \"%s\" for a "
			     "minute"),
			   move->devices[MOVE_NIC].name,
			   move->devices[MOVE_HOST].name);
}
