/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Abstract Unix sockets: a network namespace has one of each name, as long as a
 * process has it open. */

#include "config.h"

#include "sys/door.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "sys/descriptor.h"
#include "sys/netns.h"

struct attempt {
	const char *name;
	int (*act)(int fd, const struct sockaddr *address, socklen_t len);
	int fd;
};

/* Runs in the namespace. */
static int try(void *data)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	static const struct timeval patience = { .tv_sec = 2 };
	struct attempt *attempt = data;
	size_t len = strlen(attempt->name);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0)
		fd = avoid_standard_streams(fd);
	if (fd < 0)
		return -errno;
	/* The first byte of an abstract name is NUL. */
	memcpy(address.sun_path + 1, attempt->name, len);
	len += offsetof(struct sockaddr_un, sun_path) + 1;
	/* Who has the name may accept nobody. */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (attempt->act(fd, (const struct sockaddr *)&address,
			 (socklen_t)len) < 0) {
		int rc = -errno;

		close(fd);
		return rc;
	}
	attempt->fd = fd;
	return 0;
}

static int try_there(const struct kernel_socket *socket,
		     struct attempt *attempt, int *ret_fd)
{
	int netns, rc = kernel_netns(socket, &netns);

	if (rc < 0)
		return rc;
	rc = netns < 0 ? try(attempt) : netns_call(netns, try, attempt);
	if (netns >= 0)
		close(netns);
	if (rc == 0)
		*ret_fd = attempt->fd;
	return rc;
}

int door_open(const struct kernel_socket *socket, const char *name, int *ret_fd)
{
	struct attempt attempt = { name, bind, -1 };

	return try_there(socket, &attempt, ret_fd);
}

int door_listen(int door)
{
	return listen(door, SOMAXCONN) < 0 ? -errno : 0;
}

int door_connect(const struct kernel_socket *socket, const char *name,
		 int *ret_fd)
{
	struct attempt attempt = { name, connect, -1 };

	return try_there(socket, &attempt, ret_fd);
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
