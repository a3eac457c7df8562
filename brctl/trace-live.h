/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace --live: shows real frames beside the prediction. */

#ifndef VBR_BRCTL_TRACE_LIVE_H
#define VBR_BRCTL_TRACE_LIVE_H

#include <stdint.h>

struct cli;
struct vbr_frame;

/* The values of its options. */
struct live {
	uint64_t count;	      /* of frames */
	unsigned int timeout; /* in ms */
};

/* Returns the status. */
int live_take_options(const struct cli *cli, struct live *ret_live);

int live_trace(struct cli *cli, const char *bridge,
	       const struct vbr_frame *frame, const struct live *live);

#endif
