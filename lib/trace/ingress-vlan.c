/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame gets its VLAN, and its sender an FDB entry. */

#include "config.h"

#include "trace/ingress-vlan.h"

#include "trace/run.h"

/* --- VLANs ---------------------------------------------------------------- */

static const struct trace_port *entrance(const struct trace_run *run)
{
	return run->in ? run->in : &run->snapshot->bridge;
}

static bool drop(struct trace_run *run, const char *why)
{
	run_step(run, "ingress-vlan", entrance(run)->name, "drop", "vlan", "%s",
		 why);
	run->trace->dropped = "ingress-vlan";
	return false;
}

/* The tag of another protocol than the bridge's is a part of the payload. */
static void take_foreign_tag(struct trace_run *run)
{
	if (run->tag < 0 || run->tag_protocol == run->snapshot->vlan_protocol)
		return;
	run->inner = run->tag;
	run->tag = -1;
	run->type = run->tag_protocol;
	run->has_group = false;
	if (run->len)
		run->len += 4;
	run_step(run, "ingress-vlan", entrance(run)->name, "note",
		 "vlan_protocol",
		 "the tag has another protocol than the bridge's VLANs: the "
		 "frame counts as untagged and keeps the tag");
}

static bool pass_vlan_state(struct trace_run *run,
			    const struct trace_vlan *vlan)
{
	if (run->only_learns || vlan->state == VBR_PORT_FORWARDING)
		return true;
	run->only_learns = vlan->state == VBR_PORT_LEARNING;
	if (run->only_learns)
		return true;
	run_step(run, "vlan-state", entrance(run)->name, "drop", "state",
		 "the port is %s in VLAN %u", trace_state_name(vlan->state),
		 run->vlan);
	run->trace->dropped = "vlan-state";
	return false;
}

bool trace_ingress_vlan(struct trace_run *run)
{
	const struct trace_port *port = entrance(run);
	const struct trace_vlan *vlan;

	if (!run->snapshot->vlan_filtering) {
		run_step(run, "ingress-vlan", port->name, "pass",
			 "vlan_filtering", "the bridge does not filter VLANs");
		return true;
	}
	take_foreign_tag(run);
	run->vlan = run->tag > 0 ? (unsigned int)run->tag : trace_pvid_of(port);
	if (!run->vlan)
		return drop(run, "the frame has no VLAN, and the port has no "
				 "PVID");
	vlan = trace_vlan_of(port, run->vlan);
	if (!vlan)
		return drop(run, "the port is not a member of the frame's "
				 "VLAN");
	run_step(run, "ingress-vlan", port->name, "pass", NULL,
		 run->tag > 0 ? "the frame is of VLAN %u, as its tag says"
			      : "the frame is of VLAN %u, the PVID",
		 run->vlan);
	return pass_vlan_state(run, vlan);
}

/* --- learning ------------------------------------------------------------- */

/* NULL: the kernel would add the entry, or move it. */
static const char *why_not_learned(const struct trace_run *run,
				   const struct trace_fdb *old)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	uint64_t time = snapshot->topology_change ? snapshot->forward_delay
						  : snapshot->ageing_time;

	if (!run->in->learning)
		return "learning is off on the port";
	if (time == 0)
		return "ageing_time is 0: the bridge learns nothing";
	if (!old)
		return snapshot->max_learned && snapshot->n_learned >=
							snapshot->max_learned
			       ? "the FDB is full"
			       : NULL;
	if (old->state == VBR_FDB_LOCAL)
		return "the sender has an address of the bridge itself";
	if (old->port != run->in->index && old->flags & VBR_FDB_STICKY)
		return "the FDB entry of the sender is sticky";
	if (old->port == run->in->index)
		return "the FDB knows the sender on this port";
	return NULL;
}

static const char *learning_option(const struct trace_run *run,
				   const struct trace_fdb *old)
{
	if (!run->in->learning)
		return "learning";
	if (old)
		return NULL;
	return run->snapshot->ageing_time == 0 ? "ageing_time"
					       : "fdb_max_learned";
}

void trace_learn(struct trace_run *run, unsigned int vlan)
{
	const struct trace_fdb *old = trace_fdb_of(run->snapshot, run->src,
						   vlan);
	const char *why, *port = run->in->name;

	if (mac_is_all(run->src, 0))
		return;
	why = why_not_learned(run, old);
	run->is_on_port = !why;
	run->trace->is_learned = !why;
	if (why)
		run_step(run, "learning", port, "note",
			 learning_option(run, old), "%s", why);
	else
		run_step(run, "learning", port, "pass", NULL,
			 old ? "the FDB entry of the sender moves to this port"
			     : "the sender gets an FDB entry");
}
