/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace: prints the way of a frame through a bridge and, with --follow, through
 * those behind it. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/out.h"
#include "trace-far.h"
#include "trace-live.h"
#include "trace-text.h"
#include "trace-words.h"

/* --- bridges in other places ---------------------------------------------- */

/* A bridge, and a frame that comes in there. */
struct place {
	struct vbr_ctx *ctx;
	const char *bridge;
	struct vbr_frame frame;
	unsigned int depth;
};

/* Where the bridges form a loop, this ends it. */
#define DEEPEST 8

static void follow_in_text(const struct place *place,
			   const struct vbr_trace *trace);
static void follow_in_json(struct json *object, const struct place *place,
			   const struct vbr_trace *trace);

static void put_trace(struct json *object, const struct place *place,
		      const struct vbr_trace *trace)
{
	const char *port = place->frame.port;

	json_put_text(object, "bridge", place->bridge);
	json_put_text(object, "in", port ? port : "host");
	trace_put(object, trace);
}

/* The frame as the far end receives it. */
static struct vbr_frame frame_at(const struct place *place, const char *port,
				 int vlan)
{
	struct vbr_frame frame = place->frame;

	frame.port = port;
	frame.vlan = vlan;
	/* The bridge has removed the outer tag. */
	if (vlan != place->frame.vlan && vlan == (int)frame.inner_vlan)
		frame.inner_vlan = 0;
	return frame;
}

/* Goes on with the trace of the frame at the far end. */
static void go_on(const struct place *place, const struct trace_far *far,
		  int vlan, struct json *item)
{
	const struct place next = {
		.ctx = far->ctx,
		.bridge = far->bridge,
		.frame = frame_at(place, far->port, vlan),
		.depth = place->depth + 1,
	};
	struct vbr_trace *trace;

	if (!far->ctx || next.depth > DEEPEST ||
	    vbr_trace_frame(next.ctx, next.bridge, &next.frame, &trace) < 0) {
		if (item)
			json_put_null(item, "trace");
		return;
	}
	if (item) {
		struct json *object = json_object_in(item, "trace");

		put_trace(object, &next, trace);
		follow_in_json(object, &next, trace);
	} else {
		trace_print(trace);
		follow_in_text(&next, trace);
	}
	vbr_trace_free(trace);
}

static void print_far(const char *port, const struct trace_far *far)
{
	fputs("follow\t", stdout);
	out_name(stdout, port);
	printf("\t%s\t", *far->bridge ? "pass" : "note");
	out_name(stdout, far->port);
	if (*far->netns) {
		fputs(" in namespace ", stdout);
		out_name(stdout, far->netns);
	}
	if (*far->bridge) {
		fputs(" is a port of ", stdout);
		out_name(stdout, far->bridge);
	} else {
		fputs(" is not a port of a bridge", stdout);
	}
	putchar('\n');
}

static void follow_in_text(const struct place *place,
			   const struct vbr_trace *trace)
{
	struct trace_far far;
	const char *port;
	int vlan;

	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++) {
		if (!trace_far_open(place->ctx, port, &far))
			continue;
		print_far(port, &far);
		go_on(place, &far, vlan, NULL);
		trace_far_close(&far);
	}
}

static void follow_in_json(struct json *object, const struct place *place,
			   const struct vbr_trace *trace)
{
	struct json *array = json_array_in(object, "follow"), *item;
	struct trace_far far;
	const char *port;
	int vlan;

	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++) {
		if (!trace_far_open(place->ctx, port, &far))
			continue;
		item = json_object_of(array);
		json_put_text(item, "port", port);
		json_put_text_or_null(item, "netns",
				      *far.netns ? far.netns : NULL);
		json_put_text(item, "device", far.port);
		go_on(place, &far, vlan, item);
		trace_far_close(&far);
	}
}

/* --- the command ---------------------------------------------------------- */

static int print_trace(const struct cli *cli, const struct place *place,
		       const struct vbr_trace *trace)
{
	struct json *object;

	if (!cli->json) {
		trace_print(trace);
		if (cli->follow)
			follow_in_text(place, trace);
		return EXIT_SUCCESS;
	}
	object = json_begin();
	put_trace(object, place, trace);
	if (cli->follow)
		follow_in_json(object, place, trace);
	json_print(object);
	return json_status(cli);
}

/* For a test. The second call makes the message. */
static int check_frame(const struct cli *cli, const char *bridge,
		       const struct vbr_frame *frame)
{
	struct vbr_frame nowhere = *frame;
	struct vbr_trace *trace = NULL;

	nowhere.port = NO_DEVICE;
	if (vbr_trace_frame(cli->ctx, NO_DEVICE, &nowhere, &trace) == -ENODEV)
		return EXIT_SUCCESS;
	if (vbr_trace_frame(cli->ctx, bridge, frame, &trace) == 0)
		vbr_trace_free(trace);
	return cli_fail(cli);
}

static int predict(const struct cli *cli, const char *bridge,
		   const struct vbr_frame *frame)
{
	const struct place place = {
		.ctx = cli->ctx,
		.bridge = bridge,
		.frame = *frame,
	};
	struct vbr_trace *trace;
	int status;

	if (vbr_trace_frame(cli->ctx, bridge, frame, &trace) < 0)
		return cli_fail(cli);
	status = print_trace(cli, &place, trace);
	vbr_trace_free(trace);
	return status;
}

int cmd_trace(struct cli *cli, const struct call *call)
{
	const char *bridge = call->argv[0];
	struct vbr_frame frame;
	struct live live;

	if (take_frame(cli, call, &frame) || live_take_options(cli, &live))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return cli->live ? EXIT_SUCCESS
				 : check_frame(cli, bridge, &frame);
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	return cli->live ? live_trace(cli, bridge, &frame, &live)
			 : predict(cli, bridge, &frame);
}
