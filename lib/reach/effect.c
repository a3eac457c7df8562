/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sends frames of others through a bridge before and after changes, and counts
 * what differs. */

#include "config.h"

#include "reach/effect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "reach/copy.h"
#include "reach/make.h"
#include "trace/model.h"
#include "trace/run.h"

/* On a larger bridge, only the two stations send. */
#define SENDERS_MAX 64

/* A frame from a port, or from the host. */
struct probe {
	int member, tag;
	bool is_broadcast;
	const uint8_t *src; /* NULL: one that the bridge does not know */
};

struct comparison {
	const struct trace_snapshot *before, *after;
	const struct stations *stations;
	unsigned int effect;
};

/* NULL: no memory. */
static struct vbr_trace *send_probe(const struct trace_snapshot *s,
				    const struct probe *probe)
{
	static const uint8_t stranger[6] = { 2, 0, 0x5e, 0, 0x53, 0xff };
	struct trace_run run = {
		.snapshot = s,
		.trace = calloc(1, sizeof(*run.trace)),
		.in = trace_port_of(s, probe->member),
		.tag = probe->tag,
		.tag_protocol = s->vlan_filtering ? s->vlan_protocol
						  : VBR_VLAN_8021Q,
		.inner = -1,
	};

	if (!run.trace)
		return NULL;
	memcpy(run.dst, stranger, 6);
	if (probe->is_broadcast)
		memset(run.dst, 0xff, 6);
	if (probe->src)
		memcpy(run.src, probe->src, 6);
	trace_model(&run);
	if (!run.trace->is_short)
		return run.trace;
	vbr_trace_free(run.trace);
	return NULL;
}

static bool reaches(const struct vbr_trace *trace,
		    const struct trace_port *port)
{
	for (size_t i = 0; i < trace->out_count; i++)
		if (strcmp(trace->outs[i].port, port->name) == 0)
			return true;
	return false;
}

/* The path between the two does not count. */
static bool is_their_own(const struct comparison *comparison,
			 const struct probe *probe, int to)
{
	const struct station *ends = comparison->stations->ends;

	return probe->src && (to == ends[0].member || to == ends[1].member);
}

static void count_ways(struct comparison *comparison, const struct probe *probe,
		       const struct vbr_trace *before,
		       const struct vbr_trace *after)
{
	const struct trace_snapshot *s = comparison->before;
	int host = s->bridge.index;

	for (size_t i = 0; i < s->port_count; i++)
		if (!is_their_own(comparison, probe, s->ports[i].index))
			comparison->effect += reaches(before, &s->ports[i]) !=
					      reaches(after, &s->ports[i]);
	if (!is_their_own(comparison, probe, host))
		comparison->effect += before->host != after->host;
}

static int compare_probe(struct comparison *comparison,
			 const struct probe *probe)
{
	struct vbr_trace *before = send_probe(comparison->before, probe);
	struct vbr_trace *after = send_probe(comparison->after, probe);
	int rc = before && after ? 0 : -ENOMEM;

	if (rc == 0)
		count_ways(comparison, probe, before, after);
	vbr_trace_free(before);
	vbr_trace_free(after);
	return rc;
}

static int compare_sender(struct comparison *comparison, int member,
			  const uint8_t *src)
{
	const int tags[] = { -1, (int)comparison->stations->vlan };
	int rc = 0;

	for (int i = 0; rc == 0 && i < 4; i++) {
		const struct probe probe = { member, tags[i / 2], i % 2, src };

		if (probe.tag)
			rc = compare_probe(comparison, &probe);
	}
	return rc;
}

static int compare_all(struct comparison *comparison)
{
	const struct trace_snapshot *s = comparison->before;
	const struct station *end = comparison->stations->ends;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < 2; i++, end++) {
		rc = compare_sender(comparison, end->member, end->mac);
		if (rc == 0 && s->port_count > SENDERS_MAX)
			rc = compare_sender(comparison, end->member, NULL);
	}
	for (size_t i = 0;
	     rc == 0 && s->port_count <= SENDERS_MAX && i < s->port_count; i++)
		rc = compare_sender(comparison, s->ports[i].index, NULL);
	if (rc == 0)
		rc = compare_sender(comparison, s->bridge.index, NULL);
	return rc;
}

int effect_of(const struct trace_snapshot *snapshot,
	      const struct stations *stations, const struct changes *changes,
	      uint64_t set, unsigned int *ret_effect)
{
	struct comparison comparison = { .before = snapshot,
					 .stations = stations };
	struct trace_snapshot copy;
	int rc = snapshot_copy(snapshot, &copy);

	if (rc < 0)
		return rc;
	comparison.after = &copy;
	rc = changes_make(changes, set, &copy);
	if (rc == 0)
		rc = compare_all(&comparison);
	trace_snapshot_drop(&copy);
	*ret_effect = comparison.effect;
	return rc;
}
