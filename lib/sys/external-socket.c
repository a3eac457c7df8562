/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks a socket that the caller opened: whether it can send requests, and
 * which namespace it is in. */

#include "config.h"

#include "sys/external-socket.h"

#include <errno.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <sys/socket.h>

#include "sys/netns.h"
#include "sys/transport.h"

/* More groups than the kernel has: 36 in Linux 6.1. */
#define GROUPS 1024
#define GROUPS_A_WORD 32

static int read_option(int fd, int name, int *ret_value)
{
	socklen_t len = sizeof(*ret_value);

	return getsockopt(fd, SOL_SOCKET, name, ret_value, &len) < 0 ? -errno
								     : 0;
}

static int check_protocol(int fd)
{
	int domain = 0, protocol = 0, rc;

	rc = read_option(fd, SO_DOMAIN, &domain);
	if (rc == 0)
		rc = read_option(fd, SO_PROTOCOL, &protocol);
	if (rc < 0)
		return rc;
	return domain == AF_NETLINK && protocol == NETLINK_ROUTE ? 0
								 : -EPROTOTYPE;
}

/* The messages of a connected socket go to its peer. */
static int check_peer(int fd)
{
	struct sockaddr_nl peer = { 0 };
	socklen_t len = sizeof(peer);

	if (getpeername(fd, (struct sockaddr *)&peer, &len) < 0)
		return -errno;
	return peer.nl_pid || peer.nl_groups ? -EISCONN : 0;
}

/* A request skips messages that are not its answer, so notifications would be
 * lost. */
static int check_groups(int fd)
{
	uint32_t groups[GROUPS / GROUPS_A_WORD] = { 0 };
	socklen_t len = sizeof(groups);

	if (getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, groups,
		       &len) < 0)
		return -errno;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (groups[i])
			return -EBUSY;
	return 0;
}

int kernel_open_external(int fd, struct kernel_socket *ret_socket)
{
	int rc = check_protocol(fd);

	if (rc == 0)
		rc = check_peer(fd);
	if (rc == 0)
		rc = check_groups(fd);
	if (rc < 0)
		return rc;
	*ret_socket = (struct kernel_socket){
		.fd = fd,
		.is_external = true,
		.foreign_netns = netns_has(fd) != 1,
	};
	return 0;
}
