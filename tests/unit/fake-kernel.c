/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The canned kernel: keeps its script, and holds the library to it. */

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
#include "sys/transport.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(bytes, len) ((void)(bytes), (void)(len))
#define ASAN_UNPOISON_MEMORY_REGION(bytes, len) ((void)(bytes), (void)(len))
#endif

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
	struct canned_control control;
};

struct canned {
	struct step *steps;
	size_t count, at;
	size_t requests;
	bool closed, resets_at_will;
	bool listens;
	/* What was sent last: one request, or many. */
	union {
		struct request request;
		char bytes[REQUEST_SIZE * 64];
	} last;
	/* The receiver's room behind what it received. */
	char *beyond;
	size_t beyond_len;
};

static struct step *next_step(struct canned *canned, enum event event)
{
	struct step *step = &canned->steps[canned->at];

	check(!canned->closed, "it %s after the end", event_names[event]);
	check(canned->at < canned->count, "it %s, the script is at its end",
	      event_names[event]);
	check(step->event == event, "at step %zu it %s, but now it %s",
	      canned->at, event_names[event], event_names[step->event]);
	if (--step->times == 0)
		canned->at++;
	return step;
}

/* But for its sequence number, which is the library's own. */
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

static int canned_send(void *data, const void *bytes, size_t len)
{
	struct canned *canned = data;
	const struct step *step = next_step(canned, SENT);
	const struct nlmsghdr *msg;
	size_t count = 0;

	check(len < sizeof(canned->last), "a request of %zu bytes", len);
	if (step->bytes)
		check_bytes(step, canned->at - 1, bytes, len);
	memset(&canned->last, 0, sizeof(canned->last));
	memcpy(&canned->last, bytes, len);
	while ((msg = canned_sent(canned, count))) {
		count++;
		check(step->rc < 0 || msg->nlmsg_type == step->type,
		      "a request of type %d, not %d", msg->nlmsg_type,
		      step->type);
		check((const char *)msg + msg->nlmsg_len <=
			      canned->last.bytes + len,
		      "a request of %u in %zu bytes", msg->nlmsg_len, len);
	}
	canned->requests += count;
	return step->rc;
}

const struct nlmsghdr *canned_sent(const struct canned *canned, size_t i)
{
	const char *at = canned->last.bytes;
	const struct nlmsghdr *msg = (const void *)at;

	while (msg->nlmsg_len && i-- > 0) {
		at += MNL_ALIGN(msg->nlmsg_len);
		msg = (const void *)at;
	}
	return msg->nlmsg_len ? msg : NULL;
}

/* Messages without a sequence number answer the last request; those with
 * ANSWER_TO() one of the last batch. */
static void number_messages(char *bytes, size_t len, uint32_t sequence)
{
	size_t at = 0;

	while (at + sizeof(struct nlmsghdr) <= len) {
		struct nlmsghdr *msg = (void *)(bytes + at);

		if (msg->nlmsg_seq == 0 ||
		    (msg->nlmsg_seq & ANSWER_MASK) == ANSWER_TO(0))
			msg->nlmsg_seq = sequence +
					 (msg->nlmsg_seq & ~ANSWER_MASK);
		if (msg->nlmsg_len < sizeof(*msg))
			return;
		at += MNL_ALIGN(msg->nlmsg_len);
	}
}

/* Who reads behind a datagram, though the room goes on, is found by ASan. */
static void guard_room(struct canned *canned, char *beyond, size_t len)
{
	if (canned->beyond_len)
		ASAN_UNPOISON_MEMORY_REGION(canned->beyond, canned->beyond_len);
	canned->beyond = beyond;
	canned->beyond_len = len;
	if (len)
		ASAN_POISON_MEMORY_REGION(beyond, len);
}

static ssize_t canned_receive(void *data, void *bytes, size_t size)
{
	struct canned *canned = data;
	const struct step *step = next_step(canned, RECEIVED);

	guard_room(canned, NULL, 0);
	if (step->rc < 0)
		return step->rc;
	/* The rest is lost, as in the kernel. */
	if (step->len > size || step->room > size)
		return -EMSGSIZE;
	memcpy(bytes, step->bytes, step->len);
	guard_room(canned, (char *)bytes + step->len, size - step->len);
	number_messages(bytes, step->len, canned->last.request.head.nlmsg_seq);
	return (ssize_t)step->len;
}

static int vlan_ioctl(const struct canned_control *wanted,
		      const struct vlan_ioctl_args *args)
{
	check(args->cmd == wanted->command, "the VLAN command is %d, not %d",
	      args->cmd, wanted->command);
	check(strcmp(args->device1, wanted->name) == 0,
	      "the VLAN command is for \"%s\", not \"%s\"", args->device1,
	      wanted->name);
	check(args->u.flag == wanted->value, "its value is %u, not %u",
	      args->u.flag, wanted->value);
	check(args->vlan_qos == wanted->qos, "its other value is %d, not %d",
	      args->vlan_qos, wanted->qos);
	return wanted->rc;
}

static int canned_ioctl(void *data, unsigned long request, void *argument)
{
	const struct canned_control *wanted =
		&next_step(data, CONTROLLED)->control;
	struct ifreq *device = argument;

	check(request == wanted->request, "the ioctl is %#lx, not %#lx",
	      request, wanted->request);
	if (request == SIOCSIFVLAN)
		return vlan_ioctl(wanted, argument);
	check(strcmp(device->ifr_name, wanted->name) == 0,
	      "the ioctl is for \"%s\", not \"%s\"", device->ifr_name,
	      wanted->name);
	check(!wanted->index || device->ifr_ifindex == wanted->index,
	      "the ioctl is for index %d, not %d", device->ifr_ifindex,
	      wanted->index);
	if (wanted->ret_index)
		device->ifr_ifindex = wanted->ret_index;
	if (wanted->ret_name)
		memcpy(device->ifr_name, wanted->ret_name,
		       strlen(wanted->ret_name) + 1);
	return wanted->rc;
}

static void canned_close(void *data)
{
	struct canned *canned = data;

	check(!canned->closed, "it is closed twice");
	guard_room(canned, NULL, 0);
	/* A watch goes before its context. */
	canned->closed = !canned->listens;
	canned->listens = false;
}

static int canned_read_file(void *data, const char *path, char *ret_text,
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

static int canned_write_file(void *data, const char *path, const char *text)
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

/* What is heard comes in the script's order like all else. */
static int canned_listen(void *data, const unsigned int *groups, size_t count,
			 struct kernel_socket *room, void **ret_data)
{
	struct canned *canned = data;
	const struct step *step = next_step(canned, LISTENED);

	check(count == step->len &&
		      memcmp(groups, step->bytes, count * sizeof(*groups)) == 0,
	      "it listens to %zu groups, the first is %u", count, groups[0]);
	if (step->rc < 0)
		return step->rc;
	room->fd = -1;
	canned->listens = true;
	*ret_data = canned;
	return 0;
}

static int canned_reset(void *data)
{
	struct canned *canned = data;

	guard_room(canned, NULL, 0);
	return canned->resets_at_will ? 0 : next_step(canned, RESET)->rc;
}

static const struct transport canned_transport = {
	.send = canned_send,
	.receive = canned_receive,
	.control = canned_ioctl,
	.read_file = canned_read_file,
	.write_file = canned_write_file,
	.listen = canned_listen,
	.reset = canned_reset,
	.close = canned_close,
};

struct canned *canned_new(struct vbr_ctx **ret_ctx)
{
	struct canned *canned = calloc(1, sizeof(*canned));

	assert_non_null(canned);
	assert_int_equal(context_new(&canned_transport, canned, ret_ctx), 0);
	return canned;
}

void canned_forget(struct canned *canned)
{
	canned->at = canned->count;
}

void canned_end(struct canned *canned, struct vbr_ctx *ctx)
{
	check(canned->at == canned->count,
	      "step %zu of %zu of the script was not reached", canned->at,
	      canned->count);
	assert_null(vbr_ctx_unref(ctx));
	assert_true(canned->closed);
	for (size_t i = 0; i < canned->count; i++)
		free(canned->steps[i].bytes);
	free(canned->steps);
	free(canned);
}

/* One more step; the table has room for a power of two. */
static struct step *add_step(struct canned *canned, enum event event)
{
	size_t count = canned->count;

	if ((count & (count - 1)) == 0) {
		canned->steps = realloc(canned->steps,
					sizeof(struct step) *
						(count ? count * 2 : 1));
		assert_non_null(canned->steps);
	}
	canned->steps[count] = (struct step){ .event = event, .times = 1 };
	canned->count++;
	return &canned->steps[count];
}

void canned_expect(struct canned *canned, uint16_t type)
{
	add_step(canned, SENT)->type = type;
}

void canned_send_fails(struct canned *canned, int error)
{
	add_step(canned, SENT)->rc = error;
}

static void keep_bytes(struct step *step, const void *bytes, size_t len)
{
	step->len = len;
	step->bytes = malloc(len + 1);
	assert_non_null(step->bytes);
	memcpy(step->bytes, bytes, len);
}

void canned_expect_this(struct canned *canned, const struct nlmsghdr *wanted)
{
	canned_expect(canned, wanted->nlmsg_type);
	keep_bytes(&canned->steps[canned->count - 1], wanted,
		   wanted->nlmsg_len);
}

void canned_answer_times(struct canned *canned, const struct datagram *d,
			 size_t times)
{
	struct step *step = add_step(canned, RECEIVED);

	step->times = times;
	keep_bytes(step, d->bytes, d->len);
}

void canned_answer(struct canned *canned, const struct datagram *d)
{
	canned_answer_times(canned, d, 1);
}

void canned_answer_needing(struct canned *canned, const struct datagram *d,
			   size_t room)
{
	canned_answer(canned, d);
	canned->steps[canned->count - 1].room = room;
}

void canned_receive_fails(struct canned *canned, int error)
{
	add_step(canned, RECEIVED)->rc = error;
}

void canned_control(struct canned *canned, const struct canned_control *wanted)
{
	add_step(canned, CONTROLLED)->control = *wanted;
}

void canned_file(struct canned *canned, const char *text, int rc)
{
	struct step *step = add_step(canned, READ_FILE);

	step->rc = rc;
	keep_bytes(step, text, strlen(text));
}

void canned_file_written(struct canned *canned, const char *text, int rc)
{
	struct step *step = add_step(canned, WRITE_FILE);

	step->rc = rc;
	keep_bytes(step, text, strlen(text));
}

void canned_listens(struct canned *canned, const unsigned int *groups,
		    size_t count, int rc)
{
	struct step *step = add_step(canned, LISTENED);

	keep_bytes(step, groups, count * sizeof(*groups));
	step->len = count;
	step->rc = rc;
}

void canned_path(struct canned *canned, const char *path)
{
	canned->steps[canned->count - 1].path = path;
}

void canned_is_reset(struct canned *canned, int rc)
{
	add_step(canned, RESET)->rc = rc;
}

void canned_resets_at_will(struct canned *canned)
{
	canned->resets_at_will = true;
}

const struct request *canned_request(const struct canned *canned)
{
	return &canned->last.request;
}

size_t canned_requests(const struct canned *canned)
{
	return canned->requests;
}
