/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends many requests at once, which takes fewer system calls. */

#include "config.h"

#include "core/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "core/talk.h"
#include "wire/message.h"
#include "wire/reply.h"
#include "wire/request.h"

/* The acks to this many requests fit into 32 KiB, the smallest receive buffer
 * that libnl sets. */
#define AT_ONCE 64

/* Messages of a caller, or those in an array of requests. */
struct batch {
	struct vbr_ctx *ctx;
	struct request *reqs;
	struct nlmsghdr *const *msgs;
	int *verdicts;
	size_t count;
	uint32_t first; /* sequence number */
	size_t outstanding;
	unsigned int foreign;
	int failed;
};

static struct nlmsghdr *message_at(const struct batch *batch, size_t i)
{
	return batch->msgs ? batch->msgs[i] : &batch->reqs[i].head;
}

static int send_one(struct batch *batch)
{
	struct nlmsghdr *msg = message_at(batch, 0);

	batch->count = 1;
	batch->first = msg->nlmsg_seq = ++batch->ctx->sequence;
	return talk_send(batch->ctx, msg, msg->nlmsg_len);
}

static size_t total_size(const struct batch *batch)
{
	size_t size = 0;

	for (size_t i = 0; i < batch->count; i++)
		size += NLMSG_ALIGN(message_at(batch, i)->nlmsg_len);
	return size;
}

/* Without memory, sends only the first: an undo must not need any. */
static int send_all(struct batch *batch)
{
	struct vbr_ctx *ctx = batch->ctx;
	char *bytes = NULL;
	size_t len = 0;
	int rc;

	if (batch->count > 1)
		bytes = calloc(1, total_size(batch));
	if (!bytes)
		return send_one(batch);
	batch->first = ctx->sequence + 1;
	for (size_t i = 0; i < batch->count; i++) {
		struct nlmsghdr *head = message_at(batch, i);

		head->nlmsg_seq = ++ctx->sequence;
		memcpy(bytes + len, head, head->nlmsg_len);
		len += NLMSG_ALIGN(head->nlmsg_len);
	}
	rc = talk_send(ctx, bytes, len);
	free(bytes);
	return rc;
}

static int on_verdict(struct batch *batch, const struct nlmsghdr *msg)
{
	uint32_t i = msg->nlmsg_seq - batch->first;
	struct reply_error error;
	int rc;

	if (msg->nlmsg_type != NLMSG_ERROR || i >= batch->count)
		return ++batch->foreign > TALK_FOREIGN_MAX ? -EPROTO : 0;
	rc = reply_parse_error(msg, &error);
	if (rc < 0)
		return rc;
	batch->verdicts[i] = error.error;
	batch->outstanding--;
	if (error.error < 0 && !batch->failed)
		batch->failed = context_fail_kernel(batch->ctx, &error,
						    message_at(batch, i));
	return 0;
}

static int take_datagram(struct batch *batch, int len)
{
	const struct nlmsghdr *msg = (const void *)batch->ctx->buffer;

	if (!message_ok(msg, len))
		return -EBADMSG;
	for (; message_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
		int rc = on_verdict(batch, msg);

		if (rc < 0)
			return rc;
	}
	return len > 0 ? -EBADMSG : 0;
}

static int read_verdicts(struct batch *batch)
{
	struct vbr_ctx *ctx = batch->ctx;

	batch->outstanding = batch->count;
	while (batch->outstanding) {
		ssize_t len = ctx->transport->receive(ctx->transport_data,
						      ctx->buffer,
						      ctx->buffer_size);
		int rc = 0;

		if (len == -EINTR)
			continue;
		rc = len < 0 ? (int)len : take_datagram(batch, (int)len);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int run_part(struct batch *batch)
{
	struct vbr_ctx *ctx = batch->ctx;
	int rc = send_all(batch);

	if (rc < 0)
		return context_fail(ctx, rc, NULL);
	rc = read_verdicts(batch);
	if (rc < 0) {
		ctx->transport->reset(ctx->transport_data);
		return context_fail_lost(ctx, rc);
	}
	return batch->failed;
}

static int run(struct vbr_ctx *ctx, struct request *reqs,
	       struct nlmsghdr *const *msgs, size_t count, int *ret_verdicts)
{
	for (size_t i = 0; i < count; i++)
		ret_verdicts[i] = ctx->is_dry ? 0 : -ECANCELED;
	if (ctx->is_dry)
		return 0;

	for (size_t at = 0; at < count;) {
		struct batch batch = {
			.ctx = ctx,
			.reqs = reqs ? reqs + at : NULL,
			.msgs = msgs ? msgs + at : NULL,
			.verdicts = ret_verdicts + at,
			.count = count - at < AT_ONCE ? count - at : AT_ONCE,
		};
		int rc;

		context_progress(ctx, at, count);
		rc = run_part(&batch);
		if (rc < 0)
			return rc;
		at += batch.count;
	}
	context_progress(ctx, count, count);
	return 0;
}

int talk_batch(struct vbr_ctx *ctx, struct request *reqs, size_t count,
	       int *ret_verdicts)
{
	return run(ctx, reqs, NULL, count, ret_verdicts);
}

int talk_messages(struct vbr_ctx *ctx, struct nlmsghdr *const *msgs,
		  size_t count, int *ret_verdicts)
{
	return run(ctx, NULL, msgs, count, ret_verdicts);
}
