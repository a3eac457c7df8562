/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* show: the bridges and their ports. */

#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "brctl.h"
#include "cli/out.h"
#include "vbridge.h"

static void print_header(void)
{
	puts("bridge name\tbridge id\t\tSTP enabled\tinterfaces");
}

static int print_bridge(const struct cli *cli, const char *name,
			const struct vbr_bridge *bridge,
			const struct vbr_ports *ports)
{
	char text[VBR_ID_TEXT_SIZE];
	uint64_t id = 0, stp = 0;
	size_t first, count;
	int status;

	status = report_value(cli, vbr_bridge_value(bridge, "bridge_id", &id),
			      "bridge_id");
	status |= report_value(cli, vbr_bridge_value(bridge, "stp_state",
						     &stp), "stp_state");
	vbr_format_id(id, text);
	out_name(stdout, name);
	printf("\t\t%s\t%s\t\t", text, stp ? "yes" : "no");

	count = vbr_ports_of(ports, vbr_bridge_index(bridge), &first);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputs("\n\t\t\t\t\t\t\t", stdout);
		out_name(stdout, vbr_port_name(vbr_ports_at(ports,
							    first + i)));
	}
	putchar('\n');
	return status;
}

static int show_all(struct cli *cli)
{
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	int rc, status = EXIT_SUCCESS;

	rc = vbr_bridge_list(cli->ctx, &bridges);
	if (rc < 0)
		return report(cli, FAIL_SHOW, -rc, "", NULL);
	/* Most calls on most hosts end here. */
	if (vbr_bridges_count(bridges) == 0)
		goto free_bridges;
	rc = vbr_port_list(cli->ctx, NULL, &ports);
	if (rc < 0) {
		report(cli, FAIL_SHOW, -rc, "", NULL);
		goto free_bridges;
	}

	out_table();
	print_header();
	for (size_t i = 0; i < vbr_bridges_count(bridges); i++) {
		const struct vbr_bridge *bridge = vbr_bridges_at(bridges, i);

		status |= print_bridge(cli, vbr_bridge_name(bridge), bridge,
				       ports);
	}
	vbr_ports_free(ports);
free_bridges:
	vbr_bridges_free(bridges);
	return rc < 0 ? EXIT_FAILURE : status;
}

static int show_one(struct cli *cli, const char *name, bool *headed)
{
	struct vbr_bridge *bridge;
	struct vbr_ports *ports;
	int rc, status;

	rc = vbr_bridge_get(cli->ctx, name, &bridge);
	if (rc < 0)
		return report(cli, FAIL_SHOW, -rc, name, NULL);
	rc = vbr_port_list(cli->ctx, name, &ports);
	if (rc < 0) {
		vbr_bridge_free(bridge);
		return report(cli, FAIL_SHOW, -rc, name, NULL);
	}

	if (!*headed)
		print_header();
	*headed = true;
	/* As it was asked for: it may have other names. */
	status = print_bridge(cli, name, bridge, ports);
	vbr_ports_free(ports);
	vbr_bridge_free(bridge);
	return status;
}

int cmd_show(struct cli *cli, const struct call *call)
{
	int status = EXIT_SUCCESS;
	bool headed = false;

	if (call->argc == 0)
		return show_all(cli);
	for (int i = 0; i < call->argc; i++)
		if (show_one(cli, call->argv[i], &headed) != EXIT_SUCCESS)
			status = EXIT_FAILURE;
	return status;
}
