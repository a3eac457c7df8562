/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts on sockets of the caller: which are refused, and that a socket keeps
 * its settings. */

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/external-socket.h"
#include "sys/transport.h"
#include "unit/fail-alloc.h"
#include "vbridge.h"

static int open_netlink(int protocol, int flags)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | flags, protocol);

	assert_return_code(fd, errno);
	return fd;
}

static void is_refused(int fd, int error)
{
	struct vbr_ctx *ctx = (void *)&fd;

	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), error);
	assert_ptr_equal(ctx, &fd);
}

static void others_are_refused(void **state)
{
	const struct {
		int fd, error;
	} rows[] = {
		{ -1, -EBADF },
		{ open("/dev/null", O_RDONLY | O_CLOEXEC), -ENOTSOCK },
		{ socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), -EPROTOTYPE },
		{ socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), -EPROTOTYPE },
		{ open_netlink(NETLINK_GENERIC, 0), -EPROTOTYPE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		check(i == 0 || rows[i].fd >= 0, "row %zu", i);
		is_refused(rows[i].fd, rows[i].error);
		/* The caller still has to close it. */
		assert_true(i == 0 || close(rows[i].fd) == 0);
	}
}

/* Groups joined by bind(), which has the first 32 only, or by setsockopt(). */
static void members_are_refused(void **state)
{
	const struct sockaddr_nl first = {
		.nl_family = AF_NETLINK,
		.nl_groups = RTMGRP_LINK,
	};
	static const unsigned int groups[] = { RTNLGRP_LINK, RTNLGRP_MDB,
					       RTNLGRP_NSID };
	int fd = open_netlink(NETLINK_ROUTE, 0);
	struct vbr_ctx *ctx;

	(void)state;
	assert_return_code(bind(fd, (const void *)&first, sizeof(first)),
			   errno);
	is_refused(fd, -EBUSY);
	close(fd);
	for (size_t i = 0; i < COUNT(groups); i++) {
		fd = open_netlink(NETLINK_ROUTE, 0);
		assert_return_code(setsockopt(fd, SOL_NETLINK,
					      NETLINK_ADD_MEMBERSHIP,
					      &groups[i], sizeof(groups[i])),
				   errno);
		is_refused(fd, -EBUSY);
		assert_return_code(setsockopt(fd, SOL_NETLINK,
					      NETLINK_DROP_MEMBERSHIP,
					      &groups[i], sizeof(groups[i])),
				   errno);
		assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
		vbr_ctx_unref(ctx);
		close(fd);
	}
}

static void connected_ones_are_refused(void **state)
{
	struct sockaddr_nl peer = { .nl_family = AF_NETLINK };
	int fd = open_netlink(NETLINK_ROUTE, 0);
	struct vbr_ctx *ctx;

	(void)state;
	assert_return_code(connect(fd, (const void *)&peer, sizeof(peer)),
			   errno);
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	vbr_ctx_unref(ctx);
	/* This needs a privilege. */
	peer.nl_pid = 0x7ffffff0;
	if (connect(fd, (const void *)&peer, sizeof(peer)) == 0)
		is_refused(fd, -EISCONN);
	else
		assert_int_equal(errno, EPERM);
	close(fd);
}

static int option_of(int fd, int name)
{
	socklen_t len = sizeof(int);
	int value = -1;

	assert_return_code(getsockopt(fd, SOL_NETLINK, name, &value, &len),
			   errno);
	return value;
}

static void set_option(int fd, int name, int value)
{
	assert_return_code(setsockopt(fd, SOL_NETLINK, name, &value,
				      sizeof(value)),
			   errno);
}

static int ignore(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	++*(unsigned int *)data;
	return 0;
}

/* Before the first call and after it, whatever the caller has set. */
static void options_stay_as_they_were(void **state)
{
	(void)state;
	for (int bits = 0; bits < 32; bits++) {
		int fd = open_netlink(NETLINK_ROUTE,
				      bits & 4 ? SOCK_NONBLOCK : 0);
		int flags = fcntl(fd, F_GETFL);
		unsigned int links = 0;
		struct vbr_bridge *bridge;
		struct vbr_ctx *ctx;

		assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
		set_option(fd, NETLINK_EXT_ACK, bits & 1);
		set_option(fd, NETLINK_GET_STRICT_CHK, bits >> 1 & 1);
		set_option(fd, NETLINK_CAP_ACK, bits >> 3 & 1);
		set_option(fd, NETLINK_NO_ENOBUFS, bits >> 4);
		assert_int_equal(vbr_link_foreach(ctx, ignore, &links), 0);
		assert_true(links >= 1);
		assert_int_equal(vbr_bridge_get(ctx, "lo", &bridge),
				 -EOPNOTSUPP);
		assert_int_equal(vbr_bridge_get(ctx, "nothing", &bridge),
				 -ENODEV);
		assert_int_equal(option_of(fd, NETLINK_EXT_ACK), bits & 1);
		assert_int_equal(option_of(fd, NETLINK_GET_STRICT_CHK),
				 bits >> 1 & 1);
		assert_int_equal(option_of(fd, NETLINK_CAP_ACK), bits >> 3 & 1);
		assert_int_equal(option_of(fd, NETLINK_NO_ENOBUFS), bits >> 4);
		assert_int_equal(fcntl(fd, F_GETFL), flags);
		vbr_ctx_unref(ctx);
		assert_int_equal(close(fd), 0);
	}
}

/* Lost replies are an error; otherwise a call would wait for ever. */
static void lost_answers_are_no_secret(void **state)
{
	int fd = open_netlink(NETLINK_ROUTE, 0), least = 1, answers = 0;
	struct kernel_socket data;
	struct nlmsghdr requests[64];
	char answer[4096];
	ssize_t len;

	(void)state;
	for (size_t i = 0; i < COUNT(requests); i++)
		requests[i] = (struct nlmsghdr){
			.nlmsg_len = sizeof(requests[i]),
			.nlmsg_type = RTM_GETLINK,
			.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
			.nlmsg_seq = (uint32_t)i + 1,
		};
	set_option(fd, NETLINK_NO_ENOBUFS, 1);
	assert_return_code(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &least,
				      sizeof(least)),
			   errno);
	assert_int_equal(kernel_open_external(fd, &data), 0);
	assert_int_equal(kernel_transport.send(&data, requests,
					       sizeof(requests)),
			 0);
	alarm(10);
	do
		len = kernel_transport.receive(&data, answer, sizeof(answer));
	while (len > 0 && ++answers < 64);
	alarm(0);
	assert_int_equal(len, -ENOBUFS);
	assert_int_equal(option_of(fd, NETLINK_NO_ENOBUFS), 1);
	close(fd);
}

/* Two contexts on one socket, one after the other and alternating. */
static void it_stays_the_callers(void **state)
{
	int fd = open_netlink(NETLINK_ROUTE, 0);
	struct vbr_ctx *ctx, *other;
	char name[VBR_NAME_SIZE];
	unsigned int links = 0;

	(void)state;
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	assert_int_equal(vbr_ctx_new_fd(fd, &other), 0);
	assert_int_equal(vbr_link_foreach(ctx, ignore, &links), 0);
	assert_int_equal(vbr_link_foreach(other, ignore, &links), 0);
	assert_int_equal(vbr_link_foreach(ctx, ignore, &links), 0);
	assert_int_equal(links % 3, 0);
	vbr_ctx_unref(ctx);
	assert_int_equal(vbr_link_name(other, 1, name), 0);
	assert_string_equal(name, "lo");
	vbr_ctx_unref(other);
	assert_int_equal(close(fd), 0);
}

/* After a callback stops an iteration, or fails, the rest of the reply is
 * read. */
static int end_it(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	(void)data;
	return 7;
}

static void nothing_is_left_behind(void **state)
{
	int fd = open_netlink(NETLINK_ROUTE, 0);
	struct vbr_bridge *bridge;
	struct vbr_ctx *ctx;
	char byte;

	(void)state;
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	assert_int_equal(vbr_link_foreach(ctx, end_it, NULL), 7);
	assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(vbr_bridge_get(ctx, "nothing", &bridge), -ENODEV);
	assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), -1);
	assert_int_equal(errno, EAGAIN);
	vbr_ctx_unref(ctx);
	close(fd);
}

static void without_memory(void **state)
{
	int fd = open_netlink(NETLINK_ROUTE, 0);
	struct vbr_ctx *ctx = (void *)state;

	fail_alloc_begin(1);
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), -ENOMEM);
	assert_int_equal(fail_alloc_end(), 1);
	assert_ptr_equal(ctx, state);
	close(fd);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("sockets that are not rtnetlink are refused",
		     others_are_refused),
		TEST("members of multicast groups are refused",
		     members_are_refused),
		TEST("sockets that are connected to a process are refused",
		     connected_ones_are_refused),
		TEST("the options of the socket stay the same",
		     options_stay_as_they_were),
		TEST("replies that do not fit are reported",
		     lost_answers_are_no_secret),
		TEST("the caller still owns the socket", it_stays_the_callers),
		TEST("no message is left on the socket",
		     nothing_is_left_behind),
		TEST("a context without memory is ENOMEM", without_memory),
	};

	return run_all(tests);
}
