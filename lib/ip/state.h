/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The IP state of devices: their addresses, neighbours, routes, nexthops and
 * rules, as the kernel's own messages.
 */

#ifndef VBR_IP_STATE_H
#define VBR_IP_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/name.h"

struct ip_move;
struct nlmsghdr;
struct vbr_ctx;

struct ip_device {
	int index;
	char name[NAME_SIZE];
	/* How it makes its link-local address, where an undo needs that;
	 * negative: not known. */
	int gen_mode;
};

struct ip_row {
	struct nlmsghdr *msg;
	uint32_t hash; /* of a request: ip_message_hash() */
	/* An IPv6 address that is not in use, because another host may have it
	 * or has it. */
	bool is_tentative;
};

struct ip_state {
	size_t count, room;
	struct ip_row *rows;
	struct arena arena;
};

/* Reads the state of these devices; with 0 devices, of all. Also the routes of
 * other devices that have one of their addresses as the source. */
int ip_state_take(struct vbr_ctx *ctx, const struct ip_device *devices,
		  size_t count, struct ip_state **ret_state);

/*
 * The requests that make a state again, for another device if "move" is not
 * NULL. -EMSGSIZE: a label becomes too long. -ENOMEM.
 */
int ip_state_requests(const struct ip_state *state, const struct ip_move *move,
		      struct ip_state **ret_requests);

/* Adds a request for a row; "move" may be NULL. A zeroed state is empty. */
int ip_state_add(struct ip_state *requests, const struct ip_row *from,
		 const struct ip_move *move);

/* Bytes that can be kept in a file, and a state of such bytes: free().
 * -EBADMSG: they are no such bytes. */
int ip_state_save(const struct ip_state *state, void **ret_bytes,
		  size_t *ret_len);
int ip_state_load(const void *bytes, size_t len, struct ip_state **ret_state);

void ip_state_free(struct ip_state *state);

#endif
