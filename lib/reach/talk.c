/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends the frames of two stations through the model. */

#include "config.h"

#include "reach/talk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "reach/copy.h"
#include "trace/model.h"
#include "trace/run.h"

bool talk_is_broadcast(int frame)
{
	return frame < 2;
}

int talk_sender(int frame)
{
	return frame % 2;
}

/* --- tags ----------------------------------------------------------------- */

static const struct trace_device *device_of(const struct trace_snapshot *s,
					    int parent, int tag)
{
	for (size_t i = 0; tag > 0 && i < s->device_count; i++)
		if (s->devices[i].parent == parent &&
		    s->devices[i].id == (unsigned int)tag)
			return &s->devices[i];
	return NULL;
}

/* Whether it has any VLAN whose frames are tagged both ways. */
static bool is_trunk(const struct trace_port *port)
{
	const unsigned int access = VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED;

	for (size_t i = 0; i < port->vlan_count; i++)
		if (!(port->vlans[i].flags & access))
			return true;
	return false;
}

static bool uses_tags(const struct trace_snapshot *s,
		      const struct trace_port *port, unsigned int vid)
{
	const struct trace_vlan *vlan = trace_vlan_of(port, vid);

	if (!s->vlan_filtering)
		return true;
	if (port == &s->bridge && device_of(s, port->index, (int)vid))
		return true;
	if (!vlan)
		return is_trunk(port);
	return !(vlan->flags & (VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED));
}

void station_choose_tags(const struct trace_snapshot *snapshot,
			 unsigned int vlan, struct station *station)
{
	const struct trace_port *port =
		station->member == snapshot->bridge.index
			? &snapshot->bridge
			: trace_port_of(snapshot, station->member);
	const struct trace_vlan *row;

	station->sends = station->takes = -1;
	if (!vlan || !port || !uses_tags(snapshot, port, vlan))
		return;
	station->sends = station->takes = (int)vlan;
	row = trace_vlan_of(port, vlan);
	/* A tunnel has the VLAN in its own header. */
	if (snapshot->vlan_filtering && port->vlan_tunnel && row &&
	    row->has_tunnel)
		station->takes = -1;
}

/* --- where a frame stops -------------------------------------------------- */

static bool is_verdict(const struct vbr_trace_step *step, const char *verdict)
{
	return strcmp(step->verdict, verdict) == 0;
}

/* The last step at the device that does not let the frame pass. */
static const struct vbr_trace_step *find_refusal(const struct vbr_trace *trace,
						 const char *device)
{
	for (size_t i = trace->step_count; i > 0; i--) {
		const struct vbr_trace_step *step = &trace->steps[i - 1];

		if ((!device || strcmp(step->device, device) == 0) &&
		    (is_verdict(step, "drop") || is_verdict(step, "skip")))
			return step;
	}
	return NULL;
}

static const struct vbr_trace_step *find_last(const struct vbr_trace *trace,
					      const char *name)
{
	for (size_t i = trace->step_count; i > 0; i--)
		if (!name || strcmp(trace->steps[i - 1].name, name) == 0)
			return &trace->steps[i - 1];
	return NULL;
}

/* It leaves where it should, but with another tag; or it leaves elsewhere. */
static const struct vbr_trace_step *find_stray(const struct vbr_trace *trace,
					       const char *device)
{
	for (size_t i = 0; i < trace->step_count; i++) {
		const struct vbr_trace_step *step = &trace->steps[i];

		if (is_verdict(step, "up") ||
		    (strcmp(step->device, device) == 0 &&
		     (is_verdict(step, "out") || is_verdict(step, "host"))))
			return step;
	}
	return find_last(trace, "lookup");
}

/* It is forwarded in another VLAN than requested; 0: any VLAN is right. */
static bool is_elsewhere(const struct trace_run *run, unsigned int vlan)
{
	return vlan && run->vlan && run->vlan != vlan;
}

static const struct vbr_trace_step *find_stop(const struct trace_run *run,
					      const struct trace_port *to,
					      unsigned int vlan)
{
	const struct vbr_trace *trace = run->trace;
	const struct vbr_trace_step *stop = NULL;

	if (is_elsewhere(run, vlan))
		stop = find_last(trace, "ingress-vlan");
	if (!stop)
		stop = find_refusal(trace, to->name);
	if (!stop && trace->dropped)
		stop = find_refusal(trace, NULL);
	/* The host's VLAN device, behind the bridge. */
	if (!stop && find_last(trace, NULL) &&
	    is_verdict(find_last(trace, NULL), "drop"))
		stop = find_last(trace, NULL);
	if (!stop)
		stop = find_stray(trace, to->name);
	return stop ? stop : find_last(trace, NULL);
}

/* --- arrival -------------------------------------------------------------- */

static bool arrives_at_port(const struct vbr_trace *trace,
			    const struct trace_port *port, int tag)
{
	for (size_t i = 0; i < trace->out_count; i++)
		if (strcmp(trace->outs[i].port, port->name) == 0)
			return trace->outs[i].vlan == tag;
	return false;
}

static bool arrives_at_host(const struct trace_run *run, int tag)
{
	const struct trace_snapshot *s = run->snapshot;
	const struct trace_device *device = device_of(s, s->bridge.index, tag);

	return run->trace->host && run->trace->host_vlan == tag &&
	       (!device || device->is_up);
}

static bool arrives(const struct trace_run *run, const struct station *to,
		    unsigned int vlan)
{
	const struct trace_port *port = trace_port_of(run->snapshot,
						      to->member);

	if (is_elsewhere(run, vlan))
		return false;
	return port ? arrives_at_port(run->trace, port, to->takes)
		    : arrives_at_host(run, to->takes);
}

/* --- sending -------------------------------------------------------------- */

/* The VLAN device through which the host sends is down. */
static bool pass_host_device(struct trace_run *run)
{
	const struct trace_snapshot *s = run->snapshot;
	const struct trace_device *device = device_of(s, s->bridge.index,
						      run->tag);

	if (run->in || !device || device->is_up)
		return true;
	run_step(run, "vlan-device", device->name, "drop", "up",
		 "the VLAN device is down");
	run->trace->dropped = "vlan-device";
	return false;
}

/* With mab, a locked port notes a sender that it does not let pass. */
static int learn(struct trace_snapshot *copy, const struct trace_run *run)
{
	struct trace_fdb entry = { .vlan = run->vlan,
				   .state = VBR_FDB_LEARNED };
	const struct trace_fdb *old = trace_fdb_of(copy, run->src, run->vlan);

	if (!run->trace->is_learned || !run->in)
		return 0;
	if (run->trace->dropped && strcmp(run->trace->dropped, "locked") == 0)
		entry.flags = VBR_FDB_LOCKED;
	if (old)
		entry = *old;
	else
		copy->n_learned++;
	memcpy(entry.mac, run->src, 6);
	entry.port = run->in->index;
	return snapshot_add_fdb(copy, &entry);
}

static int send_frame(struct trace_snapshot *copy,
		      const struct stations *stations, int number,
		      struct talk_frame *ret_frame)
{
	const struct station *from = &stations->ends[talk_sender(number)];
	const struct station *to = &stations->ends[!talk_sender(number)];
	struct trace_run run = {
		.snapshot = copy,
		.trace = calloc(1, sizeof(*run.trace)),
		.in = trace_port_of(copy, from->member),
		.type = talk_is_broadcast(number) ? ETHERTYPE_ARP
						  : ETHERTYPE_IPV4,
		.tag = from->sends,
		.tag_protocol = copy->vlan_filtering ? copy->vlan_protocol
						     : VBR_VLAN_8021Q,
		.inner = -1,
	};
	const struct trace_port *port = snapshot_member(copy, to->member);
	unsigned int vlan = stations->is_strict ? stations->vlan : 0;

	if (!run.trace)
		return -ENOMEM;
	ret_frame->trace = run.trace;
	memcpy(run.src, from->mac, 6);
	memcpy(run.dst, to->mac, 6);
	if (talk_is_broadcast(number))
		memset(run.dst, 0xff, 6);
	if (pass_host_device(&run))
		trace_model(&run);
	if (run.trace->is_short)
		return -ENOMEM;
	ret_frame->arrives = arrives(&run, to, vlan);
	if (!ret_frame->arrives)
		ret_frame->stop = find_stop(&run, port, vlan);
	return learn(copy, &run);
}

int stations_talk(struct trace_snapshot *copy, const struct stations *stations,
		  struct talk_result *ret_result)
{
	int rc = 0;

	*ret_result = (struct talk_result){ .first_stop = TALK_FRAMES };
	for (int i = 0; rc == 0 && i < TALK_FRAMES; i++) {
		rc = send_frame(copy, stations, i, &ret_result->frames[i]);
		if (!ret_result->frames[i].arrives &&
		    ret_result->first_stop == TALK_FRAMES)
			ret_result->first_stop = i;
	}
	if (rc < 0)
		talk_result_drop(ret_result);
	return rc;
}

void talk_result_drop(struct talk_result *result)
{
	for (int i = 0; i < TALK_FRAMES; i++)
		vbr_trace_free(result->frames[i].trace);
	*result = (struct talk_result){ 0 };
}
