/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* frame capture: prints the frames on devices, with tags, in order of time. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "frame.h"

#define MAX_DEVICES 64
#define UNTAGGED (-2)

struct capture {
	const char *device[MAX_DEVICES];
	unsigned int index[MAX_DEVICES];
	long seen[MAX_DEVICES];
	size_t devices;

	/* which frames */
	bool has_dst, has_src, unicast;
	uint8_t dst[MAC_LEN], src[MAC_LEN];
	int vid, type, outgoing;
	const char *text;

	/* how long, and what to print */
	bool only_count;
	long expect, total, deadline_ms, quiet_ms;

	char **command;
	pid_t child;
	int status;
};

static bool holds_text(const struct frame *frame, const char *text)
{
	return memmem(frame->payload, frame->payload_len, text, strlen(text));
}

static bool matches(const struct capture *cap, const struct frame *frame,
		    bool outgoing)
{
	int vid = frame->tags ? frame->tag[0].tci & 0xfff : UNTAGGED;

	return !(cap->unicast && frame->dst[0] & 1) &&
	       !(cap->has_dst && memcmp(cap->dst, frame->dst, MAC_LEN)) &&
	       !(cap->has_src && memcmp(cap->src, frame->src, MAC_LEN)) &&
	       (cap->vid == ANY || cap->vid == vid) &&
	       (cap->type == ANY || cap->type == frame->type) &&
	       (cap->outgoing == ANY || cap->outgoing == outgoing) &&
	       (!cap->text || holds_text(frame, cap->text));
}

static void print_mac(const uint8_t *mac)
{
	printf("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
	       mac[4], mac[5]);
}

static void print_frame(const char *device, const struct frame *frame,
			bool outgoing)
{
	printf("%s %s ", device, outgoing ? "out" : "in");
	print_mac(frame->src);
	printf(" > ");
	print_mac(frame->dst);
	for (size_t i = 0; i < frame->tags; i++) {
		const struct tag *tag = &frame->tag[i];

		printf(" vlan %d", tag->tci & 0xfff);
		if (tag->tci >> 13)
			printf(" prio %d", tag->tci >> 13);
		if (tag->tpid != 0x8100)
			printf(" tpid 0x%04x", tag->tpid);
	}
	printf(" type 0x%04x len %zu\n", frame->type, frame->len);
}

/* The kernel removes the outermost tag and passes it as ancillary data. */
static bool tag_of(struct msghdr *msg, struct tag *ret_tag)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		struct tpacket_auxdata aux;

		if (c->cmsg_level != SOL_PACKET ||
		    c->cmsg_type != PACKET_AUXDATA)
			continue;
		memcpy(&aux, CMSG_DATA(c), sizeof(aux));
		if (!(aux.tp_status & TP_STATUS_VLAN_VALID))
			return false;
		ret_tag->tci = aux.tp_vlan_tci;
		ret_tag->tpid = aux.tp_status & TP_STATUS_VLAN_TPID_VALID
					? aux.tp_vlan_tpid
					: 0x8100;
		return true;
	}
	return false;
}

static void take(struct capture *cap, const struct frame *frame,
		 const struct sockaddr_ll *from)
{
	bool outgoing = from->sll_pkttype == PACKET_OUTGOING;

	for (size_t i = 0; i < cap->devices; i++) {
		if (cap->index[i] != (unsigned int)from->sll_ifindex ||
		    !matches(cap, frame, outgoing))
			continue;
		cap->seen[i]++;
		cap->total++;
		if (!cap->only_count)
			print_frame(cap->device[i], frame, outgoing);
		return;
	}
}

/* Receives one frame. Returns false if there is none. */
static bool receive(struct capture *cap, int fd)
{
	static uint8_t bytes[65536];
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
	ssize_t len = recvmsg(fd, &msg, MSG_DONTWAIT);
	struct frame frame;
	struct tag tag;

	if (len < 0) {
		if (errno == EAGAIN || errno == EINTR)
			return false;
		if (errno == ENETDOWN)
			return true;
		die_errno("recvmsg");
	}
	if (frame_parse(bytes, (size_t)len, tag_of(&msg, &tag) ? &tag : NULL,
			&frame))
		take(cap, &frame, &from);
	return true;
}

/*
 * One socket for all devices, which delivers the frames in the order in which
 * they passed.  The devices are promiscuous, as for other capture programs:
 * then a bridge also passes a copy of every frame to its own device.
 */
static int open_socket(const struct capture *cap)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
	int on = 1, size = 4 << 20;

	if (fd < 0)
		die_errno("AF_PACKET");
	if (setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on)))
		die_errno("PACKET_AUXDATA");
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	for (size_t i = 0; i < cap->devices; i++) {
		struct packet_mreq req = {
			.mr_ifindex = (int)cap->index[i],
			.mr_type = PACKET_MR_PROMISC,
		};

		if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &req,
			       sizeof(req)))
			die_errno(cap->device[i]);
	}
	return fd;
}

static void start_command(struct capture *cap)
{
	cap->child = fork();
	if (cap->child < 0)
		die_errno("fork");
	if (cap->child)
		return;
	dup2(STDERR_FILENO, STDOUT_FILENO);
	execvp(cap->command[0], cap->command);
	perror(cap->command[0]);
	_exit(127);
}

static bool command_ended(struct capture *cap)
{
	int status;

	if (!cap->child)
		return true;
	if (waitpid(cap->child, &status, WNOHANG) != cap->child)
		return false;
	cap->child = 0;
	cap->status = WIFEXITED(status) ? WEXITSTATUS(status) : 125;
	return true;
}

/* Captures until there are enough frames, until the deadline, or until no
 * frames arrive after the command has ended. */
static void listen_long(struct capture *cap, int fd)
{
	long end = now_ms() + cap->deadline_ms, last = now_ms();

	while (now_ms() < end && (!cap->expect || cap->total < cap->expect)) {
		struct pollfd pfd = { .fd = fd, .events = POLLIN };

		poll(&pfd, 1, 10);
		if (receive(cap, fd) || (cap->command && !command_ended(cap)))
			last = now_ms();
		else if (cap->command && now_ms() - last >= cap->quiet_ms)
			break;
	}
	if (cap->child) {
		waitpid(cap->child, &cap->status, 0);
		cap->status = WIFEXITED(cap->status) ? WEXITSTATUS(cap->status)
						     : 125;
	}
}

static void parse_option(struct capture *cap, int opt)
{
	if (opt == 'd') {
		parse_mac(optarg, cap->dst);
		cap->has_dst = true;
	} else if (opt == 's') {
		parse_mac(optarg, cap->src);
		cap->has_src = true;
	} else if (opt == 'v') {
		cap->vid = !strcmp(optarg, "none")
				   ? UNTAGGED
				   : (int)parse_number(optarg, 0, 4095);
	} else if (opt == 't') {
		cap->type = (int)parse_number(optarg, 0, 0xffff);
	} else if (opt == 'p') {
		cap->text = optarg;
	} else if (opt == 'i') {
		cap->outgoing = !strcmp(optarg, "out");
		if (!cap->outgoing && strcmp(optarg, "in"))
			die("%s: neither in nor out", optarg);
	} else if (opt == 'u') {
		cap->unicast = true;
	} else if (opt == 'c') {
		cap->only_count = true;
	} else if (opt == 'n') {
		cap->expect = parse_number(optarg, 1, 1000000);
	} else if (opt == 'w') {
		cap->deadline_ms = parse_number(optarg, 1, 3600000);
	} else if (opt == 'q') {
		cap->quiet_ms = parse_number(optarg, 1, 60000);
	} else {
		die("capture: bad option; see frame --help");
	}
}

static void parse_devices(struct capture *cap, char **argv)
{
	for (; *argv && strcmp(*argv, "--"); argv++) {
		if (cap->devices == MAX_DEVICES)
			die("capture: too many devices");
		cap->device[cap->devices] = *argv;
		cap->index[cap->devices++] = parse_device(*argv);
	}
	if (!cap->devices)
		die("capture: which device?");
	if (*argv && argv[1])
		cap->command = argv + 1;
}

int cmd_capture(int argc, char **argv)
{
	struct capture cap = {
		.vid = ANY,
		.type = ANY,
		.outgoing = ANY,
		.deadline_ms = 5000,
		.quiet_ms = 200,
	};
	int opt, fd;

	while ((opt = getopt(argc, argv, "+d:s:v:t:p:i:ucn:w:q:")) != -1)
		parse_option(&cap, opt);
	parse_devices(&cap, argv + optind);
	fd = open_socket(&cap);
	if (cap.command)
		start_command(&cap);
	listen_long(&cap, fd);
	for (size_t i = 0; cap.only_count && i < cap.devices; i++)
		printf("%s %ld\n", cap.device[i], cap.seen[i]);
	close(fd);
	if (cap.status)
		return cap.status;
	return cap.expect && cap.total < cap.expect;
}
