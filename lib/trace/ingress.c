/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame comes in: before the bridge, its reserved addresses, port states. */

#include "config.h"

#include "trace/ingress.h"

#include <string.h>

#include "trace/ingress-vlan.h"
#include "trace/netfilter.h"
#include "trace/run.h"

static bool drop(struct trace_run *run, const char *name)
{
	run->trace->dropped = name;
	return false;
}

/* --- before the bridge ---------------------------------------------------- */

static bool pass_device(struct trace_run *run)
{
	const struct trace_port *port = run->in ? run->in
						: &run->snapshot->bridge;

	if (port->is_up)
		return true;
	run_step(run, "device", port->name, "drop", "up", "the device is down");
	return drop(run, "device");
}

/* The kernel looks for a VLAN device before it calls the bridge. */
static bool pass_vlan_device(struct trace_run *run)
{
	const struct trace_device *device;

	for (size_t i = 0; i < run->snapshot->device_count; i++) {
		device = &run->snapshot->devices[i];
		if (device->parent != run->in->index || run->tag < 0 ||
		    device->id != (unsigned int)run->tag ||
		    device->protocol != run->tag_protocol)
			continue;
		run_step(run, "vlan-device", device->name,
			 device->is_up ? "up" : "drop", NULL,
			 device->is_up
				 ? "a VLAN device on the port takes the frames "
				   "of VLAN %d; the bridge does not see them"
				 : "a VLAN device on the port takes the frames "
				   "of VLAN %d, and it is down",
			 run->tag);
		if (!device->is_up)
			drop(run, "vlan-device");
		return false;
	}
	return true;
}

/* --- reserved addresses --------------------------------------------------- */

static bool is_reserved(const uint8_t mac[6])
{
	static const uint8_t prefix[5] = { 0x01, 0x80, 0xc2 };

	return memcmp(mac, prefix, sizeof(prefix)) == 0 && mac[5] < 0x10;
}

/* With 802.1ad, a bridge of providers forwards most of what customers send
 * each other, but not to its own group address. */
static unsigned int required_mask(const struct trace_snapshot *snapshot)
{
	if (!snapshot->vlan_filtering ||
	    snapshot->vlan_protocol != VBR_VLAN_8021AD)
		return 0;
	return 0xb801 & ~(1u << (snapshot->group_addr & 0xf));
}

static bool is_forwarded(const struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	unsigned int last = run->dst[5];
	unsigned int mask = required_mask(snapshot) | run->in->group_fwd_mask;

	if (last == 0)
		return !snapshot->stp_state || mask & 1;
	return (mask | snapshot->group_fwd_mask) & 1u << last;
}

static bool may_learn(const struct trace_vlan *vlan)
{
	return vlan && (vlan->state == VBR_PORT_LEARNING ||
			vlan->state == VBR_PORT_FORWARDING);
}

/* The bridge learns from reserved frames that it keeps, in a VLAN of the port. */
static void learn_reserved(struct trace_run *run)
{
	const struct trace_snapshot *snapshot = run->snapshot;
	unsigned int id = run->tag > 0 ? (unsigned int)run->tag : 0;
	const struct trace_vlan *vlan;

	if (snapshot->no_linklocal_learn ||
	    (run->in->state != VBR_PORT_LEARNING &&
	     run->in->state != VBR_PORT_FORWARDING))
		return;
	if (!snapshot->vlan_filtering) {
		trace_learn(run, 0);
		return;
	}
	if (run->tag_protocol != snapshot->vlan_protocol)
		id = 0;
	if (!id)
		id = trace_pvid_of(run->in);
	vlan = trace_vlan_of(run->in, id);
	if (may_learn(vlan))
		trace_learn(run, id);
}

static bool pass_reserved(struct trace_run *run)
{
	const char *port = run->in->name;
	unsigned int last = run->dst[5];

	if (!is_reserved(run->dst))
		return true;
	if (last == 1) {
		run_step(run, "reserved", port, "drop", NULL,
			 "pause frames are never forwarded");
		return drop(run, "reserved");
	}
	if (is_forwarded(run)) {
		run_step(run, "reserved", port, "pass",
			 last ? "group_fwd_mask" : "stp_state",
			 "frames to this reserved address are forwarded");
		return true;
	}
	trace_netfilter(run, HOOK_INPUT, run->tag);
	run_step(run, "reserved", port, "up",
		 last ? "group_fwd_mask" : "stp_state",
		 "a reserved address: the frame stays on this link and goes to "
		 "programs on the port, not to the bridge");
	learn_reserved(run);
	return false;
}

/* --- states, locked ports ------------------------------------------------- */

static bool pass_state(struct trace_run *run)
{
	unsigned int state = run->in->state;

	if (run->snapshot->mst_enabled)
		return true;
	if (state == VBR_PORT_FORWARDING)
		return true;
	run->only_learns = state == VBR_PORT_LEARNING;
	if (run->only_learns)
		return true;
	run_step(run, "state", run->in->name, "drop", "state", "the port is %s",
		 trace_state_name(state));
	return drop(run, "state");
}

static bool pass_learning_state(struct trace_run *run)
{
	if (!run->only_learns)
		return true;
	run_step(run, "state", run->in->name, "drop", "state",
		 "in the state learning a port learns, but does not forward");
	return drop(run, "state");
}

static const char *lock_refusal(const struct trace_run *run,
				const struct trace_fdb *sender)
{
	if (!sender)
		return "the port is locked, and the sender is not in the FDB";
	if (sender->port != run->in->index || sender->state == VBR_FDB_LOCAL)
		return "the port is locked, and the sender is not on this port";
	if (sender->flags & VBR_FDB_LOCKED)
		return "the sender has a locked FDB entry: it is not "
		       "authorized";
	return NULL;
}

static bool pass_lock(struct trace_run *run)
{
	const struct trace_fdb *sender = trace_fdb_of(run->snapshot, run->src,
						      run->vlan);
	const char *why;

	if (!run->in->locked)
		return true;
	why = lock_refusal(run, sender);
	if (!why) {
		run_step(run, "locked", run->in->name, "pass", NULL,
			 "the port is locked, and knows the sender");
		return true;
	}
	run_step(run, "locked", run->in->name, "drop", "locked", "%s", why);
	if (!sender && run->in->mab)
		trace_learn(run, run->vlan);
	return drop(run, "locked");
}

bool trace_ingress(struct trace_run *run)
{
	if (!pass_device(run))
		return false;
	if (!run->in)
		return trace_ingress_vlan(run);
	if (!pass_vlan_device(run) || !pass_reserved(run) || !pass_state(run))
		return false;
	trace_netfilter(run, HOOK_PREROUTING, run->tag);
	if (!trace_ingress_vlan(run) || !pass_lock(run))
		return false;
	trace_learn(run, run->vlan);
	return pass_learning_state(run);
}
