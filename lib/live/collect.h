/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sorts messages of nf_tables by the frame that they are about. */

#ifndef VBR_LIVE_COLLECT_H
#define VBR_LIVE_COLLECT_H

#include <stdint.h>

struct nft_trace;
struct vbr_live;

/* Takes a message of nf_tables. -ENOMEM */
int live_take_trace(struct vbr_live *live, const struct nft_trace *trace,
		    int64_t now);

#endif
