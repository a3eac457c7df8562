/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The result of a trace while it is made. */

#ifndef VBR_TRACE_RESULT_H
#define VBR_TRACE_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct vbr_trace_step {
	const char *name, *device, *verdict;
	const char *why;
	const char *option; /* or NULL */
};

struct trace_out {
	const char *port;
	int vlan; /* -1: untagged */
};

struct vbr_trace {
	struct arena arena;
	struct vbr_trace_step *steps;
	size_t step_count, step_room;
	struct trace_out *outs;
	size_t out_count, out_room;
	const char *dropped; /* or NULL */
	bool host, is_learned;
	int host_vlan; /* -1: untagged */
	bool is_short; /* of memory */
};

/* All but the reason are copied, or constants. */
void result_step(struct vbr_trace *trace, const struct vbr_trace_step *step,
		 const char *why, ...) __attribute__((format(printf, 3, 4)));
void result_out(struct vbr_trace *trace, const char *port, int vlan);

#endif
