/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* frame send: sends raw frames on a device. */
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"

static void device_mac(int fd, const char *name, uint8_t ret_mac[MAC_LEN])
{
	struct ifreq ifr = { 0 };

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFHWADDR, &ifr))
		die_errno(name);
	memcpy(ret_mac, ifr.ifr_hwaddr.sa_data, MAC_LEN);
}

static void send_all(int fd, const char *device, const struct frame *frame,
		     long count)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = (int)parse_device(device),
	};
	uint8_t bytes[MAX_FRAME];
	size_t len = frame_build(frame, bytes, sizeof(bytes));

	if (!len)
		die("the payload is too long");
	while (count-- > 0) {
		if (sendto(fd, bytes, len, 0, (struct sockaddr *)&to,
			   sizeof(to)) < 0)
			die_errno(device);
	}
}

int cmd_send(int argc, char **argv)
{
	struct frame frame = { .type = 0x88b5 };
	bool has_src = false;
	long count = 1;
	int opt, fd;

	memset(frame.dst, 0xff, MAC_LEN);
	while ((opt = getopt(argc, argv, "d:s:v:t:p:n:")) != -1) {
		if (opt == 'd') {
			parse_mac(optarg, frame.dst);
		} else if (opt == 's') {
			parse_mac(optarg, frame.src);
			has_src = true;
		} else if (opt == 'v' && frame.tags < MAX_TAGS) {
			parse_tag(optarg, &frame.tag[frame.tags++]);
		} else if (opt == 't') {
			frame.type = (uint16_t)parse_number(optarg, 0, 0xffff);
		} else if (opt == 'p') {
			frame.payload = (const uint8_t *)optarg;
			frame.payload_len = strlen(optarg);
		} else if (opt == 'n') {
			count = parse_number(optarg, 1, 1000000);
		} else {
			die("send: bad option; see frame --help");
		}
	}
	if (optind != argc - 1)
		die("send: which device?");
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die_errno("AF_PACKET");
	if (!has_src)
		device_mac(fd, argv[optind], frame.src);
	send_all(fd, argv[optind], &frame, count);
	close(fd);
	return 0;
}
