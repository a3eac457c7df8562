/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* port-libmnl BRIDGE PORT...: adds ports with libmnl in as few system calls as
 * possible: it looks up the bridge's index once, and none of the ports.
 * port-library is compared with this. */

#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>

static int add(struct mnl_socket *socket, unsigned int sequence,
	       unsigned int bridge, const char *port)
{
	char buffer[1024];
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);
	ssize_t len;

	msg->nlmsg_type = RTM_NEWLINK;
	msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	msg->nlmsg_seq = sequence;
	mnl_nlmsg_put_extra_header(msg, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(msg, IFLA_IFNAME, port);
	mnl_attr_put_u32(msg, IFLA_MASTER, bridge);
	if (mnl_socket_sendto(socket, msg, msg->nlmsg_len) < 0)
		return -1;
	len = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));
	if (len < 0)
		return -1;
	return mnl_cb_run(buffer, (size_t)len, sequence,
			  mnl_socket_get_portid(socket), NULL, NULL);
}

int main(int argc, char **argv)
{
	struct mnl_socket *socket = mnl_socket_open(NETLINK_ROUTE);
	unsigned int bridge;
	int rc = 0;

	if (!socket || argc < 2 ||
	    mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0)
		return 2;
	bridge = if_nametoindex(argv[1]);
	for (int i = 2; i < argc && rc >= 0; i++)
		rc = add(socket, (unsigned int)i, bridge, argv[i]);
	if (rc < 0)
		perror("port-libmnl");
	mnl_socket_close(socket);
	return rc < 0;
}
