/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends many requests at once. */

#ifndef VBR_CORE_BATCH_H
#define VBR_CORE_BATCH_H

#include <stddef.h>

struct nlmsghdr;
struct request;
struct vbr_ctx;

/*
 * Sends many changes, each with NLM_F_ACK, several in one datagram, and reads
 * their verdicts: 0 or a negative errno for each, -ECANCELED for those that
 * were not sent because others were refused, or whose verdicts were lost.
 * Returns 0 or the first error, which becomes the context's error.
 */
int talk_batch(struct vbr_ctx *ctx, struct request *reqs, size_t count,
	       int *ret_verdicts);

/* The same for messages of any length. */
int talk_messages(struct vbr_ctx *ctx, struct nlmsghdr *const *msgs,
		  size_t count, int *ret_verdicts);

#endif
