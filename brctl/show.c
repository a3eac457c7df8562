/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* show: lists bridges and their ports. */

#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
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
	status |= report_value(cli, vbr_bridge_value(bridge, "stp_state", &stp),
			       "stp_state");
	vbr_format_id(id, text);
	out_name(stdout, name);
	printf("\t\t%s\t%s\t\t", text, stp ? "yes" : "no");

	count = vbr_ports_of(ports, vbr_bridge_index(bridge), &first);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputs("\n\t\t\t\t\t\t\t", stdout);
		out_name(stdout, vbr_port_name(vbr_ports_at(ports, first + i)));
	}
	putchar('\n');
	return status;
}

static void put_port(struct json *object, const struct vbr_port *port)
{
	json_put_text(object, "port", vbr_port_name(port));
	json_put_number(object, "index", (uint64_t)vbr_port_index(port));
}

static void put_bridge(struct json *object, const struct vbr_bridge *bridge,
		       const struct vbr_ports *ports)
{
	struct json *array;
	size_t first, count;
	uint64_t stp, id;
	char text[VBR_ID_TEXT_SIZE];

	json_put_text(object, "bridge", vbr_bridge_name(bridge));
	json_put_number(object, "index", (uint64_t)vbr_bridge_index(bridge));
	if (vbr_bridge_value(bridge, "bridge_id", &id) == 0) {
		vbr_format_id(id, text);
		json_put_text(object, "bridge_id", text);
	}
	if (vbr_bridge_value(bridge, "stp_state", &stp) == 0)
		json_put_number(object, "stp_state", stp);
	json_put_bool(object, "up", vbr_bridge_is_up(bridge));
	array = json_array_in(object, "ports");
	count = vbr_ports_of(ports, vbr_bridge_index(bridge), &first);
	for (size_t i = 0; i < count; i++)
		put_port(json_object_of(array), vbr_ports_at(ports, first + i));
}

/* Where the output goes: rows of the table, or JSON. */
struct table {
	struct cli *cli;
	bool headed;
	struct json_list list;
};

static int show_bridge(struct table *table, const char *name,
		       const struct vbr_bridge *bridge,
		       const struct vbr_ports *ports)
{
	if (table->cli->json) {
		put_bridge(json_list_item(&table->list), bridge, ports);
		return EXIT_SUCCESS;
	}
	if (!table->headed)
		print_header();
	table->headed = true;
	return print_bridge(table->cli, name, bridge, ports);
}

static int show_all(struct table *table)
{
	struct cli *cli = table->cli;
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	int rc, status = EXIT_SUCCESS;

	rc = vbr_bridge_list(cli->ctx, &bridges);
	if (rc < 0)
		return report(cli, FAIL_SHOW, -rc, "", NULL);
	/* Most calls on most hosts end here, without a second request. */
	if (vbr_bridges_count(bridges) == 0)
		goto free_bridges;
	rc = vbr_port_list(cli->ctx, NULL, &ports);
	if (rc < 0) {
		report(cli, FAIL_SHOW, -rc, "", NULL);
		goto free_bridges;
	}

	out_table();
	for (size_t i = 0; i < vbr_bridges_count(bridges); i++) {
		const struct vbr_bridge *bridge = vbr_bridges_at(bridges, i);

		status |= show_bridge(table, vbr_bridge_name(bridge), bridge,
				      ports);
	}
	vbr_ports_free(ports);
free_bridges:
	vbr_bridges_free(bridges);
	return rc < 0 ? EXIT_FAILURE : status;
}

static int show_one(struct table *table, const char *name)
{
	struct cli *cli = table->cli;
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

	/* Shows the name from the command line, which may be an altname. */
	status = show_bridge(table, name, bridge, ports);
	vbr_ports_free(ports);
	vbr_bridge_free(bridge);
	return status;
}

static int show(struct table *table, const struct call *call)
{
	int status = EXIT_SUCCESS;

	if (call->argc == 0)
		return show_all(table);
	for (int i = 0; i < call->argc; i++)
		status |= show_one(table, call->argv[i]);
	return status;
}

int cmd_show(struct cli *cli, const struct call *call)
{
	struct table table = { .cli = cli };
	int status;

	if (!cli->json)
		return show(&table, call);
	if (json_load(cli) < 0)
		return EXIT_FAILURE;
	json_list_begin(&table.list);
	status = show(&table, call);
	json_list_end(&table.list);
	return status | json_status(cli);
}
