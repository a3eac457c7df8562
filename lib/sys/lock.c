/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A lock is the name of an abstract Unix socket: the kernel keeps these names
 * per network namespace, needs neither a file system nor privileges for them,
 * and releases them when the process ends. Whoever waits has a connection to the
 * owner, which ends with the lock.
 */

#include "config.h"

#include "sys/lock.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "sys/abstract.h"
#include "sys/netns.h"

/* Between bind() and listen() nobody can connect, nor if too many wait. */
#define RETRY_MS 10

/* An owner with whom nobody can connect for longer has no lock. */
#define DEAF_MS 1000

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until the other end is closed, or if there is no owner, returns. */
static void wait_for(int fd, int64_t deadline, bool is_connected)
{
	struct pollfd ready = { .fd = is_connected ? fd : -1,
				.events = POLLIN };
	int64_t left = deadline - now_ms();

	if (!is_connected && left > RETRY_MS)
		left = RETRY_MS;
	if (left > 0)
		poll(&ready, 1, (int)left);
}

/*
 * Everybody may take the name. Only processes of root and of the same user are
 * waited for, so that other users cannot block this one.
 */
static bool is_foreign(int fd, struct lock *lock)
{
	struct ucred owner;
	socklen_t size = sizeof(owner);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &owner, &size) < 0)
		return false;
	lock->process = (int)owner.pid;
	return owner.uid != 0 && owner.uid != geteuid();
}

/* Returns 1 if the lock may be free now, 0 if it does not matter, or a negative
 * errno. */
static int wait_for_owner(int fd, struct lock *lock,
			  const struct sockaddr_un *address, socklen_t len,
			  int64_t deadline)
{
	int rc = connect(fd, (const struct sockaddr *)address, len);

	/* It is a socket of another type. */
	if (rc < 0 && errno == EPROTOTYPE)
		return 0;
	if (rc < 0 && errno != ECONNREFUSED && errno != EAGAIN &&
	    errno != EINTR)
		return -errno;
	if (rc == 0 && is_foreign(fd, lock))
		return 0;
	/* A process that really has the lock listens at once. */
	if (rc < 0 && now_ms() - (deadline - lock->timeout) > DEAF_MS)
		return 0;
	if (now_ms() >= deadline)
		return -EBUSY;
	wait_for(fd, deadline, rc == 0);
	return 1;
}

/* As wait_for_owner(), or takes the lock. */
static int try(int netns, struct lock *lock, int64_t deadline)
{
	struct sockaddr_un address;
	socklen_t len = abstract_address(lock->name, &address);
	int fd = -1, rc = netns_socket(netns, AF_UNIX,
				       SOCK_STREAM | SOCK_NONBLOCK, 0, &fd);

	if (rc < 0)
		goto close_fd;
	if (bind(fd, (const struct sockaddr *)&address, len) == 0 &&
	    listen(fd, SOMAXCONN) == 0) {
		lock->fd = fd;
		return 0;
	}
	rc = -errno;
	if (rc == -EADDRINUSE)
		rc = wait_for_owner(fd, lock, &address, len, deadline);
close_fd:
	if (fd >= 0)
		close(fd);
	return rc;
}

int lock_take(int netns, struct lock *lock)
{
	int64_t deadline = now_ms() + lock->timeout;
	int rc;

	lock->fd = -1;
	lock->process = 0;
	do
		rc = try(netns, lock, deadline);
	while (rc == 1);
	return rc == -EAFNOSUPPORT ? 0 : rc;
}

void lock_release(struct lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
