/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes the IP state of devices to the wanted one. */

#ifndef VBR_IP_CHANGE_H
#define VBR_IP_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "ip/state.h"

enum ip_change_flags {
	/* Only adds what is missing; rows that others added stay. */
	IP_CHANGE_ADD_ONLY = 1,
	/* Continues after an error, for an undo. */
	IP_CHANGE_KEEP_GOING = 2,
	/* The addresses of a device come in the order in which they are
	 * wanted; some may be deleted for a moment. */
	IP_CHANGE_IN_ORDER = 4,
};

/*
 * Adds before it deletes: first everything that is missing, in one datagram if
 * the kernel has room for its answers. Surplus rows are deleted once the kernel
 * uses the new ones. Then it reads the state again and corrects side effects in
 * the kernel. "wanted" are requests of ip_state_requests(). -EAGAIN: the state
 * changes all the time.
 */
int ip_change(struct vbr_ctx *ctx, const struct ip_device *devices,
	      size_t count, const struct ip_state *wanted, unsigned int flags);

/* The requests of the first datagram, from "now" to "wanted", both requests. */
int ip_change_plan(const struct ip_state *now, const struct ip_state *wanted,
		   unsigned int flags, struct ip_state **ret_plan);

#endif
