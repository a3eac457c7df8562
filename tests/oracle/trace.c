/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Random frames through random bridges arrive where the trace says.
 * VB_TRACE_SEED repeats a run; VB_TRACE_FRAMES makes it longer. */

#include "oracle/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BR "br0"
#define FRAMES 300
#define FRAMES_OF_WORLD 15

/* --- the FDB -------------------------------------------------------------- */

#define PRINT_SIZE 8192

/* The FDB as text, for one address or for all. */
static void print_fdb(struct world *world, const uint8_t *mac, char *ret_text)
{
	const struct vbr_fdb_entry *entry;
	struct vbr_fdb *fdb;
	size_t len = 0;

	assert_int_equal(vbr_fdb_list(world->o->ctx, BR, &fdb), 0);
	ret_text[0] = '\0';
	for (size_t i = 0; (entry = vbr_fdb_at(fdb, i)); i++) {
		char text[VBR_MAC_TEXT_SIZE];

		if (mac && memcmp(mac, vbr_fdb_entry_mac(entry), 6) != 0)
			continue;
		vbr_format_mac(vbr_fdb_entry_mac(entry), text);
		len += (size_t)snprintf(ret_text + len, PRINT_SIZE - len,
					"%s %d %u %d\n", text,
					vbr_fdb_entry_port_index(entry),
					vbr_fdb_entry_vlan(entry),
					(int)vbr_fdb_entry_state(entry));
		assert_true(len < PRINT_SIZE);
	}
	vbr_fdb_free(fdb);
}

/* --- the comparison ------------------------------------------------------- */

static void say(const struct sample *sample, const struct vbr_trace *trace)
{
	const struct vbr_frame *frame = &sample->frame;
	const struct vbr_trace_step *step;
	char src[VBR_MAC_TEXT_SIZE], dst[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(frame->src, src);
	vbr_format_mac(frame->dst, dst);
	print_error("frame %u in %s src %s dst %s vlan %d protocol %x inner %u "
		    "group %s source %s len %zu\n",
		    sample->id, frame->port ? frame->port : "host", src, dst,
		    frame->vlan, frame->vlan_protocol, frame->inner_vlan,
		    frame->group ? frame->group : "-",
		    frame->source ? frame->source : "-", frame->len);
	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++)
		print_error("  %s %s %s: %s\n", vbr_trace_step_name(step),
			    vbr_trace_step_device(step),
			    vbr_trace_step_verdict(step),
			    vbr_trace_step_why(step));
}

/* Returns whether the frame arrived as predicted. */
static bool is_as_traced(struct world *world, const struct vbr_trace *trace,
			 const struct arrival *arrival)
{
	int expected[MOST_PORTS], vlan;
	const char *port;
	bool is_same = arrival->host == vbr_trace_is_for_host(trace);

	for (size_t i = 0; i < MOST_PORTS; i++)
		expected[i] = NOWHERE;
	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++)
		expected[atoi(port + 1)] = vlan;
	for (size_t i = 0; i < world->ports; i++) {
		if (expected[i] == arrival->vlan[i] && arrival->copies[i] < 2)
			continue;
		print_error("port p%zu: predicted %d, captured %d (%u)\n", i,
			    expected[i], arrival->vlan[i], arrival->copies[i]);
		is_same = false;
	}
	if (arrival->host != vbr_trace_is_for_host(trace))
		print_error("host: captured %d\n", arrival->host);
	return is_same;
}

/* If an end is down, the frame cannot be sent. */
static bool can_come(struct world *world, const struct sample *sample)
{
	struct vbr_link *link;
	bool can;

	assert_int_equal(vbr_link_get(world->o->ctx,
				      sample->frame.port ? sample->frame.port
							 : BR,
				      &link),
			 0);
	can = vbr_link_has_carrier(link) &&
	      sample->frame.len + 8 <= vbr_link_mtu(link) + 14;
	vbr_link_free(link);
	return can;
}

static bool run_frame(struct world *world)
{
	static char before[PRINT_SIZE], after[PRINT_SIZE], sender[PRINT_SIZE];
	struct vbr_trace *trace;
	struct arrival arrival;
	struct sample sample;
	bool is_same;

	do
		make_sample(world, &sample);
	while (!can_come(world, &sample));
	print_fdb(world, NULL, before);
	check(vbr_trace_frame(world->o->ctx, BR, &sample.frame, &trace) == 0,
	      "%s", vbr_ctx_error(world->o->ctx));
	print_fdb(world, NULL, after);
	assert_string_equal(before, after);
	print_fdb(world, sample.frame.src, sender);
	send_sample(world, &sample, &arrival);
	is_same = is_as_traced(world, trace, &arrival);
	print_fdb(world, sample.frame.src, after);
	if (vbr_trace_is_learned(trace) != (strcmp(sender, after) != 0)) {
		print_error("learned: predicted %d, before %safter %s\n",
			    vbr_trace_is_learned(trace), sender, after);
		is_same = false;
	}
	if (!is_same)
		say(&sample, trace);
	vbr_trace_free(trace);
	return is_same;
}

static void random_frames(void **state)
{
	static const struct frames frames = {
		.seed = "VB_TRACE_SEED",
		.count = "VB_TRACE_FRAMES",
		.frames = FRAMES,
		.of_world = FRAMES_OF_WORLD,
		.run = run_frame,
	};

	run_frames(*state, &frames);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("random frames arrive where the trace says",
			    random_frames),
	};

	return run_all(tests);
}
