/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Contexts on a socket of the caller: one from another namespace, and one that
 * libnl uses, too. */

#include "oracle/oracle.h"

#include <errno.h>
#include <linux/capability.h>
#include <netlink/route/link/bridge.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/context.h"
#include "wire/request.h"

static ino_t here(void)
{
	struct stat st;

	assert_return_code(stat("/proc/thread-self/ns/net", &st), errno);
	return st.st_ino;
}

static void hand_over(int by, int fd)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { { 0 } };
	char nothing = 0;
	struct iovec byte = { &nothing, 1 };
	struct msghdr msg = {
		.msg_iov = &byte,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	_exit(sendmsg(by, &msg, 0) == 1 ? 0 : 1);
}

static int take_over(int by)
{
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char nothing;
	struct iovec byte = { &nothing, 1 };
	struct msghdr msg = {
		.msg_iov = &byte,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	int fd;

	assert_int_equal(recvmsg(by, &msg, MSG_CMSG_CLOEXEC), 1);
	assert_int_equal(msg.msg_controllen, CMSG_SPACE(sizeof(int)));
	memcpy(&fd, CMSG_DATA(&control.head), sizeof(fd));
	return fd;
}

/* A socket in a namespace that only this socket keeps alive. */
static int socket_elsewhere(void)
{
	int pair[2], fd, status;
	pid_t child;

	assert_return_code(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0,
				      pair),
			   errno);
	child = fork();
	assert_return_code(child, errno);
	if (child == 0) {
		if (unshare(CLONE_NEWNET) < 0)
			_exit(2);
		hand_over(pair[0], socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	}
	fd = take_over(pair[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(pair[0]);
	close(pair[1]);
	return fd;
}

static int count(const struct vbr_event *event, void *data)
{
	unsigned int *bridges = data;

	if (vbr_event_bridge(event)) {
		assert_string_equal(vbr_bridge_name(vbr_event_bridge(event)),
				    "there");
		++*bridges;
	}
	return 0;
}

/* --- a socket of another namespace ---------------------------------------- */

static void it_works_where_the_socket_was_made(void **state)
{
	struct oracle *o = *state;
	int fd = socket_elsewhere();
	ino_t before = here();
	struct vbr_bridge *bridge;
	struct vbr_watch *watch;
	unsigned int heard = 0;
	struct vbr_ctx *ctx;

	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch), 0);
	make_bridge(o, "here");
	assert_int_equal(vbr_bridge_add(ctx, "there"), 0);
	assert_false(link_exists(o, "there"));
	assert_int_equal(vbr_bridge_get(ctx, "there", &bridge), 0);
	vbr_bridge_free(bridge);
	assert_int_equal(vbr_bridge_get(ctx, "here", &bridge), -ENODEV);
	assert_int_equal(vbr_watch_read(watch, count, &heard), 0);
	assert_true(heard >= 1);
	vbr_watch_free(watch);
	vbr_ctx_unref(ctx);
	assert_true(here() == before);
	/* The namespace ends when the socket is closed, not before. */
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	assert_int_equal(vbr_bridge_del(ctx, "there"), 0);
	vbr_ctx_unref(ctx);
	assert_int_equal(close(fd), 0);
}

/* procfs shows the namespace of the reading thread, so the library enters the
 * other one. */
static void files_are_those_of_its_namespace(void **state)
{
	struct oracle *o = *state;
	int fd = socket_elsewhere();
	ino_t before = here();
	enum vbr_vlan_name_type naming;
	struct vbr_ctx *ctx;
	int rc;

	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	rc = vbr_vlan_set_name_type(ctx, VBR_VLAN_PLUS_VID);
	if (rc == -ENOPKG) {
		vbr_ctx_unref(ctx);
		close(fd);
		skip();
	}
	assert_int_equal(rc, 0);
	assert_int_equal(vbr_vlan_get_name_type(ctx, &naming), 0);
	assert_int_equal(naming, VBR_VLAN_PLUS_VID);
	assert_int_equal(vbr_vlan_get_name_type(o->ctx, &naming), 0);
	assert_int_equal(naming, VBR_VLAN_DEV_PLUS_VID_NO_PAD);
	assert_true(here() == before);
	vbr_ctx_unref(ctx);
	close(fd);
}

static int drop_powers(void)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	const struct __user_cap_data_struct none[2] = { { 0 } };

	return (int)syscall(SYS_capset, &head, none);
}

/* In a process without privileges. Returns 0, or the line that failed. */
static int without_powers(int near, int far)
{
	struct vbr_bridges *bridges;
	struct vbr_watch *watch;
	struct vbr_ctx *ctx;
	int rc;

	if (drop_powers() < 0)
		return __LINE__;
	if (vbr_ctx_new_fd(near, &ctx) < 0)
		return __LINE__;
	if (vbr_bridge_list(ctx, &bridges) < 0)
		return __LINE__;
	rc = vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch);
	if (rc != (has_netns_cookie() ? 0 : -EPERM))
		return __LINE__;
	if (rc == 0)
		vbr_watch_free(watch);
	vbr_bridges_free(bridges);
	vbr_ctx_unref(ctx);
	if (vbr_ctx_new_fd(far, &ctx) < 0)
		return __LINE__;
	if (vbr_bridge_list(ctx, &bridges) < 0)
		return __LINE__;
	/* The watch would be in the wrong namespace. */
	if (vbr_watch_new(ctx, VBR_WATCH_LINKS, &watch) != -EPERM)
		return __LINE__;
	vbr_bridges_free(bridges);
	vbr_ctx_unref(ctx);
	return 0;
}

static void the_powerless_are_not_led_astray(void **state)
{
	int near = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int far = socket_elsewhere(), status;
	pid_t child = fork();

	(void)state;
	assert_return_code(child, errno);
	if (child == 0) {
		int line = without_powers(near, far);

		if (line)
			fprintf(stderr, "# line %d\n", line);
		_exit(line != 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	close(near);
	close(far);
}

/* --- together with libnl -------------------------------------------------- */

static size_t links_in(struct nl_sock *sock)
{
	struct nl_cache *cache;
	size_t links;

	assert_int_equal(rtnl_link_alloc_cache(sock, AF_UNSPEC, &cache), 0);
	links = (size_t)nl_cache_nitems(cache);
	nl_cache_free(cache);
	return links;
}

static void take_turns(struct oracle *o, struct vbr_ctx *ctx, size_t round)
{
	struct vbr_bridges *bridges;
	struct vbr_bridge *bridge;
	char name[16];
	size_t links = links_in(o->sock);

	snprintf(name, sizeof(name), "nl%zu", round);
	make_bridge(o, name);
	assert_int_equal(vbr_bridge_get(ctx, name, &bridge), 0);
	vbr_bridge_free(bridge);
	assert_int_equal(links_in(o->sock), links + 1);
	snprintf(name, sizeof(name), "vbr%zu", round);
	assert_int_equal(vbr_bridge_add(ctx, name), 0);
	assert_int_equal(vbr_bridge_set(ctx, name, "group_fwd_mask", 1),
			 -EINVAL);
	assert_true(link_exists(o, name));
	assert_int_equal(vbr_bridge_get(ctx, "nothing", &bridge), -ENODEV);
	assert_false(link_exists(o, "nothing"));
	assert_int_equal(vbr_bridge_set(ctx, name, "ageing_time", 1000), 0);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 2 * (round + 1));
	vbr_bridges_free(bridges);
	assert_int_equal(links_in(o->sock), links + 2);
}

/* libnl numbers its requests, and expects these numbers in the replies. */
static void libnl_does_not_notice(void **state)
{
	struct oracle *o = *state;
	struct vbr_ctx *ctx;

	assert_int_equal(vbr_ctx_new_fd(nl_socket_get_fd(o->sock), &ctx), 0);
	for (size_t i = 0; i < 5; i++)
		take_turns(o, ctx, i);
	vbr_ctx_unref(ctx);
	assert_true(link_exists(o, "vbr4"));
}

/* libnl sets small socket buffers. The replies to many requests that are sent
 * at once, acks and errors, must fit. */
static void many_answers_fit_libnls_buffer(void **state)
{
	struct oracle *o = *state;
	struct vbr_vids *vids;
	struct vbr_ctx *ctx;
	int rc;

	make_veth(o, "a", "b");
	assert_int_equal(vbr_ctx_new_fd(nl_socket_get_fd(o->sock), &ctx), 0);
	assert_int_equal(vbr_vids_parse("1-300", &vids), 0);
	rc = vbr_vlan_add(ctx, "b", vids, 0, NULL);
	if (rc == 0) {
		assert_int_equal(vbr_vlan_add(ctx, "b", vids, 0, NULL),
				 -EEXIST);
		assert_true(link_exists(o, "b.300"));
	}
	vbr_vids_free(vids);
	vbr_ctx_unref(ctx);
	if (rc == -ENOPKG)
		skip();
	assert_int_equal(rc, 0);
}

/* A dump that nobody reads, on a socket that cannot be replaced. */
static void a_reset_ends_a_dump(void **state)
{
	struct oracle *o = *state;
	int fd = nl_socket_get_fd(o->sock);
	struct vbr_bridges *bridges;
	struct vbr_ctx *ctx;
	struct request req;
	char name[16];

	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "br%d", i);
		make_bridge(o, name);
	}
	assert_int_equal(vbr_ctx_new_fd(fd, &ctx), 0);
	request_links_of_kind(&req, "bridge");
	assert_int_equal(ctx->transport->send(ctx->transport_data, req.bytes,
					      req.head.nlmsg_len),
			 0);
	assert_int_equal(ctx->transport->reset(ctx->transport_data), 0);
	assert_int_equal(poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 0), 0);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 100);
	vbr_bridges_free(bridges);
	vbr_ctx_unref(ctx);
	assert_int_equal(links_in(o->sock) >= 101, 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("a context is in the namespace of its socket",
			    it_works_where_the_socket_was_made),
		ORACLE_TEST("files are those of the socket's namespace",
			    files_are_those_of_its_namespace),
		ORACLE_TEST("without privileges, calls work or are EPERM",
			    the_powerless_are_not_led_astray),
		ORACLE_TEST("libnl can use its socket together with a context",
			    libnl_does_not_notice),
		ORACLE_TEST("replies to many requests fit libnl's buffer",
			    many_answers_fit_libnls_buffer),
		ORACLE_TEST("a reset drops a dump, and keeps the socket",
			    a_reset_ends_a_dump),
	};

	return run_all(tests);
}
