/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A kernel that refuses. */

#include "unit.h"

#include "unit/refusing.h"

#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <string.h>

#include "core/context.h"
#include "sys/lock.h"
#include "sys/transport.h"
#include "unit/answers.h"

static int take(void *data, const void *bytes, size_t len)
{
	struct refusing *kernel = data;

	assert_true(len >= sizeof(struct nlmsghdr));
	kernel->sequence = ((const struct nlmsghdr *)bytes)->nlmsg_seq;
	return kernel->send;
}

static ssize_t answer(void *data, void *bytes, size_t size)
{
	const struct refusing *kernel = data;
	struct datagram d = { 0 };
	struct nlmsghdr *msg;

	if (kernel->receive)
		return kernel->receive;
	if (kernel->answer == VERDICT)
		msg = add_error(&d, kernel->error);
	else
		msg = add_done(&d);
	msg->nlmsg_seq = kernel->sequence;
	if (kernel->answer == GARBAGE)
		msg->nlmsg_len = 3;
	else if (kernel->answer == STRANGE)
		msg->nlmsg_seq++;
	else if (kernel->answer == INTERRUPTED)
		msg->nlmsg_flags |= NLM_F_DUMP_INTR;
	assert_true(d.len <= size);
	memcpy(bytes, d.bytes, d.len);
	return (ssize_t)d.len;
}

static int ioctl(void *data, unsigned long request, void *argument)
{
	const struct refusing *kernel = data;

	if (kernel->ioctl && !(request == SIOCGIFINDEX && kernel->knows_names))
		return kernel->ioctl;
	if (request == SIOCGIFINDEX)
		((struct ifreq *)argument)->ifr_ifindex = 7;
	return 0;
}

static int read_file(void *data, const char *path, char *ret_text, size_t size)
{
	const struct refusing *kernel = data;

	/* These files exist on every kernel. */
	if (strstr(path, "/somaxconn") || strstr(path, "/net/dev"))
		return kernel->other_file;
	if (kernel->file == 0) {
		assert_true(size > 0);
		*ret_text = '\0';
	}
	return kernel->file;
}

static int write_file(void *data, const char *path, const char *text)
{
	const struct refusing *kernel = data;

	(void)path;
	(void)text;
	return kernel->file;
}

static int listen_to(void *data, const unsigned int *groups, size_t count,
		     struct kernel_socket *room, void **ret_data)
{
	const struct refusing *kernel = data;

	(void)groups;
	(void)count;
	room->fd = -1;
	*ret_data = kernel->listen_data;
	return kernel->listen;
}

static int take_lock(void *data, struct lock *lock)
{
	const struct refusing *kernel = data;

	lock->fd = -1;
	lock->process = kernel->lock_owner;
	return kernel->lock;
}

static int reset(void *data)
{
	(void)data;
	return 0;
}

static void nothing(void *data)
{
	(void)data;
}

struct vbr_ctx *refusing_new(struct refusing *kernel)
{
	static const struct transport transport = {
		.send = take,
		.receive = answer,
		.ioctl = ioctl,
		.read_file = read_file,
		.write_file = write_file,
		.listen = listen_to,
		.lock = take_lock,
		.reset = reset,
		.close = nothing,
	};
	struct vbr_ctx *ctx;

	assert_int_equal(context_new(&transport, kernel, &ctx), 0);
	return ctx;
}
