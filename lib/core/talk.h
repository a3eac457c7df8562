/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Conversations with the kernel: a request, and all of its answer. */

#ifndef VBR_TALK_H
#define VBR_TALK_H

#include <stddef.h>

/* How many messages of other conversations are passed over. */
#define TALK_FOREIGN_MAX 4096

struct nlmsghdr;
struct vbr_ctx;

/*
 * Where the messages of an answer go. What "on_message" returns, if not 0, ends the
 * conversation. "restart" forgets what was taken: the kernel's tables changed
 * while it listed them, and the list begins again; where it is NULL,
 * talk() returns -EAGAIN instead.
 */
struct talk_handler {
	int (*on_message)(void *data, const struct nlmsghdr *msg);
	void (*restart)(void *data);
	void *data;
};

int talk(struct vbr_ctx *ctx, struct nlmsghdr *msg,
	 const struct talk_handler *handler);

/* For who may have to undo something: later reads take no memory. */
int talk_reserve(struct vbr_ctx *ctx);

/* Sends bytes as they are, whatever interrupts it. */
int talk_send(struct vbr_ctx *ctx, const void *bytes, size_t len);

#endif
