/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* show: the bridges and their ports. */

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

static void print_bridge(const struct vbr_bridge *bridge,
			 const struct vbr_ports *ports)
{
	char text[VBR_ID_TEXT_SIZE];
	uint64_t id = 0, stp = 0;
	size_t first, count;

	vbr_bridge_value(bridge, "bridge_id", &id);
	vbr_bridge_value(bridge, "stp_state", &stp);
	vbr_format_id(id, text);
	out_name(stdout, vbr_bridge_name(bridge));
	printf("\t\t%s\t%s\t\t", text, stp ? "yes" : "no");

	count = vbr_ports_of(ports, vbr_bridge_index(bridge), &first);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputs("\n\t\t\t\t\t\t\t", stdout);
		out_name(stdout, vbr_port_name(vbr_ports_at(ports,
							    first + i)));
	}
	putchar('\n');
}

static int show_all(struct cli *cli)
{
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	int rc;

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
	for (size_t i = 0; i < vbr_bridges_count(bridges); i++)
		print_bridge(vbr_bridges_at(bridges, i), ports);
	vbr_ports_free(ports);
free_bridges:
	vbr_bridges_free(bridges);
	return rc < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int show_one(struct cli *cli, const char *name, bool *headed)
{
	struct vbr_bridge *bridge;
	struct vbr_ports *ports;
	int rc;

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
	print_bridge(bridge, ports);
	vbr_ports_free(ports);
	vbr_bridge_free(bridge);
	return EXIT_SUCCESS;
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
