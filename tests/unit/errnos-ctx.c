/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The errnos of functions that open sockets: paths that are not namespaces,
 * missing privileges and descriptors, kernels without rtnetlink. */

#include "unit/errnos.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "unit/old-kernel.h"

/* The linker replaces socket() in the library (--wrap). */
static int socket_error;

int __real_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol);

int __wrap_socket(int domain, int type, int protocol)
{
	if (!socket_error)
		return __real_socket(domain, type, protocol);
	errno = socket_error;
	return -1;
}

/* For GIVES(): these rows have no context. */
static const struct vbr_ctx *const ctx;

/* As created by the calls in the other tests. */
static void sentences(void **state)
{
	static const struct {
		const char *netns;
		int error;
		const char *expected;
	} rows[] = {
		{ "nope", -ENOENT,
		  "cannot enter the network namespace \"nope\": No such file "
		  "or directory; \"ip netns\" lists the names of namespaces" },
		{ "/no\n", -ENOENT,
		  "cannot enter the network namespace \"/no\\012\": No such "
		  "file or directory" },
		{ "blue", -EPERM,
		  "cannot enter the network namespace \"blue\": Operation not "
		  "permitted; this needs the capability CAP_SYS_ADMIN: try as "
		  "root" },
		{ "/dev/null", -EINVAL,
		  "cannot enter the network namespace \"/dev/null\": Invalid "
		  "argument; the file is not a network namespace" },
		{ NULL, -EMFILE,
		  "cannot talk to the kernel: Too many open files" },
		{ NULL, -EPROTONOSUPPORT,
		  "cannot talk to the kernel: Protocol not supported; this "
		  "kernel has no rtnetlink" },
	};
	char text[VBR_ERROR_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t len = vbr_ctx_new_error(rows[i].netns, rows[i].error,
					       text, sizeof(text));

		assert_string_equal(text, rows[i].expected);
		assert_int_equal(len, strlen(text));
		assert_int_equal(vbr_ctx_new_error(rows[i].netns, rows[i].error,
						   NULL, 0),
				 len);
	}
}

static void paths(void **state)
{
	char folder[] = "/tmp/vbridge-XXXXXX", loop[64], longest[8192];
	struct vbr_ctx *made;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(loop, sizeof(loop), "%s/loop", folder);
	assert_return_code(symlink(loop, loop), errno);
	memset(longest, '/', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	GIVES(ENOENT, vbr_ctx_new("/nowhere/at/all", &made));
	GIVES(EINVAL, vbr_ctx_new("/dev/null", &made));
	GIVES(ENOTDIR, vbr_ctx_new("/dev/null/x", &made));
	GIVES(ELOOP, vbr_ctx_new(loop, &made));
	GIVES(ENAMETOOLONG, vbr_ctx_new(longest, &made));
	assert_return_code(unlink(loop), errno);
	assert_return_code(rmdir(folder), errno);
	errnos_end();
}

static struct __user_cap_header_struct head = {
	.version = _LINUX_CAPABILITY_VERSION_3,
};

/* Only the effective set, so that they can be regained. */
static void give_up_powers(struct __user_cap_data_struct ret_old[2])
{
	struct __user_cap_data_struct data[2];

	assert_return_code(syscall(SYS_capget, &head, data), errno);
	memcpy(ret_old, data, sizeof(data));
	data[0].effective = data[1].effective = 0;
	assert_return_code(syscall(SYS_capset, &head, data), errno);
}

static void rights(void **state)
{
	struct __user_cap_data_struct old[2];
	char file[] = "/tmp/vbridge-XXXXXX";
	struct vbr_ctx *made;
	int fd = mkostemp(file, O_CLOEXEC);

	(void)state;
	assert_return_code(fd, errno);
	assert_return_code(fchmod(fd, 0), errno);
	close(fd);
	give_up_powers(old);
	GIVES(EACCES, vbr_ctx_new(file, &made));
	GIVES(EPERM, vbr_ctx_new("/proc/self/ns/net", &made));
	assert_return_code(syscall(SYS_capset, &head, old), errno);
	assert_return_code(unlink(file), errno);
	errnos_end();
}

static void descriptors(void **state)
{
	struct vbr_ctx *made, *open_already;
	struct rlimit old, none;
	struct vbr_watch *watch;

	(void)state;
	assert_int_equal(vbr_ctx_new(NULL, &open_already), 0);
	assert_return_code(getrlimit(RLIMIT_NOFILE, &old), errno);
	none = old;
	none.rlim_cur = 0;
	assert_return_code(setrlimit(RLIMIT_NOFILE, &none), errno);
	GIVES(EMFILE, vbr_ctx_new(NULL, &made));
	GIVES(EMFILE, vbr_watch_new(open_already, VBR_WATCH_LINKS, &watch));
	assert_return_code(setrlimit(RLIMIT_NOFILE, &old), errno);
	vbr_ctx_unref(open_already);
	errnos_end();
}

static void kernels(void **state)
{
	struct vbr_ctx *made;

	(void)state;
	socket_error = ENFILE;
	GIVES(ENFILE, vbr_ctx_new(NULL, &made));
	socket_error = EPROTONOSUPPORT;
	GIVES(EPROTONOSUPPORT, vbr_ctx_new(NULL, &made));
	socket_error = 0;
	errnos_end();
}

static int netlink(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	assert_return_code(fd, errno);
	return fd;
}

static void sockets(void **state)
{
	const struct sockaddr_nl other = { .nl_family = AF_NETLINK,
					   .nl_pid = 1 };
	int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int local = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int connected = netlink(), member = netlink(), group = RTNLGRP_LINK;
	struct vbr_ctx *made;

	(void)state;
	assert_return_code(connect(connected, (const void *)&other,
				   sizeof(other)),
			   errno);
	assert_return_code(setsockopt(member, SOL_NETLINK,
				      NETLINK_ADD_MEMBERSHIP, &group,
				      sizeof(group)),
			   errno);
	GIVES(EBADF, vbr_ctx_new_fd(-1, &made));
	GIVES(ENOTSOCK, vbr_ctx_new_fd(file, &made));
	GIVES(EPROTOTYPE, vbr_ctx_new_fd(local, &made));
	GIVES(EISCONN, vbr_ctx_new_fd(connected, &made));
	GIVES(EBUSY, vbr_ctx_new_fd(member, &made));
	is_old_kernel = true;
	GIVES(ENOPROTOOPT, vbr_ctx_new_fd(member, &made));
	is_old_kernel = false;
	close(file);
	close(local);
	close(connected);
	close(member);
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each errno has a sentence", sentences),
		TEST("paths that are not namespaces give each errno", paths),
		TEST("without privileges, no namespace is entered", rights),
		TEST("without a free file descriptor, it is EMFILE",
		     descriptors),
		TEST("a kernel without rtnetlink gives its errno", kernels),
		TEST("unsuitable sockets give each errno", sockets),
	};

	return run_all(tests);
}
