/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The transport to the running kernel, with system calls that fail: the errno
 * is returned, and no file descriptor is leaked. */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/transport.h"
#include "vbridge.h"

/* The linker replaces these in the library (--wrap). */
static int socket_error, setsockopt_error, recvmsg_error;
static int setns_errors[2];
static unsigned int setns_calls;
/* So many of the next datagrams come from another process. */
static unsigned int strangers;
static int recvmsg_flags;
/* So many of the next calls of recvmsg() return EAGAIN. */
static unsigned int recvmsg_waits;

int __real_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol);
int __wrap_setns(int fd, int type);
int __real_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t len);
int __wrap_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t len);
ssize_t __wrap_recvmsg(int fd, struct msghdr *head, int flags);

static int fail_with(int error)
{
	errno = error;
	return -1;
}

int __wrap_socket(int domain, int type, int protocol)
{
	assert_int_equal(domain, AF_NETLINK);
	assert_true(type & SOCK_CLOEXEC);
	assert_int_equal(protocol, NETLINK_ROUTE);
	return socket_error ? fail_with(socket_error)
			    : __real_socket(domain, type, protocol);
}

int __wrap_setns(int fd, int type)
{
	int error;

	assert_true(fd >= 0);
	assert_int_equal(type, 0x40000000); /* CLONE_NEWNET */
	assert_in_range(setns_calls, 0, 1);
	error = setns_errors[setns_calls++];
	return error ? fail_with(error) : 0;
}

int __wrap_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t len)
{
	return setsockopt_error
		       ? fail_with(setsockopt_error)
		       : __real_setsockopt(fd, level, name, value, len);
}

/* "ok" from another process first, then "yes" from the kernel. */
ssize_t __wrap_recvmsg(int fd, struct msghdr *head, int flags)
{
	struct sockaddr_nl from = { .nl_family = AF_NETLINK };
	const char *bytes = strangers ? "ok" : "yes";

	assert_int_equal(fd, 4711);
	assert_int_equal(flags, 0);
	assert_int_equal(head->msg_namelen, sizeof(from));
	assert_int_equal(head->msg_iovlen, 1);
	if (recvmsg_error)
		return fail_with(recvmsg_error);
	if (recvmsg_waits) {
		recvmsg_waits--;
		return fail_with(EAGAIN);
	}
	from.nl_pid = strangers ? strangers-- : 0;
	memcpy(head->msg_name, &from, sizeof(from));
	memcpy(head->msg_iov[0].iov_base, bytes, strlen(bytes) + 1);
	head->msg_flags = strangers ? 0 : recvmsg_flags;
	return (ssize_t)strlen(bytes) + 1;
}

static int setup(void **state)
{
	(void)state;
	socket_error = 0;
	setsockopt_error = 0;
	recvmsg_error = 0;
	recvmsg_flags = 0;
	recvmsg_waits = 0;
	strangers = 0;
	setns_calls = 0;
	memset(setns_errors, 0, sizeof(setns_errors));
	return 0;
}

/* The number must be the same before and after. */
static int open_fds(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void cannot_open(const char *netns, int error)
{
	struct vbr_ctx *ctx = (void *)&socket_error;
	int before = open_fds();

	assert_int_equal(vbr_ctx_new(netns, &ctx), error);
	assert_ptr_equal(ctx, &socket_error);
	assert_int_equal(open_fds(), before);
}

static void no_socket(void **state)
{
	static const int errors[] = { EPROTONOSUPPORT, EMFILE, ENFILE, ENOMEM,
				      EAFNOSUPPORT };

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		socket_error = errors[i];
		cannot_open(NULL, -errors[i]);
		setns_calls = 0;
		cannot_open("/proc/self/ns/net", -errors[i]);
		assert_int_equal(setns_calls, 2);
	}
}

static void no_namespace(void **state)
{
	static const struct {
		const char *netns;
		int error;
	} rows[] = {
		{ "", -ENOENT },
		{ ".", -ENOENT },
		{ "..", -ENOENT },
		{ "vbridge-no-such", -ENOENT },
		{ "/nowhere/at/all", -ENOENT },
		{ "./nowhere", -ENOENT },
		{ "0", -ENOENT },
		{ "99999999", -ENOENT },
		{ "99999999999999999999999", -ENOENT },
		{ "1x", -ENOENT },
		{ "-1", -ENOENT },
		{ " 1", -ENOENT },
		{ "/dev/null/x", -ENOTDIR },
	};
	char longest[5000];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		cannot_open(rows[i].netns, rows[i].error);
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	cannot_open(longest, -ENAMETOOLONG);
	longest[0] = '/';
	cannot_open(longest, -ENAMETOOLONG);
	assert_int_equal(setns_calls, 0);
}

/* The thread cannot enter the namespace, or cannot return from it. */
static void setns_fails(void **state)
{
	(void)state;
	setns_errors[0] = EPERM;
	cannot_open("/proc/self/ns/net", -EPERM);
	assert_int_equal(setns_calls, 1);
	setup(NULL);
	setns_errors[0] = EINVAL;
	cannot_open("/dev/null", -EINVAL);
	assert_int_equal(setns_calls, 1);
	setup(NULL);
	setns_errors[1] = EPERM;
	cannot_open("/proc/self/ns/net", -EPERM);
	assert_int_equal(setns_calls, 2);
	/* Of two errors, the one of the return is reported. */
	setup(NULL);
	setns_errors[1] = EINVAL;
	socket_error = EMFILE;
	cannot_open("/proc/self/ns/net", -EINVAL);
}

static void namespaces(void **state)
{
	char pid[16];
	const char *const names[] = { "/proc/self/ns/net", pid };

	(void)state;
	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	for (size_t i = 0; i < COUNT(names); i++) {
		struct vbr_ctx *ctx;
		int before = open_fds();

		setup(NULL);
		assert_int_equal(vbr_ctx_new(names[i], &ctx), 0);
		assert_int_equal(setns_calls, 2);
		/* Only the socket. */
		assert_int_equal(open_fds(), before + 1);
		assert_null(vbr_ctx_unref(ctx));
		assert_int_equal(open_fds(), before);
	}
}

static void old_kernel(void **state)
{
	struct vbr_ctx *ctx;

	(void)state;
	setsockopt_error = ENOPROTOOPT;
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	vbr_ctx_unref(ctx);
}

static void receives(void **state)
{
	struct kernel_socket socket = { .fd = 4711 };
	char bytes[16] = "";

	(void)state;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), 4);
	assert_string_equal(bytes, "yes");
	/* Datagrams of other processes are dropped. */
	strangers = 3;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), 4);
	assert_string_equal(bytes, "yes");
	assert_int_equal(strangers, 0);

	recvmsg_flags = MSG_TRUNC;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16),
			 -EMSGSIZE);
	recvmsg_error = ENOBUFS;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16),
			 -ENOBUFS);
	recvmsg_error = EINTR;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), -EINTR);
}

/* The library's own sockets block, so EAGAIN is an error. On an external socket
 * that does not block, the library waits. */
static void waits(void **state)
{
	struct kernel_socket socket = { .fd = 4711 };
	char bytes[16] = "";

	(void)state;
	recvmsg_waits = 1;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), -EAGAIN);
	assert_int_equal(recvmsg_waits, 0);
	socket.is_external = true;
	recvmsg_waits = 3;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), 4);
	assert_int_equal(recvmsg_waits, 0);
	recvmsg_error = EINTR;
	assert_int_equal(kernel_transport.receive(&socket, bytes, 16), -EINTR);
}

static void bad_descriptor(void **state)
{
	struct kernel_socket socket = { .fd = -1 };

	(void)state;
	assert_int_equal(kernel_transport.send(&socket, "x", 1), -EBADF);
	assert_int_equal(kernel_transport.ioctl(&socket, 0, NULL), -EBADF);
}

/* The process has closed its standard streams. The socket must not get one of
 * their numbers: output would go to the kernel. */
static int without_streams(void)
{
	struct vbr_ctx *ctx;

	for (int fd = 0; fd < 3; fd++)
		close(fd);
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return 2;
	if (fcntl(3, F_GETFD) != FD_CLOEXEC)
		return 3;
	vbr_ctx_unref(ctx);
	return fcntl(3, F_GETFD) >= 0 ? 4 : 0;
}

static void closed_streams(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	assert_return_code(child, errno);
	if (child == 0) {
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		_exit(without_streams());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* The socket is replaced, and pending replies are dropped. */
static void resets(void **state)
{
	struct kernel_socket socket;
	int before = open_fds();

	(void)state;
	assert_int_equal(kernel_open(-1, &socket), 0);
	assert_int_equal(open_fds(), before + 1);
	assert_int_equal(kernel_transport.reset(&socket), 0);
	assert_int_equal(open_fds(), before + 1);
	assert_true(fcntl(socket.fd, F_GETFD) >= 0);
	socket_error = EMFILE;
	assert_int_equal(kernel_transport.reset(&socket), -EMFILE);
	/* The number of the old socket must not be kept: it may be reused. */
	assert_int_equal(socket.fd, -1);
	assert_int_equal(open_fds(), before);
	assert_int_equal(kernel_transport.send(&socket, "x", 1), -EBADF);
	kernel_transport.close(&socket);
	/* For another namespace, the library needs the old socket, which is
	 * closed. */
	socket.foreign_netns = true;
	assert_int_equal(kernel_transport.reset(&socket), -EBADF);
	assert_int_equal(setns_calls, 0);
}

static void reads_files(void **state)
{
	struct kernel_socket socket = { .fd = -1 };
	char text[8] = "before";
	int before = open_fds();

	(void)state;
	assert_int_equal(kernel_transport.read_file(&socket, "/nowhere", text,
						    sizeof(text)),
			 -ENOENT);
	assert_int_equal(kernel_transport.read_file(&socket, "/", text,
						    sizeof(text)),
			 -EISDIR);
	assert_string_equal(text, "before");
	assert_int_equal(kernel_transport.read_file(&socket, "/dev/null", text,
						    sizeof(text)),
			 0);
	assert_string_equal(text, "");
	/* As much as fits into the buffer, with NUL. */
	assert_int_equal(kernel_transport.read_file(&socket,
						    "/proc/self/status", text,
						    sizeof(text)),
			 0);
	assert_memory_equal(text, "Name:\t", 6);
	assert_int_equal(strlen(text), 7);
	socket.foreign_netns = true;
	assert_int_equal(kernel_transport.read_file(&socket, "/dev/null", text,
						    sizeof(text)),
			 -EBADF);
	assert_int_equal(open_fds(), before);
}

static void references(void **state)
{
	struct vbr_ctx *ctx;
	int before = open_fds();

	(void)state;
	assert_int_equal(vbr_ctx_new(NULL, &ctx), 0);
	assert_string_equal(vbr_ctx_error(ctx), "");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));
	assert_ptr_equal(vbr_ctx_ref(ctx), ctx);
	assert_null(vbr_ctx_unref(ctx));
	/* The context still works. */
	assert_int_equal(open_fds(), before + 1);
	assert_string_equal(vbr_ctx_error(ctx), "");
	assert_null(vbr_ctx_unref(ctx));
	assert_int_equal(open_fds(), before);
	assert_null(vbr_ctx_unref(NULL));
	assert_null(vbr_ctx_ref(NULL));
}

static void version(void **state)
{
	unsigned int a, b, c;
	char rest;

	(void)state;
	assert_int_equal(sscanf(vbr_version(), "%u.%u.%u%c", &a, &b, &c, &rest),
			 3);
	assert_string_equal(vbr_version(), VBR_VERSION);
	assert_int_equal(VBR_VERSION_NUMBER, a * 10000 + b * 100 + c);
}

#define SETUP(sentence, function) \
	{ \
		(sentence), (function), setup, NULL, NULL \
	}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		SETUP("an error of socket() is returned", no_socket),
		SETUP("an error for a missing namespace is returned",
		      no_namespace),
		SETUP("errors of setns() are returned", setns_fails),
		SETUP("a namespace is entered and left; a socket remains",
		      namespaces),
		SETUP("newer socket options are optional", old_kernel),
		SETUP("only complete datagrams of the kernel are received",
		      receives),
		SETUP("on a non-blocking socket, the library waits", waits),
		SETUP("a closed socket is EBADF", bad_descriptor),
		SETUP("the socket is never a standard stream", closed_streams),
		SETUP("a reset replaces the socket", resets),
		SETUP("the start of a file is read", reads_files),
		SETUP("the last reference closes the context", references),
		SETUP("the version has three numbers", version),
	};

	return run_all(tests);
}
