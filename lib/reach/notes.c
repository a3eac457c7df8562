/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the notes of a result, in English as the steps of traces. */

#include "config.h"

#include "reach/notes.h"

#include <string.h>

#include "base/name.h"
#include "base/vids.h"
#include "config/text.h"
#include "reach/result.h"
#include "reach/search.h"
#include "trace/run.h"

/* Names may contain any bytes. */
#define SHOWN_SIZE VBR_NAME_TEXT_SIZE

static const char *show(const char *name, char room[SHOWN_SIZE])
{
	name_format(name, room, SHOWN_SIZE);
	return room;
}

/* --- what the model does not know ----------------------------------------- */

static void note_unknown(const struct vbr_trace *trace, struct vbr_reach *reach)
{
	for (size_t i = 0; trace && i < trace->step_count; i++)
		if (strcmp(trace->steps[i].verdict, "unknown") == 0)
			reach_add_note(reach, "%s", trace->steps[i].why);
}

void note_talk(const struct talk_result *talk, struct vbr_reach *reach)
{
	for (int i = 0; i < TALK_FRAMES; i++)
		note_unknown(talk->frames[i].trace, reach);
}

static bool has_device(const struct trace_snapshot *s, int parent, int vlan)
{
	for (size_t i = 0; i < s->device_count; i++)
		if (s->devices[i].parent == parent &&
		    (int)s->devices[i].id == vlan)
			return true;
	return false;
}

void note_limits(const struct trace_snapshot *snapshot, struct vbr_reach *reach)
{
	const struct stations *stations = &reach->stations;
	char shown[SHOWN_SIZE];

	note_talk(&reach->talk, reach);
	for (int i = 0; i < 2; i++)
		if (stations->ends[i].member == snapshot->bridge.index &&
		    stations->ends[i].sends > 0 &&
		    !has_device(snapshot, snapshot->bridge.index,
				stations->ends[i].sends))
			reach_add_note(reach,
				       "the host needs a VLAN device for VLAN "
				       "%d on \"%s\": vconfig add",
				       stations->ends[i].sends,
				       show(snapshot->bridge.name, shown));
}

static void list_missing(const struct trace_snapshot *s, struct vbr_vids *vids)
{
	const struct trace_port *bridge = &s->bridge;
	struct station host = { .member = bridge->index };

	for (size_t i = 0; s->vlan_filtering && i < bridge->vlan_count; i++)
		for (unsigned int vlan = bridge->vlans[i].first;
		     vlan <= bridge->vlans[i].last; vlan++) {
			station_choose_tags(s, vlan, &host);
			if (host.sends > 0 &&
			    !has_device(s, bridge->index, host.sends))
				vids_add(vids, vlan);
		}
}

void note_host_devices(const struct trace_snapshot *snapshot,
		       struct vbr_reach *reach)
{
	char shown[SHOWN_SIZE];
	struct vbr_vids vids = { 0 };
	struct text text = { 0 };
	int first, last = -1;

	list_missing(snapshot, &vids);
	while ((first = vids_next_run(&vids, last, &last)) >= 0) {
		text_format(&text, text.len ? ",%d" : "%d", first);
		if (last > first)
			text_format(&text, "-%d", last);
	}
	reach->is_short |= text.is_short;
	if (text.len)
		reach_add_note(reach,
			       "the host has no VLAN device on \"%s\" for VLAN "
			       "%s: vconfig add",
			       show(snapshot->bridge.name, shown), text.bytes);
	text_drop(&text);
}

void note_elsewhere(const char *word, const char *bridge,
		    struct vbr_reach *reach)
{
	char shown[2][SHOWN_SIZE];

	reach_add_note(reach,
		       "\"%s\" is on bridge \"%s\": only a route joins two "
		       "bridges (an IP address of the host on both, and "
		       "ip_forward), or a veth pair with one end in each",
		       show(word, shown[0]), show(bridge, shown[1]));
}

/* --- changes -------------------------------------------------------------- */

static const struct trace_port *member_of(const struct trace_snapshot *s,
					  int index)
{
	const struct trace_port *port = trace_port_of(s, index);

	return port ? port : &s->bridge;
}

static void note_change(const struct trace_snapshot *s,
			const struct change *change, struct vbr_reach *reach)
{
	const struct trace_port *member = member_of(s, change->member);
	unsigned int pvid = trace_pvid_of(member);
	char shown[SHOWN_SIZE];

	show(member->name, shown);
	if (change->kind == CHANGE_UP && member != &s->bridge)
		reach_add_note(reach,
			       "whether \"%s\" gets a carrier shows only when "
			       "it is up",
			       shown);
	if (change->kind == CHANGE_UP && s->stp_state)
		reach_add_note(reach,
			       "the spanning tree decides whether the ports "
			       "then forward, after twice forward_delay");
	if (change->kind == CHANGE_JOIN && change->flags & VBR_PORT_VLAN_PVID &&
	    pvid && pvid != change->vlan)
		reach_add_note(reach,
			       member == &s->bridge
				       ? "what the host sends untagged "
					 "through \"%s\" is then of VLAN %u, "
					 "no longer of VLAN %u"
				       : "what comes in untagged at \"%s\" "
					 "is then of VLAN %u, no longer of "
					 "VLAN %u",
			       shown, change->vlan, pvid);
	if (change->kind == CHANGE_DEVICE_REM)
		reach_add_note(reach,
			       "the host then no longer gets VLAN %u from "
			       "\"%s\"",
			       reach->stations.vlan, shown);
}

static void note_stopped(const struct trace_snapshot *s,
			 struct vbr_reach *reach)
{
	char shown[SHOWN_SIZE];

	for (int i = 0; i < 2; i++) {
		const struct trace_port *port =
			member_of(s, reach->stations.ends[i].member);

		if (port == &s->bridge || port->state == VBR_PORT_FORWARDING)
			continue;
		show(port->name, shown);
		if (port->is_up && !port->has_carrier)
			reach_add_note(reach,
				       "\"%s\" has no carrier: no cable, or "
				       "the other end is down",
				       shown);
		else if (s->stp_state)
			reach_add_note(reach,
				       "the spanning tree keeps \"%s\" from "
				       "forwarding, so that there is no loop",
				       shown);
	}
	if (s->mst_enabled)
		reach_add_note(reach, "with MST, a program outside brctl sets "
				      "the states of VLANs");
	reach_add_note(reach, "no change that brctl can make lets them reach "
			      "each other");
}

void note_changes(const struct trace_snapshot *snapshot,
		  const struct search_result *search, struct vbr_reach *reach)
{
	if (search->is_cut)
		reach_add_note(reach,
			       "there are too many ways: not all were tried");
	if (!search->size) {
		note_stopped(snapshot, reach);
		return;
	}
	for (size_t i = 0; i < search->changes.count; i++)
		if (search->set & UINT64_C(1) << i)
			note_change(snapshot, &search->changes.list[i], reach);
}
