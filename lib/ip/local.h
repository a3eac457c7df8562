/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Waits until the kernel uses new IPv6 addresses. */

#ifndef VBR_IP_LOCAL_H
#define VBR_IP_LOCAL_H

#include <stddef.h>

#include "ip/state.h"

/*
 * The kernel accepts packets for a new IPv6 address only after a work queue has
 * run, also without duplicate detection. Until then the old one must stay. Waits
 * for the addresses among the first "count" requests, but not forever.
 */
int local_wait(struct vbr_ctx *ctx, const struct ip_state *requests,
	       size_t count);

#endif
