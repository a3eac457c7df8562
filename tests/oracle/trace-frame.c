/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends random frames, and records where they arrive. */

#include "oracle/trace.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TYPE 0x88b5
/* At the end of each frame, before its number. */
#define MAGIC 0x76627472
#define MARKER 0xffffffff

void open_sockets(struct world *world)
{
	int on = 1, size = 4 << 20;

	make_veth(world->o, "m0", "m1");
	set_up(world->o, "m0");
	set_up(world->o, "m1");
	world->marker = index_of(world->o, "m1");
	world->sender = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	assert_return_code(world->sender, errno);
	world->tap = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC,
			    htons(ETH_P_ALL));
	assert_return_code(world->tap, errno);
	assert_int_equal(setsockopt(world->tap, SOL_PACKET, PACKET_AUXDATA, &on,
				    sizeof(on)),
			 0);
	setsockopt(world->tap, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

/* --- a frame -------------------------------------------------------------- */

static void choose_reserved(struct world *world, uint8_t ret_mac[6])
{
	const uint8_t mac[6] = { 0x01, 0x80, 0xc2,
				 0,    0,    (uint8_t)draw(world, 17) };

	memcpy(ret_mac, mac, 6);
}

static void choose_group(struct world *world, struct vbr_frame *frame)
{
	struct in_addr group;
	uint32_t bits;

	if (rarely(world, 4)) {
		memcpy(frame->dst, "\1\2\3\4\5\6", 6);
		return;
	}
	frame->group = rarely(world, 4) ? "224.0.0.5"
					: any_group[draw(world, 3)];
	frame->ethertype = ETH_P_IP;
	frame->source = any_source[draw(world, 2)];
	assert_int_equal(inet_pton(AF_INET, frame->group, &group), 1);
	bits = ntohl(group.s_addr) & 0x7fffff;
	memcpy(frame->dst, "\1\0\x5e", 3);
	frame->dst[3] = (uint8_t)(bits >> 16);
	frame->dst[4] = (uint8_t)(bits >> 8);
	frame->dst[5] = (uint8_t)bits;
}

static void choose_destination(struct world *world, struct vbr_frame *frame)
{
	switch (draw(world, 8)) {
	case 0:
		memset(frame->dst, 0xff, 6);
		break;
	case 1:
		choose_reserved(world, frame->dst);
		break;
	case 2:
	case 3:
		choose_group(world, frame);
		break;
	default:
		any_mac(world, frame->dst);
	}
}

static void choose_tag(struct world *world, struct vbr_frame *frame)
{
	static const int vlans[] = { 0, 1, 10, 20, 30 };

	frame->vlan = -1;
	if (draw(world, 2))
		return;
	/* A frame from the host still contains its tag, so snooping does not
	 * see the content. */
	if (!frame->port && frame->group)
		return;
	frame->vlan = vlans[draw(world, COUNT(vlans))];
	frame->priority = draw(world, 8);
	if (rarely(world, 8))
		frame->vlan_protocol = VBR_VLAN_8021AD;
	if (rarely(world, 4))
		frame->inner_vlan = 10 + 10 * draw(world, 2);
}

void make_sample(struct world *world, struct sample *ret_sample)
{
	unsigned int in = draw(world, (unsigned int)world->ports + 1);
	static uint32_t id;
	struct vbr_frame *frame = &ret_sample->frame;

	memset(ret_sample, 0, sizeof(*ret_sample));
	ret_sample->id = ++id;
	ret_sample->in = in < world->ports ? in : MOST_PORTS;
	snprintf(ret_sample->port, sizeof(ret_sample->port), "p%u", in);
	if (ret_sample->in < MOST_PORTS)
		frame->port = ret_sample->port;
	frame->ethertype = TYPE;
	frame->len = rarely(world, 8) ? 1400 + draw(world, 115) : 80;
	any_mac(world, frame->src);
	choose_destination(world, frame);
	choose_tag(world, frame);
	/* br_netfilter would fragment longer frames. */
	if (frame->group)
		frame->len = 80;
}

/* --- bytes ---------------------------------------------------------------- */

static size_t put(uint8_t *bytes, size_t at, const void *what, size_t size)
{
	memcpy(bytes + at, what, size);
	return at + size;
}

static size_t put16(uint8_t *bytes, size_t at, unsigned int value)
{
	const uint8_t pair[2] = { (uint8_t)(value >> 8), (uint8_t)value };

	return put(bytes, at, pair, sizeof(pair));
}

static void put_ip(uint8_t *bytes, size_t len, const struct vbr_frame *frame)
{
	uint32_t sum = 0;

	bytes[0] = 0x45;
	put16(bytes, 2, (unsigned int)len);
	bytes[8] = 1;
	bytes[9] = 253;
	assert_int_equal(inet_pton(AF_INET, frame->source, bytes + 12), 1);
	assert_int_equal(inet_pton(AF_INET, frame->group, bytes + 16), 1);
	/* br_netfilter drops packets with a wrong checksum. */
	for (size_t i = 0; i < 20; i += 2)
		sum += (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	put16(bytes, 10, ~sum & 0xffff);
}

static void put_id(uint8_t *end, uint32_t id)
{
	const uint32_t words[2] = { htonl(MAGIC), htonl(id) };

	memcpy(end - sizeof(words), words, sizeof(words));
}

static size_t build(const struct sample *sample, uint8_t *bytes)
{
	const struct vbr_frame *frame = &sample->frame;
	size_t at = put(bytes, 0, frame->dst, 6), end = frame->len;

	at = put(bytes, at, frame->src, 6);
	if (frame->vlan >= 0) {
		at = put16(bytes, at,
			   frame->vlan_protocol ? frame->vlan_protocol
						: VBR_VLAN_8021Q);
		at = put16(bytes, at,
			   (unsigned int)frame->vlan | frame->priority << 13);
		end += 4;
	}
	if (frame->inner_vlan) {
		at = put16(bytes, at, VBR_VLAN_8021Q);
		at = put16(bytes, at, frame->inner_vlan);
		end += 4;
	}
	at = put16(bytes, at, frame->ethertype);
	memset(bytes + at, 0, end - at);
	if (frame->group)
		put_ip(bytes + at, end - at, frame);
	put_id(bytes + end, sample->id);
	return end;
}

static void send_bytes(struct world *world, int device, const uint8_t *bytes,
		       size_t size)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = device,
		.sll_halen = 6,
	};
	ssize_t rc;

	memcpy(to.sll_addr, bytes, 6);
	rc = sendto(world->sender, bytes, size, 0, (struct sockaddr *)&to,
		    sizeof(to));
	/* If the other end is down, the frame does not arrive. */
	check(rc >= 0 || errno == ENETDOWN || errno == EMSGSIZE ||
		      errno == ENOBUFS,
	      "sending fails: %s", strerror(errno));
}

/* --- arrivals ------------------------------------------------------------- */

static int tag_of(struct msghdr *msg)
{
	struct tpacket_auxdata aux;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c;
	     c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_PACKET ||
		    c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (aux.tp_status & TP_STATUS_VLAN_VALID)
			return aux.tp_vlan_tci & 0xfff;
	}
	return -1;
}

static void note(struct world *world, int device, int vlan,
		 struct arrival *arrival)
{
	if (device == world->bridge)
		arrival->host = true;
	for (size_t i = 0; i < world->ports; i++) {
		if (world->far[i] != device)
			continue;
		arrival->vlan[i] = vlan;
		arrival->copies[i]++;
	}
}

/* Receives one frame. Returns whether it was the marker. */
static bool receive(struct world *world, uint32_t id, struct arrival *arrival)
{
	static uint8_t bytes[4096];
	char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	struct sockaddr_ll from = { 0 };
	struct iovec iov = { bytes, sizeof(bytes) };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(world->tap, &msg, 0);
	uint32_t words[2];

	if (len < (ssize_t)sizeof(words) || from.sll_pkttype == PACKET_OUTGOING)
		return false;
	memcpy(words, bytes + len - sizeof(words), sizeof(words));
	if (words[0] != htonl(MAGIC))
		return false;
	if (words[1] == htonl(MARKER))
		return from.sll_ifindex == world->marker;
	if (words[1] == htonl(id))
		note(world, from.sll_ifindex, tag_of(&msg), arrival);
	return false;
}

/* Sends another frame on another path, four times, each after the last one has
 * arrived. Then all earlier frames have arrived, too. */
static void mark(struct world *world, uint32_t id, struct arrival *arrival)
{
	int device = index_of(world->o, "m0");
	uint8_t bytes[60] = { 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 0x88, 0xb5 };

	put_id(bytes + sizeof(bytes), MARKER);
	for (int i = 0; i < 4; i++) {
		send_bytes(world, device, bytes, sizeof(bytes));
		while (!receive(world, id, arrival))
			;
	}
}

void send_sample(struct world *world, const struct sample *sample,
		 struct arrival *ret_arrival)
{
	uint8_t bytes[4096];
	size_t size = build(sample, bytes);
	int device = sample->in < MOST_PORTS ? world->far[sample->in]
					     : world->bridge;

	memset(ret_arrival, 0, sizeof(*ret_arrival));
	for (size_t i = 0; i < MOST_PORTS; i++)
		ret_arrival->vlan[i] = NOWHERE;
	send_bytes(world, device, bytes, size);
	mark(world, sample->id, ret_arrival);
}
