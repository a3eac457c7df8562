/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* trace: prints where a broadcast frame goes that a port of a bridge receives,
 * and why it does not go to the others. */

#include <stdio.h>
#include <string.h>
#include <vbridge.h>

static void print_ways(const struct vbr_trace *trace)
{
	const char *port;
	int vlan;

	for (size_t i = 0; vbr_trace_out_at(trace, i, &port, &vlan); i++)
		if (vlan < 0)
			printf("to %s, untagged\n", port);
		else
			printf("to %s, in VLAN %d\n", port, vlan);
	if (vbr_trace_is_for_host(trace))
		puts("to the host");
}

/* "skip" is about one port, "drop" about the frame. */
static void print_refusals(const struct vbr_trace *trace)
{
	const struct vbr_trace_step *step;

	for (size_t i = 0; (step = vbr_trace_step_at(trace, i)); i++) {
		const char *option = vbr_trace_step_option(step);

		if (strcmp(vbr_trace_step_verdict(step), "skip") != 0 &&
		    strcmp(vbr_trace_step_verdict(step), "drop") != 0)
			continue;
		printf("not to %s: %s", vbr_trace_step_device(step),
		       vbr_trace_step_why(step));
		if (option)
			printf(" (see %s)", option);
		putchar('\n');
	}
}

static int trace_broadcast(struct vbr_ctx *ctx, const char *bridge,
			   const char *port)
{
	struct vbr_frame frame;
	struct vbr_trace *trace;

	memset(&frame, 0, sizeof(frame));
	memset(frame.dst, 0xff, sizeof(frame.dst));
	frame.port = port;
	frame.vlan = -1;
	if (vbr_trace_frame(ctx, bridge, &frame, &trace) < 0)
		return -1;
	print_ways(trace);
	print_refusals(trace);
	vbr_trace_free(trace);
	return 0;
}

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	int rc;

	if (argc != 3) {
		fputs("usage: trace BRIDGE PORT\n", stderr);
		return 2;
	}
	if (vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	rc = trace_broadcast(ctx, argv[1], argv[2]);
	if (rc < 0)
		fprintf(stderr, "trace: %s\n", vbr_ctx_error(ctx));
	vbr_ctx_unref(ctx);
	return rc < 0;
}
