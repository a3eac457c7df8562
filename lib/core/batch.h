/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Many requests at once. */

#ifndef VBR_CORE_BATCH_H
#define VBR_CORE_BATCH_H

#include <stddef.h>

struct request;
struct vbr_ctx;

/*
 * Sends many changes, each of which wants an ack, some at once, and reads
 * their verdicts: 0 or a negative errno for each; -ECANCELED for those that
 * were not sent, some having been refused. Returns 0, or the first error,
 * which is the context's, too.
 */
int talk_batch(struct vbr_ctx *ctx, struct request *reqs, size_t count,
	       int *ret_verdicts);

#endif
