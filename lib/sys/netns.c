/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Opens network namespaces, and enters them with the calling thread only. */

#include "config.h"

#include "sys/netns.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/netlink.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/descriptor.h"

static int open_path(const char *path, int *ret_fd)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return -errno;
	*ret_fd = fd;
	return 0;
}

static int open_in(const char *format, const char *name, int *ret_fd)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), format, name);

	if ((size_t)len >= sizeof(path))
		return -ENAMETOOLONG;
	return open_path(path, ret_fd);
}

/* A path, a name as in "ip netns", or, if there is no such name, a process
 * id. */
int netns_open(const char *name, int *ret_fd)
{
	int rc;

	if (strchr(name, '/'))
		return open_path(name, ret_fd);
	if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return -ENOENT;
	rc = open_in("/run/netns/%s", name, ret_fd);
	if (rc == -ENOENT && name[strspn(name, "0123456789")] == '\0')
		rc = open_in("/proc/%s/ns/net", name, ret_fd);
	return rc;
}

static int each_entry(const char *bytes, size_t len,
		      int (*function)(void *data, const char *name), void *data)
{
	const struct dirent64 *entry;
	int rc = 0;

	for (size_t at = 0; rc == 0 && at < len; at += entry->d_reclen) {
		entry = (const struct dirent64 *)(bytes + at);
		if (entry->d_name[0] != '.')
			rc = function(data, entry->d_name);
	}
	return rc;
}

/*
 * Not readdir(), which needs memory, and is not safe if another thread reads
 * the directory. Usually nobody has made the folder yet.
 */
int netns_foreach_name(int (*function)(void *data, const char *name),
		       void *data)
{
	_Alignas(struct dirent64) char bytes[4096];
	int fd = open("/run/netns", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = 0;

	while (fd >= 0 && rc == 0) {
		ssize_t len = getdents64(fd, bytes, sizeof(bytes));

		if (len <= 0)
			break;
		rc = each_entry(bytes, (size_t)len, function, data);
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

/*
 * Moves the thread into the namespace, calls the function, and moves the thread
 * back. If it cannot move back, the thread stays there, and that error is
 * returned, whatever the function returned.
 */
int netns_call(int netns, int (*function)(void *), void *data)
{
	int home = -1, rc;

	rc = open_path("/proc/thread-self/ns/net", &home);
	if (rc < 0)
		return rc;
	if (setns(netns, CLONE_NEWNET) < 0) {
		rc = -errno;
		goto close_home;
	}
	rc = function(data);
	if (setns(home, CLONE_NEWNET) < 0)
		rc = -errno;
close_home:
	close(home);
	return rc;
}

/* The words of a call of socket(), and its result. */
struct new_socket {
	int family, type, protocol;
	int fd;
};

static int call_socket(void *data)
{
	struct new_socket *opened = data;

	opened->fd = socket(opened->family, opened->type | SOCK_CLOEXEC,
			    opened->protocol);
	if (opened->fd >= 0)
		opened->fd = avoid_standard_streams(opened->fd);
	return opened->fd < 0 ? -errno : 0;
}

int netns_socket(int netns, int family, int type, int protocol, int *ret_fd)
{
	struct new_socket opened = { family, type, protocol, -1 };
	int rc = netns < 0 ? call_socket(&opened)
			   : netns_call(netns, call_socket, &opened);

	if (rc < 0 && opened.fd >= 0)
		close(opened.fd);
	if (rc == 0)
		*ret_fd = opened.fd;
	return rc;
}

#ifdef SO_NETNS_COOKIE

/* SO_NETNS_COOKIE needs Linux 5.14, but no privileges. */
int netns_cookie(int fd, uint64_t *ret_cookie)
{
	socklen_t len = sizeof(*ret_cookie);

	return getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, ret_cookie, &len) < 0
		       ? -errno
		       : 0;
}

int netns_has(int fd)
{
	int own = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	uint64_t its, ours;
	int rc = -1;

	if (own < 0)
		return -1;
	if (netns_cookie(fd, &its) == 0 && netns_cookie(own, &ours) == 0)
		rc = its == ours;
	close(own);
	return rc;
}

#else

int netns_cookie(int fd, uint64_t *ret_cookie)
{
	(void)fd;
	(void)ret_cookie;
	return -ENOPROTOOPT;
}

int netns_has(int fd)
{
	(void)fd;
	return -1;
}

#endif
