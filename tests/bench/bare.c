/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Sends the same requests as a command of ours, in as few system calls as
 * possible, and discards the replies. This measures the time of the kernel and
 * of starting a process.
 */

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* No kernel sends longer datagrams in a dump. */
static _Alignas(NLMSG_ALIGNTO) char answer[32768];

static union {
	struct nlmsghdr head;
	char bytes[256];
} request;

static void die(const char *what)
{
	fprintf(stderr, "bare: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

static void *begin(unsigned short type, unsigned short flags, size_t size)
{
	memset(&request, 0, sizeof(request));
	request.head.nlmsg_len = (uint32_t)NLMSG_LENGTH(size);
	request.head.nlmsg_type = type;
	request.head.nlmsg_flags = NLM_F_REQUEST | flags;
	return NLMSG_DATA(&request.head);
}

/* Returns the attribute, so that a nest can be ended. */
static struct rtattr *put(unsigned short type, const void *data, size_t len)
{
	struct rtattr *attr = (struct rtattr *)(request.bytes +
						request.head.nlmsg_len);

	attr->rta_type = type;
	attr->rta_len = (unsigned short)RTA_LENGTH(len);
	if (len)
		memcpy(RTA_DATA(attr), data, len);
	request.head.nlmsg_len += (uint32_t)RTA_SPACE(len);
	return attr;
}

static void end(struct rtattr *nest)
{
	nest->rta_len = (unsigned short)(request.bytes +
					 request.head.nlmsg_len - (char *)nest);
}

/* Returns whether the reply continues after this datagram. */
static int goes_on(size_t len)
{
	const struct nlmsghdr *msg = (const struct nlmsghdr *)answer;

	for (; NLMSG_OK(msg, len); msg = NLMSG_NEXT(msg, len)) {
		const struct nlmsgerr *error = NLMSG_DATA(msg);

		if (msg->nlmsg_type == NLMSG_DONE)
			return 0;
		if (msg->nlmsg_type != NLMSG_ERROR)
			continue;
		errno = -error->error;
		if (errno)
			die("refused");
		return 0;
	}
	return 1;
}

static void ask(int fd)
{
	ssize_t len;

	if (send(fd, &request, request.head.nlmsg_len, 0) < 0)
		die("send");
	do {
		len = recv(fd, answer, sizeof(answer), 0);
		if (len < 0)
			die("recv");
	} while (goes_on((size_t)len));
}

/* All devices of a kind. */
static void kind(int fd, const char *name)
{
	const uint32_t mask = RTEXT_FILTER_SKIP_STATS;
	struct ifinfomsg *link;
	struct rtattr *info;

	begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	put(IFLA_EXT_MASK, &mask, sizeof(mask));
	info = put(IFLA_LINKINFO | NLA_F_NESTED, NULL, 0);
	put(IFLA_INFO_KIND, name, strlen(name) + 1);
	end(info);
	ask(fd);
}

/* Dumps all bridges, then all ports. */
static void links(int fd)
{
	struct ifinfomsg *link;

	kind(fd, "bridge");
	link = begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	link->ifi_family = AF_BRIDGE;
	ask(fd);
}

/* The counters of all devices; "more": also those that only bridges have. */
static void stats(int fd, int more)
{
	struct if_stats_msg *head;

	links(fd);
	head = begin(RTM_GETSTATS, NLM_F_DUMP, sizeof(*head));
	head->filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64);
	if (more)
		head->filter_mask |=
			IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS) |
			IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS_SLAVE);
	ask(fd);
}

static void fdb(int fd, const char *bridge)
{
	unsigned int index = if_nametoindex(bridge);
	struct ndmsg *entry = begin(RTM_GETNEIGH, NLM_F_DUMP, sizeof(*entry));

	if (!index)
		die(bridge);
	entry->ndm_family = AF_BRIDGE;
	put(NDA_MASTER, &index, sizeof(index));
	ask(fd);
}

/* Addresses, or routes of the main table. */
static void ip_rows(int fd, unsigned short type, unsigned char family)
{
	struct rtmsg *route;

	if (type == RTM_GETADDR) {
		begin(type, NLM_F_DUMP, sizeof(struct ifaddrmsg));
	} else {
		route = begin(type, NLM_F_DUMP, sizeof(*route));
		route->rtm_family = family;
		route->rtm_table = RT_TABLE_MAIN;
	}
	ask(fd);
}

/* All devices, addresses, default routes, and VLANs of ports. */
static void tree(int fd)
{
	const uint32_t mask = RTEXT_FILTER_SKIP_STATS;
	const uint32_t vlans = RTEXT_FILTER_BRVLAN_COMPRESSED;
	struct ifinfomsg *link;

	begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	put(IFLA_EXT_MASK, &mask, sizeof(mask));
	ask(fd);
	ip_rows(fd, RTM_GETADDR, AF_UNSPEC);
	ip_rows(fd, RTM_GETROUTE, AF_INET);
	ip_rows(fd, RTM_GETROUTE, AF_INET6);
	link = begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	link->ifi_family = AF_BRIDGE;
	put(IFLA_EXT_MASK, &vlans, sizeof(vlans));
	ask(fd);
}

static void check(int fd, char **bridges)
{
	tree(fd);
	fdb(fd, bridges[0]);
	fdb(fd, bridges[1]);
}

/* The ports of a bridge, the VLANs of all ports and their options, and VLAN
 * devices. */
static void trace(int fd, const char *bridge)
{
	const uint32_t mask = RTEXT_FILTER_SKIP_STATS;
	const uint32_t vlans = RTEXT_FILTER_BRVLAN_COMPRESSED |
			       RTEXT_FILTER_SKIP_STATS;
	const uint32_t master = if_nametoindex(bridge);
	struct ifinfomsg *link;
	struct br_vlan_msg *vlan;

	if (!master)
		die(bridge);
	begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	put(IFLA_EXT_MASK, &mask, sizeof(mask));
	put(IFLA_MASTER, &master, sizeof(master));
	ask(fd);
	link = begin(RTM_GETLINK, NLM_F_DUMP, sizeof(*link));
	link->ifi_family = AF_BRIDGE;
	put(IFLA_EXT_MASK, &vlans, sizeof(vlans));
	ask(fd);
	vlan = begin(RTM_GETVLAN, NLM_F_DUMP, sizeof(*vlan));
	vlan->family = AF_BRIDGE;
	ask(fd);
	kind(fd, "vlan");
}

/* Uses the ioctl, which needs the fewest system calls. */
static void vlan(int fd, const char *parent, const char *vid)
{
	struct vlan_ioctl_args args = {
		.cmd = ADD_VLAN_CMD,
		.u.VID = atoi(vid),
	};

	strncpy(args.device1, parent, sizeof(args.device1) - 1);
	if (ioctl(fd, SIOCSIFVLAN, &args) < 0)
		die(parent);
}

/* Adds VLANs 2 to 4094 to a port. */
static void vlans(int fd, const char *port)
{
	static const struct bridge_vlan_info range[] = {
		{ BRIDGE_VLAN_INFO_RANGE_BEGIN, 2 },
		{ BRIDGE_VLAN_INFO_RANGE_END, 4094 },
	};
	struct ifinfomsg *link = begin(RTM_SETLINK, NLM_F_ACK, sizeof(*link));
	struct rtattr *spec;

	link->ifi_family = AF_BRIDGE;
	link->ifi_index = (int)if_nametoindex(port);
	spec = put(IFLA_AF_SPEC, NULL, 0);
	for (int i = 0; i < 2; i++)
		put(IFLA_BRIDGE_VLAN_INFO, &range[i], sizeof(range[i]));
	end(spec);
	ask(fd);
}

int main(int argc, char **argv)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int on = 1;

	if (fd < 0)
		die("socket");
	/* Without this option, the kernel does not filter the FDB by bridge. */
	setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	if (argc == 2 && strcmp(argv[1], "links") == 0)
		links(fd);
	else if (argc == 2 && strcmp(argv[1], "tree") == 0)
		tree(fd);
	else if (argc == 2 && strcmp(argv[1], "stats") == 0)
		stats(fd, 0);
	else if (argc == 3 && strcmp(argv[1], "stats") == 0)
		stats(fd, strcmp(argv[2], "all") == 0);
	else if (argc == 3 && strcmp(argv[1], "fdb") == 0)
		fdb(fd, argv[2]);
	else if (argc == 3 && strcmp(argv[1], "trace") == 0)
		trace(fd, argv[2]);
	else if (argc == 3 && strcmp(argv[1], "reach") == 0) {
		trace(fd, argv[2]);
		fdb(fd, argv[2]);
	} else if (argc == 4 && strcmp(argv[1], "check") == 0)
		check(fd, argv + 2);
	else if (argc == 4 && strcmp(argv[1], "vlan") == 0)
		vlan(fd, argv[2], argv[3]);
	else if (argc > 2 && strcmp(argv[1], "vlans") == 0)
		for (int i = 2; i < argc; i++)
			vlans(fd, argv[i]);
	else
		return EXIT_FAILURE;
	close(fd);
	return EXIT_SUCCESS;
}
