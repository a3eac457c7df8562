/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* bridge NAME PORT...: adds a bridge with ports. If a step fails, the bridge is
 * deleted again. */

#include <stdio.h>
#include <vbridge.h>

/* The sentence is valid only until the next call on the context. */
static int complain(const struct vbr_ctx *ctx, int error)
{
	fprintf(stderr, "bridge: %s\n", vbr_ctx_error(ctx));
	return error;
}

/* Spanning tree is on, so that loops do no harm. Times are in ticks. */
static int configure(struct vbr_ctx *ctx, const char *bridge)
{
	static const struct vbr_setting settings[] = {
		{ "stp_state", 1 },
		{ "priority", 0x4000 },
		{ "forward_delay", 4 * VBR_TICKS_PER_SECOND },
		{ "ageing_time", 60 * VBR_TICKS_PER_SECOND },
	};

	return vbr_bridge_set_all(ctx, bridge, settings,
				  sizeof(settings) / sizeof(settings[0]));
}

static int fill(struct vbr_ctx *ctx, const char *bridge, char **ports)
{
	int rc = configure(ctx, bridge);

	for (; rc == 0 && *ports; ports++) {
		rc = vbr_port_add(ctx, bridge, *ports);
		if (rc == 0)
			rc = vbr_link_set_up(ctx, *ports, true);
	}
	return rc < 0 ? rc : vbr_link_set_up(ctx, bridge, true);
}

static int show(struct vbr_ctx *ctx, const char *bridge)
{
	struct vbr_ports *ports;
	const struct vbr_port *port;
	char state[VBR_OPTION_TEXT_SIZE];
	int rc = vbr_port_list(ctx, bridge, &ports);

	if (rc < 0)
		return complain(ctx, rc);
	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++)
		if (vbr_port_text(ctx, port, "state", state, sizeof(state)) ==
		    0)
			printf("%s %s\n", vbr_port_name(port), state);
	vbr_ports_free(ports);
	return 0;
}

int main(int argc, char **argv)
{
	struct vbr_ctx *ctx;
	int rc;

	if (argc < 2 || vbr_ctx_new(NULL, &ctx) < 0)
		return 1;
	rc = vbr_bridge_add(ctx, argv[1]);
	if (rc < 0) {
		complain(ctx, rc);
	} else if ((rc = fill(ctx, argv[1], argv + 2)) < 0) {
		complain(ctx, rc);
		vbr_link_set_up(ctx, argv[1], false);
		vbr_bridge_del(ctx, argv[1]);
	} else {
		rc = show(ctx, argv[1]);
	}
	vbr_ctx_unref(ctx);
	return rc < 0;
}
