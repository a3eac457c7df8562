/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace --live where the kernel cannot follow frames: the counters of ports. */

#ifndef VBR_BRCTL_TRACE_COUNT_H
#define VBR_BRCTL_TRACE_COUNT_H

struct cli;
struct vbr_frame;

/* Shows the counters beside the prediction for the frame; "timeout" in ms, unless
 * cli->send. Returns the status. */
int live_count(const struct cli *cli, const char *bridge,
	       const struct vbr_frame *frame, unsigned int timeout);

#endif
