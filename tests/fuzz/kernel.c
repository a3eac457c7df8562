/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A transport that takes its replies from the input of a fuzzer. */

#include "unit/unit.h"

#include "fuzz/kernel.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <string.h>

#include "core/context.h"
#include "sys/lock.h"
#include "sys/transport.h"

/* Calls with many requests read a short input several times. */
#define ROUNDS 8

#define IS_ERROR 0x8000

struct answer {
	int error;
	const uint8_t *bytes;
	size_t len;
};

static struct answer next_answer(struct kernel *kernel)
{
	struct answer answer = { .error = -EAGAIN };
	size_t left = kernel->size - kernel->at;
	unsigned int head;

	if (left < 2 && kernel->rounds < ROUNDS) {
		kernel->rounds++;
		kernel->at = 0;
		left = kernel->size;
	}
	if (left < 2 || kernel->rounds == ROUNDS)
		return answer;
	head = kernel->bytes[kernel->at] |
	       (unsigned int)kernel->bytes[kernel->at + 1] << 8;
	kernel->at += 2;
	if (head & IS_ERROR) {
		answer.error = head & 0xff ? -(int)(head & 0xff) : -EIO;
		return answer;
	}
	answer.error = 0;
	answer.bytes = kernel->bytes + kernel->at;
	answer.len = head < left - 2 ? head : left - 2;
	kernel->at += answer.len;
	return answer;
}

/* The reply at the end of the input: 0, unless an error comes next. */
static int next_verdict(struct kernel *kernel)
{
	const struct kernel before = *kernel;
	const struct answer answer = next_answer(kernel);

	if (answer.error && answer.error != -EAGAIN)
		return answer.error;
	*kernel = before;
	return 0;
}

static int take_request(void *data, const void *bytes, size_t len)
{
	struct kernel *kernel = data;
	struct nlmsghdr head;

	check(len >= sizeof(head), "a request of %zu bytes", len);
	memcpy(&head, bytes, sizeof(head));
	check(head.nlmsg_len >= sizeof(head) && head.nlmsg_len <= len,
	      "a request of %u in %zu bytes", head.nlmsg_len, len);
	kernel->sequence = head.nlmsg_seq;
	return 0;
}

static ssize_t answer_request(void *data, void *bytes, size_t size)
{
	struct kernel *kernel = data;
	const struct answer answer = next_answer(kernel);

	if (answer.error) {
		deliver_nothing(&kernel->delivery);
		return answer.error;
	}
	return deliver(&kernel->delivery, bytes, size, answer.bytes, answer.len,
		       kernel->sequence);
}

/* Names and indexes of the devices in the samples. */
static int translate_name(unsigned long request, struct ifreq *device)
{
	static const struct {
		int index;
		const char *name;
	} devices[] = { { 7, "br0" }, { 8, "eth0" }, { 9, "eth1" } };

	for (size_t i = 0; i < COUNT(devices); i++) {
		if (request == SIOCGIFNAME &&
		    device->ifr_ifindex == devices[i].index) {
			strcpy(device->ifr_name, devices[i].name);
			return 0;
		}
		if (request == SIOCGIFINDEX &&
		    strcmp(device->ifr_name, devices[i].name) == 0) {
			device->ifr_ifindex = devices[i].index;
			return 0;
		}
	}
	return -ENODEV;
}

static int answer_ioctl(void *data, unsigned long request, void *argument)
{
	if (request == SIOCGIFNAME || request == SIOCGIFINDEX)
		return translate_name(request, argument);
	return next_verdict(data);
}

static int read_file(void *data, const char *path, char *ret_text, size_t size)
{
	const struct answer answer = next_answer(data);
	size_t len = answer.len < size ? answer.len : size - 1;

	check(path[0] == '/', "the file \"%s\"", path);
	if (answer.error)
		return answer.error;
	memcpy(ret_text, answer.bytes, len);
	ret_text[len] = '\0';
	return 0;
}

static int write_file(void *data, const char *path, const char *text)
{
	check(path[0] == '/' && text[0], "\"%s\" in \"%s\"", text, path);
	return next_verdict(data);
}

static int listen_to(void *data, const unsigned int *groups, size_t count,
		     struct kernel_socket *room, void **ret_data)
{
	check(count && groups[0], "no group");
	room->fd = -1;
	*ret_data = data;
	return next_verdict(data);
}

static int open_netfilter(void *data, struct kernel_socket *room,
			  void **ret_data)
{
	room->fd = -1;
	*ret_data = data;
	return next_verdict(data);
}

static int take_lock(void *data, struct lock *lock)
{
	lock->fd = -1;
	return next_verdict(data);
}

static int reset(void *data)
{
	struct kernel *kernel = data;

	deliver_nothing(&kernel->delivery);
	return 0;
}

static void stop(void *data)
{
	reset(data);
}

struct vbr_ctx *kernel_new(struct kernel *kernel, const uint8_t *bytes,
			   size_t size)
{
	static const struct transport transport = {
		.send = take_request,
		.receive = answer_request,
		.ioctl = answer_ioctl,
		.read_file = read_file,
		.write_file = write_file,
		.listen = listen_to,
		.open_netfilter = open_netfilter,
		.lock = take_lock,
		.reset = reset,
		.close = stop,
	};
	struct vbr_ctx *ctx;

	*kernel = (struct kernel){ .bytes = bytes, .size = size };
	check(context_new(&transport, kernel, &ctx) == 0, "no memory");
	return ctx;
}
