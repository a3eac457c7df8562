/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Copies a datagram to a receiver, as the socket of a fake kernel does. */

#ifndef UNIT_DELIVER_H
#define UNIT_DELIVER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The part of the receiver's buffer behind the last datagram. */
struct delivery {
	char *beyond;
	size_t len;
};

/* Copies the datagram and poisons the rest of the buffer, so that
 * AddressSanitizer finds reads there. Messages without a sequence number answer
 * the request "sequence"; messages with ANSWER_TO() answer one of a batch that
 * starts with it. Returns -EMSGSIZE if the buffer is too small. */
ssize_t deliver(struct delivery *delivery, void *room, size_t size,
		const void *bytes, size_t len, uint32_t sequence);

/* Unpoisons the buffer. */
void deliver_nothing(struct delivery *delivery);

#endif
