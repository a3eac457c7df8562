/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The fake kernel: keeps the script, and compares the requests of the library
 * with it. */

#include "unit.h"

#include "unit/fake-kernel.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "sys/lock.h"
#include "sys/transport.h"
#include "unit/deliver.h"

enum event {
	SENT,
	RECEIVED,
	CONTROLLED,
	READ_FILE,
	WRITE_FILE,
	LISTENED,
	RESET
};

static const char *const event_names[] = {
	[SENT] = "sends",
	[RECEIVED] = "receives",
	[CONTROLLED] = "calls an ioctl",
	[READ_FILE] = "reads a file",
	[WRITE_FILE] = "writes a file",
	[LISTENED] = "listens",
	[RESET] = "resets",
};

struct step {
	enum event event;
	uint16_t type;
	int rc;
	size_t times;
	size_t len;
	size_t room;
	char *bytes;
	const char *path;
	struct fake_ioctl control;
};

struct fake_kernel {
	struct step *steps;
	size_t count, at;
	size_t requests;
	bool closed, resets_at_will;
	bool listens;
	/* The request or the batch that was sent last. */
	union {
		struct request request;
		char bytes[REQUEST_SIZE * 64];
	} last;
	struct delivery delivery;
};

static struct step *next_step(struct fake_kernel *fake_kernel, enum event event)
{
	struct step *step = &fake_kernel->steps[fake_kernel->at];

	check(!fake_kernel->closed, "it %s after the end", event_names[event]);
	check(fake_kernel->at < fake_kernel->count,
	      "it %s, the script is at its end", event_names[event]);
	check(step->event == event, "at step %zu it %s, but now it %s",
	      fake_kernel->at, event_names[event], event_names[step->event]);
	if (--step->times == 0)
		fake_kernel->at++;
	return step;
}

/* Ignores the sequence number, which the library chooses. */
static void check_bytes(const struct step *step, size_t at, const void *bytes,
			size_t len)
{
	struct nlmsghdr head;

	check(len == step->len, "at step %zu a request of %zu bytes, not %zu",
	      at, len, step->len);
	memcpy(&head, bytes, sizeof(head));
	head.nlmsg_seq = 0;
	assert_memory_equal(&head, step->bytes, sizeof(head));
	assert_memory_equal((const char *)bytes + sizeof(head),
			    step->bytes + sizeof(head), len - sizeof(head));
}

static int fake_send(void *data, const void *bytes, size_t len)
{
	struct fake_kernel *fake_kernel = data;
	const struct step *step = next_step(fake_kernel, SENT);
	const struct nlmsghdr *msg;
	size_t count = 0;

	check(len < sizeof(fake_kernel->last), "a request of %zu bytes", len);
	if (step->bytes)
		check_bytes(step, fake_kernel->at - 1, bytes, len);
	memset(&fake_kernel->last, 0, sizeof(fake_kernel->last));
	memcpy(&fake_kernel->last, bytes, len);
	while ((msg = fake_sent(fake_kernel, count))) {
		count++;
		check(step->rc < 0 || msg->nlmsg_type == step->type,
		      "a request of type %d, not %d", msg->nlmsg_type,
		      step->type);
		check((const char *)msg + msg->nlmsg_len <=
			      fake_kernel->last.bytes + len,
		      "a request of %u in %zu bytes", msg->nlmsg_len, len);
	}
	fake_kernel->requests += count;
	return step->rc;
}

const struct nlmsghdr *fake_sent(const struct fake_kernel *fake_kernel,
				 size_t i)
{
	const char *at = fake_kernel->last.bytes;
	const struct nlmsghdr *msg = (const void *)at;

	while (msg->nlmsg_len && i-- > 0) {
		at += NLMSG_ALIGN(msg->nlmsg_len);
		msg = (const void *)at;
	}
	return msg->nlmsg_len ? msg : NULL;
}

static ssize_t fake_receive(void *data, void *bytes, size_t size)
{
	struct fake_kernel *fake_kernel = data;
	const struct step *step = next_step(fake_kernel, RECEIVED);

	deliver_nothing(&fake_kernel->delivery);
	if (step->rc < 0)
		return step->rc;
	if (step->room > size)
		return -EMSGSIZE;
	return deliver(&fake_kernel->delivery, bytes, size, step->bytes,
		       step->len, fake_kernel->last.request.head.nlmsg_seq);
}

static int vlan_ioctl(const struct fake_ioctl *expected,
		      const struct vlan_ioctl_args *args)
{
	check(args->cmd == expected->command, "the VLAN command is %d, not %d",
	      args->cmd, expected->command);
	check(strcmp(args->device1, expected->name) == 0,
	      "the VLAN command is for \"%s\", not \"%s\"", args->device1,
	      expected->name);
	check(args->u.flag == expected->value, "its value is %u, not %u",
	      args->u.flag, expected->value);
	check(args->vlan_qos == expected->qos, "its other value is %d, not %d",
	      args->vlan_qos, expected->qos);
	return expected->rc;
}

static int fake_call_ioctl(void *data, unsigned long request, void *argument)
{
	const struct fake_ioctl *expected =
		&next_step(data, CONTROLLED)->control;
	struct ifreq *device = argument;

	check(request == expected->request, "the ioctl is %#lx, not %#lx",
	      request, expected->request);
	if (request == SIOCSIFVLAN)
		return vlan_ioctl(expected, argument);
	check(strcmp(device->ifr_name, expected->name) == 0,
	      "the ioctl is for \"%s\", not \"%s\"", device->ifr_name,
	      expected->name);
	check(!expected->index || device->ifr_ifindex == expected->index,
	      "the ioctl is for index %d, not %d", device->ifr_ifindex,
	      expected->index);
	if (expected->ret_index)
		device->ifr_ifindex = expected->ret_index;
	if (expected->ret_name)
		memcpy(device->ifr_name, expected->ret_name,
		       strlen(expected->ret_name) + 1);
	return expected->rc;
}

static void fake_close(void *data)
{
	struct fake_kernel *fake_kernel = data;

	check(!fake_kernel->closed, "it is closed twice");
	deliver_nothing(&fake_kernel->delivery);
	/* A watch is closed before its context. */
	fake_kernel->closed = !fake_kernel->listens;
	fake_kernel->listens = false;
}

static int fake_read_file(void *data, const char *path, char *ret_text,
			  size_t size)
{
	const struct step *step = next_step(data, READ_FILE);

	check(step->path ? strcmp(path, step->path) == 0 : path[0] == '/',
	      "it reads the file \"%s\"", path);
	check(step->len < size, "it reads %zu bytes of a file", size);
	if (step->rc < 0)
		return step->rc;
	memcpy(ret_text, step->bytes, step->len);
	ret_text[step->len] = '\0';
	return 0;
}

static int fake_write_file(void *data, const char *path, const char *text)
{
	const struct step *step = next_step(data, WRITE_FILE);

	check(step->path ? strcmp(path, step->path) == 0 : path[0] == '/',
	      "it writes the file \"%s\"", path);
	check(strlen(text) == step->len &&
		      memcmp(text, step->bytes, step->len) == 0,
	      "it writes \"%s\", not \"%.*s\"", text, (int)step->len,
	      (const char *)step->bytes);
	return step->rc;
}

/* Notifications have their place in the script, like replies. */
static int fake_listen(void *data, const unsigned int *groups, size_t count,
		       struct kernel_socket *room, void **ret_data)
{
	struct fake_kernel *fake_kernel = data;
	const struct step *step = next_step(fake_kernel, LISTENED);

	check(count == step->len &&
		      memcmp(groups, step->bytes, count * sizeof(*groups)) == 0,
	      "it listens to %zu groups, the first is %u", count, groups[0]);
	if (step->rc < 0)
		return step->rc;
	room->fd = -1;
	fake_kernel->listens = true;
	*ret_data = fake_kernel;
	return 0;
}

/* No other process has the lock. */
static int fake_lock(void *data, struct lock *lock)
{
	(void)data;
	lock->fd = -1;
	return 0;
}

static int fake_reset(void *data)
{
	struct fake_kernel *fake_kernel = data;

	deliver_nothing(&fake_kernel->delivery);
	return fake_kernel->resets_at_will ? 0
					   : next_step(fake_kernel, RESET)->rc;
}

static const struct transport fake_transport = {
	.send = fake_send,
	.receive = fake_receive,
	.ioctl = fake_call_ioctl,
	.read_file = fake_read_file,
	.write_file = fake_write_file,
	.listen = fake_listen,
	.lock = fake_lock,
	.reset = fake_reset,
	.close = fake_close,
};

struct fake_kernel *fake_new(struct vbr_ctx **ret_ctx)
{
	struct fake_kernel *fake_kernel = calloc(1, sizeof(*fake_kernel));

	assert_non_null(fake_kernel);
	assert_int_equal(context_new(&fake_transport, fake_kernel, ret_ctx), 0);
	return fake_kernel;
}

void fake_forget(struct fake_kernel *fake_kernel)
{
	fake_kernel->at = fake_kernel->count;
}

void fake_end(struct fake_kernel *fake_kernel, struct vbr_ctx *ctx)
{
	check(fake_kernel->at == fake_kernel->count,
	      "step %zu of %zu of the script was not reached", fake_kernel->at,
	      fake_kernel->count);
	assert_null(vbr_ctx_unref(ctx));
	assert_true(fake_kernel->closed);
	for (size_t i = 0; i < fake_kernel->count; i++)
		free(fake_kernel->steps[i].bytes);
	free(fake_kernel->steps);
	free(fake_kernel);
}

/* Appends a step; the capacity of the array is a power of two. */
static struct step *add_step(struct fake_kernel *fake_kernel, enum event event)
{
	size_t count = fake_kernel->count;

	if ((count & (count - 1)) == 0) {
		fake_kernel->steps = realloc(fake_kernel->steps,
					     sizeof(struct step) *
						     (count ? count * 2 : 1));
		assert_non_null(fake_kernel->steps);
	}
	fake_kernel->steps[count] = (struct step){ .event = event, .times = 1 };
	fake_kernel->count++;
	return &fake_kernel->steps[count];
}

void fake_expect(struct fake_kernel *fake_kernel, uint16_t type)
{
	add_step(fake_kernel, SENT)->type = type;
}

void fake_send_fails(struct fake_kernel *fake_kernel, int error)
{
	add_step(fake_kernel, SENT)->rc = error;
}

static void keep_bytes(struct step *step, const void *bytes, size_t len)
{
	step->len = len;
	step->bytes = malloc(len + 1);
	assert_non_null(step->bytes);
	memcpy(step->bytes, bytes, len);
}

void fake_expect_this(struct fake_kernel *fake_kernel,
		      const struct nlmsghdr *expected)
{
	fake_expect(fake_kernel, expected->nlmsg_type);
	keep_bytes(&fake_kernel->steps[fake_kernel->count - 1], expected,
		   expected->nlmsg_len);
}

void fake_answer_times(struct fake_kernel *fake_kernel,
		       const struct datagram *d, size_t times)
{
	struct step *step = add_step(fake_kernel, RECEIVED);

	step->times = times;
	keep_bytes(step, d->bytes, d->len);
}

void fake_answer(struct fake_kernel *fake_kernel, const struct datagram *d)
{
	fake_answer_times(fake_kernel, d, 1);
}

void fake_answer_needing(struct fake_kernel *fake_kernel,
			 const struct datagram *d, size_t room)
{
	fake_answer(fake_kernel, d);
	fake_kernel->steps[fake_kernel->count - 1].room = room;
}

void fake_receive_fails(struct fake_kernel *fake_kernel, int error)
{
	add_step(fake_kernel, RECEIVED)->rc = error;
}

void fake_ioctl(struct fake_kernel *fake_kernel,
		const struct fake_ioctl *expected)
{
	add_step(fake_kernel, CONTROLLED)->control = *expected;
}

void fake_file(struct fake_kernel *fake_kernel, const char *text, int rc)
{
	struct step *step = add_step(fake_kernel, READ_FILE);

	step->rc = rc;
	keep_bytes(step, text, strlen(text));
}

void fake_file_written(struct fake_kernel *fake_kernel, const char *text,
		       int rc)
{
	struct step *step = add_step(fake_kernel, WRITE_FILE);

	step->rc = rc;
	keep_bytes(step, text, strlen(text));
}

void fake_listens(struct fake_kernel *fake_kernel, const unsigned int *groups,
		  size_t count, int rc)
{
	struct step *step = add_step(fake_kernel, LISTENED);

	keep_bytes(step, groups, count * sizeof(*groups));
	step->len = count;
	step->rc = rc;
}

void fake_path(struct fake_kernel *fake_kernel, const char *path)
{
	fake_kernel->steps[fake_kernel->count - 1].path = path;
}

void fake_is_reset(struct fake_kernel *fake_kernel, int rc)
{
	add_step(fake_kernel, RESET)->rc = rc;
}

void fake_resets_at_will(struct fake_kernel *fake_kernel)
{
	fake_kernel->resets_at_will = true;
}

const struct request *fake_request(const struct fake_kernel *fake_kernel)
{
	return &fake_kernel->last.request;
}

size_t fake_requests(const struct fake_kernel *fake_kernel)
{
	return fake_kernel->requests;
}
