/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows predictions, as text and as JSON. */

#include "config.h"

#include "trace-text.h"

#include <stdio.h>

#include "cli/json.h"
#include "cli/out.h"
#include "vbridge.h"

void trace_print(const struct vbr_trace *trace)
{
	const struct vbr_trace_step *step;
	const char *option;

	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++) {
		printf("%s\t", vbr_trace_step_name(step));
		out_name(stdout, vbr_trace_step_device(step));
		printf("\t%s\t%s", vbr_trace_step_verdict(step),
		       vbr_trace_step_why(step));
		option = vbr_trace_step_option(step);
		if (option)
			printf(" (%s)", option);
		putchar('\n');
	}
}

static void put_steps(struct json *object, const struct vbr_trace *trace)
{
	struct json *array = json_array_in(object, "steps"), *item;
	const struct vbr_trace_step *step;

	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++) {
		item = json_object_of(array);
		json_put_text(item, "step", vbr_trace_step_name(step));
		json_put_text(item, "device", vbr_trace_step_device(step));
		json_put_text(item, "verdict", vbr_trace_step_verdict(step));
		json_put_text(item, "why", vbr_trace_step_why(step));
		json_put_text_or_null(item, "option",
				      vbr_trace_step_option(step));
	}
}

static void put_outs(struct json *object, const struct vbr_trace *trace)
{
	struct json *array = json_array_in(object, "out"), *item;
	const char *port;
	int vlan;

	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++) {
		item = json_object_of(array);
		json_put_text(item, "port", port);
		if (vlan < 0)
			json_put_null(item, "vlan");
		else
			json_put_number(item, "vlan", (uint64_t)vlan);
	}
}

void trace_put(struct json *object, const struct vbr_trace *trace)
{
	put_steps(object, trace);
	put_outs(object, trace);
	json_put_bool(object, "host", vbr_trace_is_for_host(trace));
	json_put_bool(object, "learned", vbr_trace_is_learned(trace));
	json_put_text_or_null(object, "dropped", vbr_trace_dropped(trace));
}

/* --- real frames ---------------------------------------------------------- */

void trace_put_vlan(struct json *object, int vlan)
{
	json_put_bool(object, "tagged", vlan != -1);
	if (vlan < 0)
		json_put_null(object, "vlan");
	else
		json_put_number(object, "vlan", (uint64_t)vlan);
}

static void put_mac(struct json *object, const char *name, const uint8_t mac[6])
{
	char text[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(mac, text);
	json_put_text(object, name, text);
}

void trace_put_frame(struct json *object, const char *bridge,
		     const struct vbr_frame *frame)
{
	json_put_text(object, "bridge", bridge);
	json_put_text(object, "in", frame->port ? frame->port : "host");
	put_mac(object, "src", frame->src);
	put_mac(object, "dst", frame->dst);
	trace_put_vlan(object, frame->vlan);
	json_put_number(object, "ethertype", frame->ethertype);
}
