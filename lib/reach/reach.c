/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Whether two stations reach each other: finds them, reads the snapshot, asks
 * the model, and searches changes. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/vids.h"
#include "topology/topology.h"
#include "config/text.h"
#include "core/context.h"
#include "reach/ask.h"
#include "reach/copy.h"
#include "reach/find.h"
#include "reach/notes.h"
#include "reach/result.h"
#include "reach/search.h"
#include "trace/read.h"
#include "trace/run.h"

#define ATTEMPTS 3

struct question {
	struct vbr_ctx *ctx;
	const char *bridge;
	const char *words[2];
	unsigned int vlan; /* 0: any */
};

static int fail(const struct question *question, int error, const char *why)
{
	context_begin(
		question->ctx,
		N_("cannot determine whether \"%s\" and \"%s\" reach each other through bridge \"%s\""),
		question->words[0], question->words[1], question->bridge);
	return context_fail(question->ctx, error, why);
}

/* --- the model ------------------------------------------------------------ */

static void take_changes(const struct trace_snapshot *snapshot,
			 const struct search_result *search,
			 struct vbr_reach *reach)
{
	struct text text = { 0 };

	for (size_t i = 0; i < search->changes.count; i++) {
		if (!(search->set & UINT64_C(1) << i))
			continue;
		text_cut(&text, 0);
		change_put_command(&search->changes.list[i], snapshot, &text);
		reach->is_short |= text.is_short;
		if (!text.is_short)
			reach_add_change(reach, text.bytes);
	}
	reach->ties = search->ties;
	text_drop(&text);
}

static int ask_model(const struct question *question,
		     struct trace_snapshot *snapshot, struct vbr_reach *reach)
{
	struct search_result search = { 0 };
	int rc = ask_stations(snapshot, question->vlan, &reach->stations,
			      &reach->works, &search);

	if (rc == 0)
		rc = talk_on_copy(snapshot, &reach->stations, &reach->talk);
	if (rc < 0)
		return rc;
	note_limits(snapshot, reach);
	if (reach->works)
		return 0;
	take_changes(snapshot, &search, reach);
	note_changes(snapshot, &search, reach);
	return 0;
}

/* --- the stations --------------------------------------------------------- */

static bool is_same(const struct station *one, const struct station *other)
{
	if (one->member != other->member)
		return false;
	return one->has_mac == other->has_mac &&
	       (!one->has_mac || memcmp(one->mac, other->mac, 6) == 0);
}

static int check_stations(const struct question *question,
			  const struct found *found, struct vbr_reach *reach)
{
	for (int i = 0; i < 2; i++) {
		reach->stations.ends[i] = found[i].station;
		if (*found[i].elsewhere)
			note_elsewhere(question->words[i], found[i].elsewhere,
				       reach);
	}
	if (reach->notes.count || reach->is_short)
		return 0;
	if (is_same(&found[0].station, &found[1].station))
		return fail(question, -EINVAL, _("both are the same station"));
	return 0;
}

static int find_both(const struct question *question, struct found ret_found[2])
{
	struct topology topology;
	struct find find = { .vlan = question->vlan };
	int rc = find_begin(question->ctx, question->bridge, &topology, &find);

	for (int i = 0; rc == 0 && i < 2; i++)
		rc = find_station(&find, question->words[i], i, &ret_found[i]);
	topology_drop(&topology);
	return rc;
}

/* An FDB entry for an address that is used in place of an unknown one. */
static void forget_stand_ins(struct trace_snapshot *snapshot,
			     const struct stations *stations)
{
	for (int i = 0; i < 2; i++) {
		const struct station *end = &stations->ends[i];

		for (size_t k = 0; !end->has_mac && k < snapshot->fdb_count;)
			if (memcmp(snapshot->fdb[k].mac, end->mac, 6) == 0)
				snapshot_del_fdb(snapshot, end->mac,
						 snapshot->fdb[k].vlan);
			else
				k++;
	}
}

/* 1: the ports changed meanwhile. */
static int name_ports(struct trace_snapshot *snapshot, struct vbr_reach *reach)
{
	for (int i = 0; i < 2; i++) {
		int index = reach->stations.ends[i].member;
		const struct trace_port *port = snapshot_member(snapshot,
								index);

		if (!port)
			return 1;
		if (port != &snapshot->bridge)
			reach->ports[i] = reach_keep(reach, port->name);
	}
	return 0;
}

static int look(const struct question *question, struct vbr_reach *reach)
{
	const struct station *ends = reach->stations.ends;
	const struct trace_query query = { ends[0].mac, ends[1].mac };
	struct trace_snapshot snapshot;
	struct found found[2];
	int rc = find_both(question, found);

	if (rc == 0)
		rc = check_stations(question, found, reach);
	if (rc < 0 || reach->notes.count || reach->is_short)
		return rc;
	rc = trace_snapshot_read(question->ctx, question->bridge, &query,
				 &snapshot);
	/* The bridge was there just now: one of its ports is gone. */
	if (rc == -ENODEV)
		return 1;
	if (rc < 0)
		return rc;
	forget_stand_ins(&snapshot, &reach->stations);
	rc = name_ports(&snapshot, reach);
	if (rc == 0 && ends[0].member == ends[1].member) {
		reach->works = true;
		reach_add_note(reach,
			       "both are behind the same port: their frames "
			       "do not pass the bridge");
	} else if (rc == 0) {
		rc = ask_model(question, &snapshot, reach);
	}
	trace_snapshot_drop(&snapshot);
	return rc;
}

static int look_again(const struct question *question, struct vbr_reach *reach)
{
	int rc = 1;

	for (int i = 0; rc > 0 && i < ATTEMPTS; i++)
		rc = look(question, reach);
	return rc > 0 ? fail(question, -EAGAIN,
			     _("its ports changed meanwhile"))
		      : rc;
}

int vbr_reach_get(struct vbr_ctx *ctx, const char *bridge, const char *one,
		  const char *other, unsigned int vlan,
		  struct vbr_reach **ret_reach)
{
	const struct question question = { ctx, bridge, { one, other }, vlan };
	struct vbr_bridge *found;
	struct vbr_reach *reach;
	int rc;

	if (vlan > VID_MAX)
		return fail(&question, -ERANGE,
			    _("VLAN ids range from 1 to 4094"));
	rc = vbr_bridge_get(ctx, bridge, &found);
	if (rc < 0)
		return rc;
	vbr_bridge_free(found);
	reach = calloc(1, sizeof(*reach));
	if (!reach)
		return fail(&question, -ENOMEM, NULL);
	rc = look_again(&question, reach);
	if (rc == 0 && reach->is_short)
		rc = -ENOMEM;
	if (rc == 0)
		*ret_reach = reach;
	else
		vbr_reach_free(reach);
	return rc == -ENOMEM ? fail(&question, rc, NULL) : rc;
}
