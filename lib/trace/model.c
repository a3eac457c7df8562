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
	const char *bridge = run->snapshot->bridge.name;

	if (run->snapshot->kernel > TRACE_KERNEL)
		run_step(run, "kernel", bridge, "unknown", NULL,
			 "this kernel is newer than the model, which knows "
			 "Linux up to %u.%u",
			 TRACE_KERNEL >> 8, TRACE_KERNEL & 0xff);
}

static void note_netfilter(struct trace_run *run)
{
	bool is_on = run->snapshot->is_netfiltered;

	run_step(run, "netfilter", run->snapshot->bridge.name, "unknown",
		 is_on ? "nf_call_iptables" : NULL,
		 is_on ? "netfilter decides here: br_netfilter is on; rules "
			 "are not looked at"
		       : "rules for bridges (nft, ebtables) are not looked "
			 "at");
}

void trace_model(struct trace_run *run)
{
	struct vbr_trace *trace = run->trace;
	size_t before;

	note_kernel(run);
	if (!trace_ingress(run))
		return;
	note_netfilter(run);
	before = trace->step_count;
	trace_lookup(run);
	if (trace->out_count || trace->host || trace->dropped)
		return;
	if (trace->step_count == before || !run->refusal)
		run->refusal = "lookup";
	trace->dropped = run->refusal;
}
