/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Numbers the messages of a datagram, and protects the memory behind it. */

#include "config.h"

#include "unit/deliver.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>

#include "unit/answers.h"

#ifdef WITH_SANITIZERS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(bytes, len) ((void)(bytes), (void)(len))
#define ASAN_UNPOISON_MEMORY_REGION(bytes, len) ((void)(bytes), (void)(len))
#endif

static void number_messages(char *bytes, size_t len, uint32_t sequence)
{
	while (len >= sizeof(struct nlmsghdr)) {
		struct nlmsghdr *msg = (void *)bytes;
		size_t size;

		if (msg->nlmsg_seq == 0 ||
		    (msg->nlmsg_seq & ANSWER_MASK) == ANSWER_TO(0))
			msg->nlmsg_seq = sequence +
					 (msg->nlmsg_seq & ~ANSWER_MASK);
		if (msg->nlmsg_len < sizeof(*msg) || msg->nlmsg_len > len)
			return;
		size = NLMSG_ALIGN(msg->nlmsg_len);
		if (size > len)
			return;
		bytes += size;
		len -= size;
	}
}

void deliver_nothing(struct delivery *delivery)
{
	if (delivery->len)
		ASAN_UNPOISON_MEMORY_REGION(delivery->beyond, delivery->len);
	delivery->len = 0;
}

ssize_t deliver(struct delivery *delivery, void *room, size_t size,
		const void *bytes, size_t len, uint32_t sequence)
{
	deliver_nothing(delivery);
	if (len > size)
		return -EMSGSIZE;
	memcpy(room, bytes, len);
	number_messages(room, len, sequence);
	delivery->beyond = (char *)room + len;
	delivery->len = size - len;
	if (delivery->len)
		ASAN_POISON_MEMORY_REGION(delivery->beyond, delivery->len);
	return (ssize_t)len;
}
