/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The transport to the running kernel: one rtnetlink socket. */

#include "config.h"

#include "sys/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/descriptor.h"
#include "sys/lock.h"
#include "sys/netns.h"

/*
 * Old kernels lack some of these. Everything works without them, but is slower
 * and has shorter error messages. NO_ENOBUFS is off on new sockets. If it is
 * on, an answer for which there is no room is lost silently, and a read waits
 * forever.
 */
static const struct {
	int name, value;
} socket_options[] = {
	{ NETLINK_EXT_ACK, 1 },
	{ NETLINK_GET_STRICT_CHK, 1 },
	{ NETLINK_NO_ENOBUFS, 0 },
};

#define SOCKET_OPTIONS (sizeof(socket_options) / sizeof(socket_options[0]))

static void set_socket_options(int fd, size_t count)
{
	for (size_t i = 0; i < count; i++)
		setsockopt(fd, SOL_NETLINK, socket_options[i].name,
			   &socket_options[i].value,
			   sizeof(socket_options[i].value));
}

/*
 * Sets the options only during send(): the kernel uses them while it processes
 * the request, before send() returns. Strict checks would refuse some requests
 * of the socket's owner.
 */
static int send_external(int fd, const void *bytes, size_t len)
{
	int was[SOCKET_OPTIONS], rc;

	for (size_t i = 0; i < SOCKET_OPTIONS; i++) {
		socklen_t size = sizeof(was[i]);

		if (getsockopt(fd, SOL_NETLINK, socket_options[i].name, &was[i],
			       &size) < 0)
			was[i] = 0;
	}
	set_socket_options(fd, SOCKET_OPTIONS);
	rc = send(fd, bytes, len, 0) < 0 ? -errno : 0;
	for (size_t i = 0; i < SOCKET_OPTIONS; i++)
		setsockopt(fd, SOL_NETLINK, socket_options[i].name, &was[i],
			   sizeof(was[i]));
	return rc;
}

static int kernel_send(void *data, const void *bytes, size_t len)
{
	struct kernel_socket *socket = data;

	if (socket->is_external)
		return send_external(socket->fd, bytes, len);
	/* Set late, because ioctls do not need these options. */
	if (!socket->is_used)
		set_socket_options(socket->fd, SOCKET_OPTIONS - 1);
	socket->is_used = true;
	return send(socket->fd, bytes, len, 0) < 0 ? -errno : 0;
}

/* Waits for the answer, even if the caller's socket is non-blocking. */
static ssize_t receive_external(int fd, struct msghdr *head)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	ssize_t len;

	do
		len = recvmsg(fd, head, 0);
	while (len < 0 && errno == EAGAIN && poll(&ready, 1, -1) >= 0);
	return len;
}

/* Privileged processes can send to this socket too: accepts only the kernel. */
static ssize_t kernel_receive(void *data, void *bytes, size_t size)
{
	const struct kernel_socket *socket = data;
	struct sockaddr_nl from = { 0 };
	struct iovec room = { .iov_base = bytes, .iov_len = size };
	struct msghdr head = { .msg_iov = &room, .msg_iovlen = 1 };
	ssize_t len;

	do {
		head.msg_name = &from;
		head.msg_namelen = sizeof(from);
		len = socket->is_external ? receive_external(socket->fd, &head)
					  : recvmsg(socket->fd, &head, 0);
		if (len < 0)
			return -errno;
	} while (from.nl_pid != 0);
	return head.msg_flags & MSG_TRUNC ? -EMSGSIZE : len;
}

static int kernel_ioctl(void *data, unsigned long request, void *argument)
{
	const struct kernel_socket *socket = data;

	return ioctl(socket->fd, request, argument) < 0 ? -errno : 0;
}

/* A file to read or write, maybe in another network namespace. */
struct file_access {
	const char *path;
	char *text;
	size_t size;
};

static int read_file(void *data)
{
	struct file_access *access = data;
	int fd = open(access->path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return -errno;
	len = read(fd, access->text, access->size - 1);
	if (len < 0)
		len = -errno;
	else
		access->text[len] = '\0';
	close(fd);
	return len < 0 ? (int)len : 0;
}

static int write_file(void *data)
{
	const struct file_access *access = data;
	int fd = open(access->path, O_WRONLY | O_CLOEXEC);
	int rc = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, access->text, access->size) < 0)
		rc = -errno;
	close(fd);
	return rc;
}

/* The thread may have left the namespace in which the socket is. */
static bool in_foreign_netns(const struct kernel_socket *socket)
{
	return socket->foreign_netns || netns_has(socket->fd) == 0;
}

/* Runs in the socket's namespace: /proc shows the namespace of whoever opens a
 * file. /sys shows that of whoever mounted it. */
static int access_file(const struct kernel_socket *socket,
		       int (*function)(void *), struct file_access *access)
{
	int netns, rc;

	if (strncmp(access->path, "/sys/", strlen("/sys/")) == 0 ||
	    !in_foreign_netns(socket))
		return function(access);
	netns = ioctl(socket->fd, SIOCGSKNS);
	if (netns < 0)
		return -errno;
	rc = netns_call(netns, function, access);
	close(netns);
	return rc;
}

static int kernel_read_file(void *data, const char *path, char *ret_text,
			    size_t size)
{
	struct file_access access = { path, ret_text, size };

	return access_file(data, read_file, &access);
}

static int kernel_write_file(void *data, const char *path, const char *text)
{
	struct file_access access = { path, (char *)text, strlen(text) };

	return access_file(data, write_file, &access);
}

static void kernel_close(void *data)
{
	struct kernel_socket *socket = data;

	if (!socket->is_external)
		close(socket->fd);
}

/* No bind(): the kernel assigns an address at the first use. */
static int open_here(void *data)
{
	struct kernel_socket *opened = data;
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, opened->protocol);
	if (fd >= 0)
		fd = avoid_standard_streams(fd);
	if (fd < 0)
		return -errno;
	opened->fd = fd;
	opened->is_used = false;
	return 0;
}

int kernel_netns(const struct kernel_socket *socket, int *ret_fd)
{
	int fd = -1;

	if (in_foreign_netns(socket)) {
		fd = ioctl(socket->fd, SIOCGSKNS);
		if (fd < 0)
			return -errno;
	}
	*ret_fd = fd;
	return 0;
}

static int kernel_lock(void *data, struct lock *lock)
{
	int netns = -1, rc;

	rc = kernel_netns(data, &netns);
	if (rc < 0)
		return rc;
	rc = lock_take(netns, lock);
	if (netns >= 0)
		close(netns);
	return rc;
}

static int kernel_open_socket(void *data, int family, int type, int protocol)
{
	int netns = -1, fd, rc = kernel_netns(data, &netns);

	if (rc < 0)
		return rc;
	rc = netns_socket(netns, family, type, protocol, &fd);
	if (netns >= 0)
		close(netns);
	return rc < 0 ? rc : fd;
}

/* The kernel produces a dump while it is read, so this ends a dump too. */
static int drain(int fd)
{
	ssize_t len;
	char byte;

	do
		len = recv(fd, &byte, sizeof(byte), MSG_DONTWAIT | MSG_TRUNC);
	while (len >= 0 || errno == EINTR || errno == ENOBUFS);
	return errno == EAGAIN ? 0 : -errno;
}

/* Replaces the socket by a new one in the same namespace. */
static int kernel_reset(void *data)
{
	struct kernel_socket *socket = data;
	int netns = -1, rc;

	if (socket->is_external)
		return drain(socket->fd);
	rc = kernel_netns(socket, &netns);
	if (rc < 0)
		return rc;
	close(socket->fd);
	socket->fd = -1;
	rc = netns < 0 ? open_here(socket)
		       : netns_call(netns, open_here, socket);
	if (netns >= 0)
		close(netns);
	return rc;
}

static int open_socket(int netns, int protocol,
		       struct kernel_socket *ret_socket)
{
	struct kernel_socket socket = { .fd = -1,
					.protocol = protocol,
					.foreign_netns = netns >= 0 };
	int rc;

	rc = netns < 0 ? open_here(&socket)
		       : netns_call(netns, open_here, &socket);
	if (rc < 0) {
		if (socket.fd >= 0)
			close(socket.fd);
		return rc;
	}
	*ret_socket = socket;
	return 0;
}

int kernel_open(int netns, struct kernel_socket *ret_socket)
{
	return open_socket(netns, NETLINK_ROUTE, ret_socket);
}

/* Many notifications may be waiting. To exceed the system's limit needs
 * CAP_NET_ADMIN. */
#define EVENTS_ROOM (8 * 1024 * 1024)

static int hear_groups(int fd, const unsigned int *groups, size_t count)
{
	const struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	const int room = EVENTS_ROOM;

	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) < 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	if (bind(fd, (const struct sockaddr *)&any, sizeof(any)) < 0)
		return -errno;
	for (size_t i = 0; i < count; i++)
		if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			       &groups[i], sizeof(groups[i])) < 0)
			return errno == EINVAL ? -EOPNOTSUPP : -errno;
	return 0;
}

/* Another socket in the same network namespace. */
static int open_beside(const void *data, int protocol,
		       struct kernel_socket *room)
{
	int netns = -1, rc;

	rc = kernel_netns(data, &netns);
	if (rc < 0)
		return rc;
	rc = open_socket(netns, protocol, room);
	if (netns >= 0)
		close(netns);
	return rc;
}

static int kernel_listen(void *data, const unsigned int *groups, size_t count,
			 struct kernel_socket *room, void **ret_data)
{
	int rc = open_beside(data, NETLINK_ROUTE, room);

	if (rc < 0)
		return rc;
	rc = hear_groups(room->fd, groups, count);
	if (rc < 0) {
		close(room->fd);
		return rc;
	}
	*ret_data = room;
	return 0;
}

static int kernel_open_netfilter(void *data, struct kernel_socket *room,
				 void **ret_data)
{
	int rc = open_beside(data, NETLINK_NETFILTER, room);

	if (rc == 0)
		*ret_data = room;
	return rc;
}

const struct transport kernel_transport = {
	.send = kernel_send,
	.receive = kernel_receive,
	.ioctl = kernel_ioctl,
	.read_file = kernel_read_file,
	.write_file = kernel_write_file,
	.listen = kernel_listen,
	.open_netfilter = kernel_open_netfilter,
	.lock = kernel_lock,
	.open_socket = kernel_open_socket,
	.reset = kernel_reset,
	.close = kernel_close,
};
