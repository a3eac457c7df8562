/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends a request and reads its answer to the end, so that nothing of it is
 * left when the next request is sent. Skips messages of other requests. */

#include "config.h"

#include "core/talk.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/context.h"
#include "sys/transport.h"
#include "wire/message.h"
#include "wire/reply.h"

/* How often a read is repeated after its answer was interrupted or lost. */
#define ATTEMPTS 8

/* No kernel sends a larger datagram in a dump. RECEIVE_MAX limits our
 * buffer. */
#define RECEIVE_DUMP 32768
#define RECEIVE_MAX (1024 * 1024)

struct conversation {
	struct vbr_ctx *ctx;
	const struct nlmsghdr *request;
	const struct talk_handler *handler;
	unsigned int foreign;
	bool done;
	/* Read to the end, but ignore further messages. */
	int failed;
	/* The context has the error sentence already. */
	bool error_reported;
	/* An interrupted answer is accepted. */
	bool accepts_interrupted;
	/* The answer is incomplete or inconsistent: repeat the request. The
	 * errno says why. */
	int interrupted;
	/* The rest of the answer will not arrive, or cannot be parsed. */
	bool broken;
};

static bool is_dump(const struct nlmsghdr *request)
{
	return (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
}

static bool is_read(const struct nlmsghdr *request)
{
	return !(request->nlmsg_flags & NLM_F_ACK);
}

int talk_send(struct vbr_ctx *ctx, const void *bytes, size_t len)
{
	int rc;

	do
		rc = ctx->transport->send(ctx->transport_data, bytes, len);
	while (rc == -EINTR);
	return rc;
}

static int make_room(struct vbr_ctx *ctx, size_t size)
{
	char *buffer;

	if (size <= ctx->buffer_size)
		return 0;
	if (size > RECEIVE_MAX)
		return -EMSGSIZE;
	buffer = malloc(size);
	if (!buffer)
		return -ENOMEM;
	context_free_buffer(ctx);
	ctx->buffer = buffer;
	ctx->buffer_size = size;
	return 0;
}

int talk_reserve(struct vbr_ctx *ctx)
{
	int rc = make_room(ctx, RECEIVE_DUMP);

	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

/*
 * A datagram that was too long or was dropped is lost, and so is the answer.
 * After one that was too long, a dump continues to its end. After one that the
 * kernel had no memory for, a dump never continues.
 */
static int lose_datagram(struct conversation *talk, int error)
{
	int rc;

	if (!is_read(talk->request))
		return error;
	if (error == -EMSGSIZE) {
		rc = make_room(talk->ctx, talk->ctx->buffer_size * 2);
		if (rc < 0)
			return rc;
	}
	talk->interrupted = error;
	talk->broken = error == -ENOBUFS;
	talk->done = talk->broken || !is_dump(talk->request);
	return 0;
}

static int finish(struct conversation *talk, const struct nlmsghdr *msg)
{
	struct reply_error error;
	int rc = reply_parse_error(msg, &error);

	if (rc < 0)
		return rc;
	talk->done = true;
	if (error.error == 0 || talk->failed)
		return 0;
	talk->failed = context_fail_kernel(talk->ctx, &error, talk->request);
	talk->error_reported = true;
	return 0;
}

static void handle_payload(struct conversation *talk,
			   const struct nlmsghdr *msg)
{
	int rc;

	if (!is_dump(talk->request) && is_read(talk->request))
		talk->done = true;
	if (talk->failed || talk->interrupted || talk->broken || !talk->handler)
		return;

	rc = talk->handler->on_message(talk->handler->data, msg);
	if (rc == TALK_ENOUGH)
		talk->done = talk->broken = true;
	else if (rc)
		talk->failed = rc;
}

/* The kernel's tables changed during the dump. */
static void note_interruption(struct conversation *talk)
{
	if (talk->accepts_interrupted)
		talk->ctx->was_interrupted = true;
	else
		talk->interrupted = -EAGAIN;
}

static int handle_message(struct conversation *talk, const struct nlmsghdr *msg)
{
	if (msg->nlmsg_seq != talk->request->nlmsg_seq)
		return ++talk->foreign > TALK_FOREIGN_MAX ? -EPROTO : 0;
	if (msg->nlmsg_flags & NLM_F_DUMP_INTR && is_dump(talk->request))
		note_interruption(talk);

	switch (msg->nlmsg_type) {
	case NLMSG_NOOP:
		return 0;
	case NLMSG_OVERRUN:
		return lose_datagram(talk, -ENOBUFS);
	case NLMSG_ERROR:
	case NLMSG_DONE:
		return finish(talk, msg);
	default:
		handle_payload(talk, msg);
		return 0;
	}
}

static int handle_datagram(struct conversation *talk, int len)
{
	const struct nlmsghdr *msg = (const void *)talk->ctx->buffer;
	int rc;

	while (message_ok(msg, len)) {
		rc = handle_message(talk, msg);
		if (rc < 0)
			return rc;
		msg = mnl_nlmsg_next(msg, &len);
		if (len <= 0)
			return 0;
	}
	/* The rest is not a whole message, or there was no message at all. */
	return -EBADMSG;
}

static int receive_answer(struct conversation *talk)
{
	struct vbr_ctx *ctx = talk->ctx;
	int rc = 0;

	while (!talk->done && rc >= 0) {
		ssize_t len = ctx->transport->receive(ctx->transport_data,
						      ctx->buffer,
						      ctx->buffer_size);

		if (len == -EINTR)
			continue;
		if (len == -EMSGSIZE || len == -ENOBUFS)
			rc = lose_datagram(talk, (int)len);
		else if (len < 0)
			rc = (int)len;
		else
			rc = handle_datagram(talk, (int)len);
	}
	return rc;
}

/* The rest of an abandoned dump would disturb the next one. */
static int drain(struct conversation *talk)
{
	const struct vbr_ctx *ctx = talk->ctx;

	return is_dump(talk->request)
		       ? ctx->transport->reset(ctx->transport_data)
		       : 0;
}

static int once(struct vbr_ctx *ctx, struct nlmsghdr *request,
		const struct talk_handler *handler, bool is_last,
		int *ret_interrupted)
{
	struct conversation talk = {
		.ctx = ctx,
		.request = request,
		.handler = handler,
		.accepts_interrupted = is_last && ctx->accepts_interrupted,
	};
	bool is_sent;
	int rc;

	request->nlmsg_seq = ++ctx->sequence;
	rc = make_room(ctx, is_dump(request) ? RECEIVE_DUMP : RECEIVE_SMALL);
	if (rc >= 0)
		rc = talk_send(ctx, request, request->nlmsg_len);
	is_sent = rc >= 0;
	if (is_sent)
		rc = receive_answer(&talk);
	if (rc < 0)
		drain(&talk);
	else if (talk.broken)
		rc = drain(&talk);
	if (rc < 0)
		return is_sent && !is_read(request)
			       ? context_fail_lost(ctx, rc)
			       : context_fail(ctx, rc, NULL);
	/* A result above 0 from a caller's function is not an error. */
	if (talk.failed < 0 && !talk.error_reported)
		return context_fail(ctx, talk.failed, NULL);

	*ret_interrupted = talk.interrupted;
	return talk.failed;
}

static int give_up(struct vbr_ctx *ctx, int interrupted)
{
	const char *why = NULL;

	if (interrupted == -EAGAIN)
		why = _("the kernel's tables changed while it listed them");
	return context_fail(ctx, interrupted, why);
}

int talk(struct vbr_ctx *ctx, struct nlmsghdr *msg,
	 const struct talk_handler *handler)
{
	int interrupted = 0;

	if (ctx->is_dry && !is_read(msg))
		return 0;
	for (unsigned int left = ATTEMPTS; left > 0; left--) {
		bool is_last = left == 1 || !handler || !handler->restart;
		int rc;

		interrupted = 0;
		rc = once(ctx, msg, handler, is_last, &interrupted);
		if (rc || !interrupted)
			return rc;
		if (!handler->restart)
			break;
		handler->restart(handler->data);
	}
	return give_up(ctx, interrupted);
}
