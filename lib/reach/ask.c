/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Asks the model about two stations, in each VLAN in which they may reach each
 * other. */

#include "config.h"

#include "reach/ask.h"

#include "reach/copy.h"
#include "trace/run.h"

int talk_on_copy(const struct trace_snapshot *snapshot,
		 const struct stations *stations,
		 struct talk_result *ret_result)
{
	struct trace_snapshot copy;
	int rc = snapshot_copy(snapshot, &copy);

	if (rc < 0)
		return rc;
	rc = stations_talk(&copy, stations, ret_result);
	trace_snapshot_drop(&copy);
	return rc;
}

static void add_vlan(struct vlans *vlans, unsigned int vlan)
{
	for (size_t i = 0; i < vlans->count; i++)
		if (vlans->list[i] == vlan)
			return;
	if (vlan && vlans->count < VLANS_MAX)
		vlans->list[vlans->count++] = vlan;
}

/* Those of both come first, and last the kernel's default. Without filtering, no
 * tag. */
static void add_rows(const struct trace_snapshot *snapshot,
		     struct trace_port *const ports[2], struct vlans *vlans)
{
	for (int i = 0; i < 4 && snapshot->vlan_filtering; i++) {
		const struct trace_port *port = ports[i % 2];

		for (size_t k = 0; k < port->vlan_count; k++) {
			unsigned int vlan = port->vlans[k].first;

			if (i >= 2 || trace_vlan_of(ports[!i], vlan))
				add_vlan(vlans, vlan);
		}
	}
	add_vlan(vlans, 1);
	if (!snapshot->vlan_filtering)
		*vlans = (struct vlans){ .count = 1 };
}

void vlans_choose(struct trace_snapshot *snapshot, unsigned int vlan,
		  const struct stations *stations, struct vlans *ret_vlans)
{
	const struct station *ends = stations->ends;
	struct trace_port *ports[2];

	*ret_vlans = (struct vlans){ .list = { vlan }, .count = 1 };
	if (vlan)
		return;
	ret_vlans->count = 0;
	for (int i = 0; i < 2; i++) {
		ports[i] = snapshot_member(snapshot, ends[i].member);
		add_vlan(ret_vlans, ends[i].vlan);
	}
	for (int i = 0; i < 2; i++)
		if (snapshot->vlan_filtering)
			add_vlan(ret_vlans, trace_pvid_of(ports[i]));
	if (ret_vlans->count)
		return;
	add_rows(snapshot, ports, ret_vlans);
}

struct stations stations_in_vlan(const struct trace_snapshot *snapshot,
				 const struct stations *stations,
				 unsigned int vlan)
{
	struct stations result = *stations;

	result.vlan = vlan;
	for (int i = 0; i < 2; i++)
		station_choose_tags(snapshot, vlan, &result.ends[i]);
	return result;
}

/* The first VLAN in which they reach each other; if there is none, the first. */
static int try_vlans(const struct trace_snapshot *snapshot,
		     const struct vlans *vlans, struct stations *stations,
		     bool *ret_works)
{
	const struct stations asked = *stations;
	int rc = 0;

	*ret_works = false;
	for (size_t i = vlans->count; rc == 0 && i > 0; i--) {
		struct stations there = stations_in_vlan(snapshot, &asked,
							 vlans->list[i - 1]);
		struct talk_result talk;
		bool works;

		rc = talk_on_copy(snapshot, &there, &talk);
		if (rc < 0)
			return rc;
		works = talk.first_stop == TALK_FRAMES;
		talk_result_drop(&talk);
		if (works || !*ret_works)
			*stations = there;
		*ret_works |= works;
	}
	return 0;
}

int ask_works(struct trace_snapshot *snapshot, unsigned int vlan,
	      struct stations *stations, bool *ret_works)
{
	struct vlans vlans;

	stations->is_strict = vlan != 0;
	vlans_choose(snapshot, vlan, stations, &vlans);
	return try_vlans(snapshot, &vlans, stations, ret_works);
}

int ask_stations(struct trace_snapshot *snapshot, unsigned int vlan,
		 struct stations *stations, bool *ret_works,
		 struct search_result *ret_search)
{
	struct vlans vlans;
	int rc;

	*ret_search = (struct search_result){ 0 };
	stations->is_strict = vlan != 0;
	vlans_choose(snapshot, vlan, stations, &vlans);
	rc = try_vlans(snapshot, &vlans, stations, ret_works);
	if (rc < 0 || *ret_works)
		return rc;
	for (size_t i = 0; rc == 0 && i < vlans.count; i++) {
		struct stations there = stations_in_vlan(snapshot, stations,
							 vlans.list[i]);

		rc = search_changes(snapshot, &there, ret_search);
	}
	if (ret_search->size)
		*stations = ret_search->stations;
	return rc;
}
