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
#include "core/link.h"
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

/* A device that has the addresses now. */
struct owner {
	const struct ip_device *device;
	const uint8_t *mac;
	bool is_router;
};

static size_t make_frame(const struct owner *owner, const struct ip_row *row,
			 uint8_t ret_frame[ANNOUNCE_SIZE])
{
	struct ip_message message;
	const void *own;

	if (ip_message_parse(row->msg, &message) < 0 ||
	    message.kind != IP_ADDRESS ||
	    message.index != owner->device->index || row->is_tentative)
		return 0;
	own = message.local ? message.local : message.address;
	if (!own)
		return 0;
	return message.family == AF_INET
		       ? announce_ipv4(owner->mac, own, ret_frame)
		       : announce_ipv6(owner->mac, own, owner->is_router,
				       ret_frame);
}

static int send_all(const struct move *move, const struct owner *owner, int fd)
{
	const struct sockaddr_ll target = {
		.sll_family = AF_PACKET,
		.sll_ifindex = owner->device->index,
	};

	for (size_t i = 0; i < move->after->count; i++) {
		uint8_t frame[ANNOUNCE_SIZE];
		size_t len = make_frame(owner, &move->after->rows[i], frame);

		if (len && sendto(fd, frame, len, 0, (const void *)&target,
				  sizeof(target)) < 0)
			return -errno;
	}
	return 0;
}

static int send_frames(const struct move *move, const struct owner *owner)
{
	int rc, fd = open_packet(move);

	if (fd < 0)
		return fd;
	rc = send_all(move, owner, fd);
	close(fd);
	return rc;
}

static void announce(const struct move *move, int which,
		     const uint8_t old_mac[6], const uint8_t mac[6])
{
	struct owner owner = { .device = &move->devices[which], .mac = mac };
	int forwards = 0;

	if (memcmp(mac, old_mac, sizeof(move->mac)) == 0 || !move->has_carrier)
		return;
	sysctl_read_ipv6(move->ctx, owner.device->name, "forwarding",
			 &forwards);
	owner.is_router = forwards != 0;
	if (send_frames(move, &owner) < 0)
		note_words(move, VBR_MOVE_STAYS,
			   _("other hosts could not be told the MAC address of "
			     "\"%s\": they may send to that of \"%s\" for a "
			     "minute"),
			   owner.device->name, move->devices[!which].name);
}

void announce_nic(const struct move *move)
{
	announce(move, MOVE_NIC, move->host_mac, move->mac);
}

/* A bridge without a MAC address of its own takes that of a port. */
void announce_host(const struct move *move)
{
	struct link_info host;

	if (link_find(move->ctx, move->devices[MOVE_HOST].name, &host) == 0)
		announce(move, MOVE_HOST, move->mac, host.mac);
}
