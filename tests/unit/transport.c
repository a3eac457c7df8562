/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The transport to the running kernel, with system calls that fail: what
 * fails is told by its errno, and no file descriptor is left open. */

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

/* The linker sends the library's calls here (--wrap). */
static int socket_error, setsockopt_error, recvmsg_error;
static int setns_errors[2];
static unsigned int setns_calls;
/* Whom the next datagrams come from, until it is 0. */
static unsigned int strangers;
static int recvmsg_flags;
/* How often there is nothing yet. */
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

/* "ok" from a process first, then "yes" from the kernel. */
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

/* The same before and after, or one leaks. */
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

/* The thread never left, or went and did not come back. */
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
	/* Of two errors the way back is the worse. */
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
		/* The socket, and nothing more. */
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
	/* What other processes send is not even looked at. */
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

/* Ours block where they should; a caller's may not. */
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

/* In a process whose standard streams are closed, the socket takes none of
 * their numbers, or what it prints would go to the kernel. */
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

/* A line that is dropped with all that is still to come. */
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
	/* It is no socket any more, least of all somebody else's. */
	assert_int_equal(socket.fd, -1);
	assert_int_equal(open_fds(), before);
	assert_int_equal(kernel_transport.send(&socket, "x", 1), -EBADF);
	kernel_transport.close(&socket);
	/* In another namespace: that is asked of the socket, which is none. */
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
	/* As much as there is room for, and a NUL. */
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
	/* Still open, and still of use. */
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
		SETUP("a socket that cannot be had is its errno", no_socket),
		SETUP("a namespace that is not there is its errno",
		      no_namespace),
		SETUP("a namespace that lets nobody in or out is its errno",
		      setns_fails),
		SETUP("a namespace is entered, left, and kept open by one socket",
		      namespaces),
		SETUP("a kernel without the newer socket options will do",
		      old_kernel),
		SETUP("only the kernel's datagrams are received, and whole",
		      receives),
		SETUP("an answer is waited for on a socket that does not wait",
		      waits),
		SETUP("a closed socket is EBADF", bad_descriptor),
		SETUP("the socket never takes a standard stream's number",
		      closed_streams),
		SETUP("a reset is a new socket, or none", resets),
		SETUP("the beginning of a file is read", reads_files),
		SETUP("the last reference closes the context", references),
		SETUP("the version is three numbers", version),
	};

	return run_all(tests);
}
