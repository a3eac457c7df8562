/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The path of a frame through all stages. The model asks no kernel. */

#include "config.h"

#include "trace/model.h"

#include "trace/ingress.h"
#include "trace/lookup.h"
#include "trace/run.h"

static void note_kernel(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	const char *options = snapshot->new_options;

	if (snapshot->kernel > TRACE_KERNEL)
		run_step(run, "kernel", snapshot->bridge.name, "unknown", NULL,
			 "this kernel is newer than the model, which knows "
			 "Linux up to %u.%u%s%s",
			 TRACE_KERNEL >> 8, TRACE_KERNEL & 0xff,
			 options ? "; not modelled: " : "",
			 options ? options : "");
}

void trace_model(struct trace_run *run)
{
	struct vbr_trace *trace = run->trace;
	size_t before;

	note_kernel(run);
	if (!trace_ingress(run))
		return;
	before = trace->step_count;
	trace_lookup(run);
	if (trace->out_count || trace->host || trace->dropped)
		return;
	if (trace->step_count == before || !run->refusal)
		run->refusal = "lookup";
	trace->dropped = run->refusal;
}
