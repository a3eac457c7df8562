/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Abstract Unix sockets: a network namespace has one of each name, as long as a
 * process has it open. */

#include "config.h"

#include "sys/door.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "sys/abstract.h"
#include "sys/netns.h"

static int open_socket(const struct kernel_socket *kernel, int *ret_fd)
{
	int netns, rc = kernel_netns(kernel, &netns);

	if (rc < 0)
		return rc;
	rc = netns_socket(netns, AF_UNIX, SOCK_STREAM, 0, ret_fd);
	if (netns >= 0)
		close(netns);
	return rc;
}

/* bind() or connect(). */
typedef int act_fn(int fd, const struct sockaddr *address, socklen_t len);

static int open_and(act_fn *act, const struct kernel_socket *kernel,
		    const char *name, int *ret_fd)
{
	static const struct timeval patience = { .tv_sec = 2 };
	struct sockaddr_un address;
	socklen_t len = abstract_address(name, &address);
	int fd, rc = open_socket(kernel, &fd);

	if (rc < 0)
		return rc;
	/* The process that has the name may not accept connections. */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (act(fd, (const struct sockaddr *)&address, len) < 0) {
		rc = -errno;
		close(fd);
		return rc;
	}
	*ret_fd = fd;
	return 0;
}

int door_open(const struct kernel_socket *socket, const char *name, int *ret_fd)
{
	return open_and(bind, socket, name, ret_fd);
}

int door_listen(int door)
{
	return listen(door, SOMAXCONN) < 0 ? -errno : 0;
}

int door_connect(const struct kernel_socket *socket, const char *name,
		 int *ret_fd)
{
	return open_and(connect, socket, name, ret_fd);
}

int door_user(int connection, uid_t *ret_user)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &len) < 0)
		return -errno;
	*ret_user = peer.uid;
	return 0;
}
