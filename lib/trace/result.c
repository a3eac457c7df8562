/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The result of a trace: steps and ports; and what programs read of it. */

#include "config.h"

#include "trace/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "vbridge.h"

/* NULL: there is no memory. */
static const char *copy(struct vbr_trace *trace, const char *text)
{
	const char *copied = arena_text(&trace->arena, text);

	if (!copied)
		trace->is_short = true;
	return copied;
}

void result_step(struct vbr_trace *trace, const struct vbr_trace_step *step,
		 const char *why, ...)
{
	struct vbr_trace_step *steps = array_grow(trace->steps, sizeof(*steps),
						  trace->step_count,
						  &trace->step_room);
	struct vbr_trace_step *last;
	char text[256];
	va_list args;

	if (!steps) {
		trace->is_short = true;
		return;
	}
	va_start(args, why);
	vsnprintf(text, sizeof(text), why, args);
	va_end(args);
	trace->steps = steps;
	last = &steps[trace->step_count++];
	*last = *step;
	last->device = copy(trace, step->device);
	last->why = copy(trace, text);
}

void result_out(struct vbr_trace *trace, const char *port, int vlan)
{
	struct trace_out *outs = array_grow(trace->outs, sizeof(*outs),
					    trace->out_count, &trace->out_room);

	if (!outs) {
		trace->is_short = true;
		return;
	}
	trace->outs = outs;
	outs[trace->out_count].vlan = vlan;
	outs[trace->out_count++].port = copy(trace, port);
}

void vbr_trace_free(struct vbr_trace *trace)
{
	if (!trace)
		return;
	arena_free(&trace->arena);
	free(trace->steps);
	free(trace->outs);
	free(trace);
}

const struct vbr_trace_step *vbr_trace_step_at(const struct vbr_trace *trace,
					       size_t i)
{
	return i < trace->step_count ? &trace->steps[i] : NULL;
}

const char *vbr_trace_step_name(const struct vbr_trace_step *step)
{
	return step->name;
}

const char *vbr_trace_step_device(const struct vbr_trace_step *step)
{
	return step->device;
}

const char *vbr_trace_step_verdict(const struct vbr_trace_step *step)
{
	return step->verdict;
}

const char *vbr_trace_step_why(const struct vbr_trace_step *step)
{
	return step->why;
}

const char *vbr_trace_step_option(const struct vbr_trace_step *step)
{
	return step->option;
}

bool vbr_trace_out_at(const struct vbr_trace *trace, size_t i,
		      const char **ret_port, int *ret_vlan)
{
	if (i >= trace->out_count)
		return false;
	*ret_port = trace->outs[i].port;
	*ret_vlan = trace->outs[i].vlan;
	return true;
}

bool vbr_trace_is_for_host(const struct vbr_trace *trace)
{
	return trace->host;
}

bool vbr_trace_is_learned(const struct vbr_trace *trace)
{
	return trace->is_learned;
}

const char *vbr_trace_dropped(const struct vbr_trace *trace)
{
	return trace->dropped;
}
