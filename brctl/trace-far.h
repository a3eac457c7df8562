/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The far end of a port, for trace --follow. */

#ifndef VBR_BRCTL_TRACE_FAR_H
#define VBR_BRCTL_TRACE_FAR_H

#include <limits.h>
#include <net/if.h>
#include <stdbool.h>

#include "vbridge.h"

struct trace_far {
	struct vbr_ctx *ctx;	  /* there; NULL: not at a bridge */
	char netns[NAME_MAX + 1]; /* "": the same */
	char port[IFNAMSIZ];
	char bridge[IFNAMSIZ]; /* "": it is not a port */
};

/* Returns whether the port is a veth device whose far end can be found. */
bool trace_far_open(struct vbr_ctx *ctx, const char *port,
		    struct trace_far *ret_far);
void trace_far_close(struct trace_far *far);

#endif
