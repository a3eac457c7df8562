/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends a request to the kernel, and reads the whole answer. */

#ifndef VBR_TALK_H
#define VBR_TALK_H

#include <limits.h>
#include <stddef.h>

/* A result of "on_message": the rest of the dump is not needed, and may never
 * end. talk() leaves it and succeeds. */
#define TALK_ENOUGH INT_MIN

/* How many messages of other requests are skipped before -EPROTO. */
#define TALK_FOREIGN_MAX 4096

struct nlmsghdr;
struct vbr_ctx;

/*
 * Receives the messages of an answer. If "on_message" returns other than 0, it
 * gets no more messages, and talk() returns that. "restart" drops what was
 * received, because the kernel's tables changed during the dump or a part of
 * the answer was lost; the request is then repeated. If "restart" is NULL,
 * talk() fails instead, with -EAGAIN if the tables changed. A context can accept
 * an answer during which the tables changed: vbr_ctx_accept_interrupted().
 */
struct talk_handler {
	int (*on_message)(void *data, const struct nlmsghdr *msg);
	void (*restart)(void *data);
	void *data;
};

int talk(struct vbr_ctx *ctx, struct nlmsghdr *msg,
	 const struct talk_handler *handler);

/* For callers that may have to undo something: later reads need no memory. */
int talk_reserve(struct vbr_ctx *ctx);

/* Sends bytes unchanged; repeats after EINTR. */
int talk_send(struct vbr_ctx *ctx, const void *bytes, size_t len);

#endif
