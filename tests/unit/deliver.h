/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Gives a datagram to a receiver, as the socket of a fake kernel does. */

#ifndef UNIT_DELIVER_H
#define UNIT_DELIVER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The receiver's room behind the last datagram. */
struct delivery {
	char *beyond;
	size_t len;
};

/* Copies the datagram and closes the room behind it: AddressSanitizer finds
 * who reads there. Messages without a sequence number answer the request
 * "sequence"; those with ANSWER_TO() one of a batch that begins with it. What
 * is larger than the room is -EMSGSIZE. */
ssize_t deliver(struct delivery *delivery, void *room, size_t size,
		const void *bytes, size_t len, uint32_t sequence);

/* Opens the room again. */
void deliver_nothing(struct delivery *delivery);

#endif
