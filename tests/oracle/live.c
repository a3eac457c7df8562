/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Random frames through random bridges: the live trace agrees with the
 * prediction and with captures. VB_LIVE_SEED repeats a run; VB_LIVE_FRAMES
 * makes it longer.
 */

#include "oracle/trace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BR "br0"
#define FRAMES 20
#define FRAMES_OF_WORLD 10

/* In ms. A kernel may not show a frame that is dropped at once. */
#define DEADLINE 2000
#define SHORT 60

/* --- one frame ------------------------------------------------------------ */

/* As vbr_live_path_hook_at() gives it. NOWHERE is the same number. */
enum { HIDDEN = -2, UNKNOWN = -3 };

static void clear(struct arrival *arrival)
{
	*arrival = (struct arrival){ 0 };
	for (size_t i = 0; i < MOST_PORTS; i++)
		arrival->vlan[i] = NOWHERE;
}

/* The kernel does not show the tag of a frame that has only a priority. */
static int shown(int vlan)
{
	return vlan == 0 ? -1 : vlan;
}

static void take_trace(const struct vbr_trace *trace,
		       struct arrival *ret_arrival)
{
	const char *port;
	int vlan;

	clear(ret_arrival);
	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++)
		ret_arrival->vlan[atoi(port + 1)] = shown(vlan);
	ret_arrival->host = vbr_trace_is_for_host(trace);
}

static void take_path(const struct vbr_live_path *path,
		      struct arrival *ret_arrival)
{
	struct vbr_live_hook hook;

	clear(ret_arrival);
	for (size_t i = 0; vbr_live_path_hook_at(path, i, &hook); i++) {
		if (strcmp(hook.name, "postrouting") == 0)
			ret_arrival->vlan[atoi(hook.device + 1)] =
				hook.vlan == HIDDEN ? UNKNOWN
						    : shown(hook.vlan);
		else if (strcmp(hook.name, "input") == 0 &&
			 strcmp(hook.device, BR) == 0)
			ret_arrival->host = true;
	}
}

static bool is_same(const struct arrival *one, const struct arrival *other)
{
	return one->host == other->host &&
	       memcmp(one->vlan, other->vlan, sizeof(one->vlan)) == 0;
}

static bool is_nowhere(const struct arrival *arrival)
{
	struct arrival nowhere;

	clear(&nowhere);
	return is_same(arrival, &nowhere);
}

static void print_arrival(const char *what, const struct arrival *arrival)
{
	print_error("  %s: host %d", what, arrival->host);
	for (size_t i = 0; i < MOST_PORTS; i++)
		if (arrival->vlan[i] != NOWHERE)
			print_error(", p%zu %d", i, arrival->vlan[i]);
	print_error("\n");
}

static void say(const struct sample *sample, const struct arrival *predicted,
		const struct arrival *live, const struct arrival *captured)
{
	char src[VBR_MAC_TEXT_SIZE], dst[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(sample->frame.src, src);
	vbr_format_mac(sample->frame.dst, dst);
	print_error("in %s src %s dst %s vlan %d protocol %x group %s\n",
		    sample->frame.port ? sample->frame.port : "host", src, dst,
		    sample->frame.vlan, sample->frame.vlan_protocol,
		    sample->frame.group ? sample->frame.group : "-");
	print_arrival("predicted", predicted);
	print_arrival("live", live);
	print_arrival("captured", captured);
}

/* --- real frames ---------------------------------------------------------- */

static struct vbr_live *follow(struct world *world, const struct sample *sample)
{
	struct vbr_frame match = { .port = sample->frame.port, .vlan = -1 };
	struct vbr_live *live;

	memcpy(match.src, sample->frame.src, 6);
	memcpy(match.dst, sample->frame.dst, 6);
	/* The kernel does not show a tag that a packet socket wrote. */
	if (!sample->frame.port &&
	    sample->frame.vlan_protocol != VBR_VLAN_8021AD)
		match.vlan = sample->frame.vlan;
	check(vbr_live_new(world->o->ctx, BR, &match, &live) == 0, "%s",
	      vbr_ctx_error(world->o->ctx));
	return live;
}

static void read_path(struct world *world, struct vbr_live *live,
		      const struct arrival *captured,
		      struct arrival *ret_arrival)
{
	struct vbr_live_path *path;
	int rc = vbr_live_next(live, is_nowhere(captured) ? SHORT : DEADLINE,
			       &path);

	clear(ret_arrival);
	if (rc == -ETIMEDOUT && is_nowhere(captured))
		return;
	check(rc == 0, "%s", vbr_ctx_error(world->o->ctx));
	take_path(path, ret_arrival);
	vbr_live_path_free(path);
}

/* An end is down: the frame cannot be sent there. The tags of a service provider
 * that the host's packet socket writes are not shown. */
static bool can_come(struct world *world, const struct sample *sample)
{
	const char *device = sample->frame.port ? sample->frame.port : BR;
	struct vbr_link *link;
	bool can;

	if (!sample->frame.port && sample->frame.vlan >= 0 &&
	    sample->frame.vlan_protocol == VBR_VLAN_8021AD)
		return false;
	assert_int_equal(vbr_link_get(world->o->ctx, device, &link), 0);
	can = vbr_link_has_carrier(link);
	vbr_link_free(link);
	return can;
}

/* Of some tags, only that they are there is known. */
static void take_known(struct arrival *captured, struct arrival *live)
{
	for (size_t i = 0; i < MOST_PORTS; i++) {
		bool is_tagged = captured->vlan[i] >= 0;

		captured->vlan[i] = shown(captured->vlan[i]);
		if (live->vlan[i] == UNKNOWN && is_tagged)
			live->vlan[i] = captured->vlan[i];
	}
}

static bool run_frame(struct world *world)
{
	struct arrival predicted, live, captured;
	struct vbr_trace *trace;
	struct vbr_live *follows;
	struct sample sample;
	bool is_right;

	do
		make_sample(world, &sample);
	while (!can_come(world, &sample));
	sample.frame.len = 80;
	check(vbr_trace_frame(world->o->ctx, BR, &sample.frame, &trace) == 0,
	      "%s", vbr_ctx_error(world->o->ctx));
	take_trace(trace, &predicted);
	vbr_trace_free(trace);
	follows = follow(world, &sample);
	send_sample(world, &sample, &captured);
	read_path(world, follows, &captured, &live);
	vbr_live_free(follows);
	take_known(&captured, &live);
	is_right = is_same(&predicted, &live) && is_same(&live, &captured);
	if (!is_right)
		say(&sample, &predicted, &live, &captured);
	return is_right;
}

static void random_frames(void **state)
{
	static const struct frames frames = {
		.seed = "VB_LIVE_SEED",
		.count = "VB_LIVE_FRAMES",
		.frames = FRAMES,
		.of_world = FRAMES_OF_WORLD,
		.run = run_frame,
	};

	run_frames(*state, &frames);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("random frames: followed, predicted and captured",
			    random_frames),
	};

	return run_all(tests);
}
