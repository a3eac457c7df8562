/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* fdb-walk BRIDGE PORT COUNT: adds COUNT entries to a port with libmnl, without
 * our code, iterates over them with libvbridge, and prints the largest amount
 * of memory that the iteration used, in bytes. */

#include <libmnl/libmnl.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vbridge.h"

/* As many requests as fit into a datagram; only the last one requests an
 * ack. */
#define ROOM 65536
#define AT_ONCE 1000

static void put_entry(struct nlmsghdr *msg, unsigned int port, unsigned long i)
{
	const unsigned char mac[6] = {
		2,
		0,
		(unsigned char)(i >> 24),
		(unsigned char)(i >> 16),
		(unsigned char)(i >> 8),
		(unsigned char)i,
	};
	struct ndmsg *head;

	msg->nlmsg_type = RTM_NEWNEIGH;
	msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL;
	head = mnl_nlmsg_put_extra_header(msg, sizeof(*head));
	head->ndm_family = AF_BRIDGE;
	head->ndm_ifindex = (int)port;
	head->ndm_state = NUD_NOARP;
	head->ndm_flags = NTF_MASTER;
	mnl_attr_put(msg, NDA_LLADDR, sizeof(mac), mac);
}

static bool is_done(struct mnl_socket *socket)
{
	char answer[4096];
	ssize_t len = mnl_socket_recvfrom(socket, answer, sizeof(answer));

	return len > 0 &&
	       mnl_cb_run(answer, (size_t)len, 0, 0, NULL, NULL) >= 0;
}

static bool fill(struct mnl_socket *socket, unsigned int port,
		 unsigned long count)
{
	static char bytes[ROOM];
	size_t len = 0;

	for (unsigned long i = 1; i <= count; i++) {
		struct nlmsghdr *msg = mnl_nlmsg_put_header(bytes + len);

		put_entry(msg, port, i);
		len += MNL_ALIGN(msg->nlmsg_len);
		if (i % AT_ONCE && i < count)
			continue;
		msg->nlmsg_flags |= NLM_F_ACK;
		if (mnl_socket_sendto(socket, bytes, len) < 0 ||
		    !is_done(socket))
			return false;
		len = 0;
	}
	return true;
}

struct memory_usage {
	unsigned long entries;
	long most;
};

/* Data memory of the process, in bytes. */
static long memory_usage_update(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	long pages = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%*s %*s %*s %*s %*s %ld", &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

static int see(const struct vbr_fdb_entry *entry, void *data)
{
	struct memory_usage *memory_usage = data;
	long now = memory_usage->entries++ % 1000 == 0 ? memory_usage_update()
						       : 0;

	(void)entry;
	if (now > memory_usage->most)
		memory_usage->most = now;
	return 0;
}

int main(int argc, char **argv)
{
	unsigned long count = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	struct mnl_socket *socket = mnl_socket_open(NETLINK_ROUTE);
	struct memory_usage memory_usage = { 0, 0 };
	struct vbr_ctx *ctx;
	long before;

	if (!count || !socket)
		return 2;
	if (!fill(socket, if_nametoindex(argv[2]), count)) {
		perror("fdb-walk");
		return 1;
	}
	mnl_socket_close(socket);
	memory_usage_update();
	before = memory_usage_update();
	if (vbr_ctx_new(NULL, &ctx) < 0 ||
	    vbr_fdb_foreach(ctx, argv[1], see, &memory_usage) != 0)
		return 1;
	if (!before || memory_usage.entries < count)
		return 1;
	printf("%ld\n", memory_usage.most - before);
	vbr_ctx_unref(ctx);
	return 0;
}
