/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showstp: shows the spanning tree state of a bridge and its ports. */

#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "commands.h"
#include "vbridge.h"

enum kind {
	KIND_TEXT, /* only the label */
	KIND_ID,
	KIND_NUMBER,
	KIND_PORT_ID,
	KIND_TIME,
	KIND_STATE,
	KIND_FLAG,	 /* the label, if the value is not 0 */
	KIND_SET_NUMBER, /* both, if the value is not 0 */
};

/* An element of the page: a label, followed by the value of an option. */
struct piece {
	char label[28];
	enum kind kind;
	char option[28];
};

static const struct piece bridge_page[] = {
	{ "\n bridge id\t\t", KIND_ID, "bridge_id" },
	{ "\n designated root\t", KIND_ID, "root_id" },
	{ "\n root port\t\t", KIND_NUMBER, "root_port" },
	{ "\t\t\tpath cost\t\t", KIND_NUMBER, "root_path_cost" },
	{ "\n max age\t\t", KIND_TIME, "max_age" },
	{ "\t\t\tbridge max age\t\t", KIND_TIME, "max_age" },
	{ "\n hello time\t\t", KIND_TIME, "hello_time" },
	{ "\t\t\tbridge hello time\t", KIND_TIME, "hello_time" },
	{ "\n forward delay\t\t", KIND_TIME, "forward_delay" },
	{ "\t\t\tbridge forward delay\t", KIND_TIME, "forward_delay" },
	{ "\n ageing time\t\t", KIND_TIME, "ageing_time" },
	{ "\n hello timer\t\t", KIND_TIME, "hello_timer" },
	{ "\t\t\ttcn timer\t\t", KIND_TIME, "tcn_timer" },
	{ "\n topology change timer\t", KIND_TIME, "topology_change_timer" },
	{ "\t\t\tgc timer\t\t", KIND_TIME, "gc_timer" },
	{ "\n flags\t\t\t", KIND_TEXT, "" },
	{ "TOPOLOGY_CHANGE ", KIND_FLAG, "topology_change" },
	{ "TOPOLOGY_CHANGE_DETECTED ", KIND_FLAG, "topology_change_detected" },
	{ "\n\n\n", KIND_TEXT, "" },
	{ "" }
};

static const struct piece port_page[] = {
	{ "\n port id\t\t", KIND_PORT_ID, "port_id" },
	{ "\t\t\tstate\t\t", KIND_STATE, "state" },
	{ "\n designated root\t", KIND_ID, "designated_root" },
	{ "\tpath cost\t\t", KIND_NUMBER, "path_cost" },
	{ "\n designated bridge\t", KIND_ID, "designated_bridge" },
	{ "\tmessage age timer\t", KIND_TIME, "message_age_timer" },
	{ "\n designated port\t", KIND_PORT_ID, "designated_port" },
	{ "\t\t\tforward delay timer\t", KIND_TIME, "forward_delay_timer" },
	{ "\n designated cost\t", KIND_NUMBER, "designated_cost" },
	{ "\t\t\thold timer\t\t", KIND_TIME, "hold_timer" },
	{ "\n flags\t\t\t", KIND_TEXT, "" },
	{ "CONFIG_PENDING ", KIND_FLAG, "config_pending" },
	{ "TOPOLOGY_CHANGE_ACK ", KIND_FLAG, "change_ack" },
	{ "\n hairpin mode\t\t", KIND_SET_NUMBER, "hairpin_mode" },
	{ "\n\n", KIND_TEXT, "" },
	{ "" }
};

static const char *state_name(uint64_t state)
{
	static const char *const names[] = {
		"disabled", "listening", "learning", "forwarding", "blocking",
	};

	if (state >= sizeof(names) / sizeof(names[0]))
		return "<INVALID STATE>";
	return names[state];
}

static void print_piece(const struct piece *piece, uint64_t value)
{
	char text[OUT_NUMBER_SIZE + VBR_ID_TEXT_SIZE];

	if (piece->kind >= KIND_FLAG && !value)
		return;
	fputs(piece->label, stdout);
	switch (piece->kind) {
	case KIND_ID:
		vbr_format_id(value, text);
		fputs(text, stdout);
		break;
	case KIND_NUMBER:
	case KIND_SET_NUMBER:
		printf("%4" PRIu64, value);
		break;
	case KIND_PORT_ID:
		printf("%.4" PRIx64, value);
		break;
	case KIND_TIME:
		*out_ticks(text, value) = '\0';
		fputs(text, stdout);
		break;
	case KIND_STATE:
		printf("%15s", state_name(value));
		break;
	default:
		break;
	}
}

/* Shows the name from the command line, which may be an altname. */
static int print_bridge(const struct cli *cli, const char *name,
			const struct vbr_bridge *bridge)
{
	const struct piece *piece;
	int status = EXIT_SUCCESS;

	out_name(stdout, name);
	for (piece = bridge_page; piece->label[0]; piece++) {
		uint64_t value = 0;
		int rc = 0;

		if (piece->option[0])
			rc = vbr_bridge_value(bridge, piece->option, &value);
		status |= report_value(cli, rc, piece->option);
		print_piece(piece, value);
	}
	return status;
}

static int print_port(const struct cli *cli, const struct vbr_port *port)
{
	const struct piece *piece;
	uint64_t number = 0;
	int status;

	status = report_value(cli, vbr_port_value(port, "port_no", &number),
			      "port_no");
	out_name(stdout, vbr_port_name(port));
	printf(" (%" PRIu64 ")", number);
	for (piece = port_page; piece->label[0]; piece++) {
		uint64_t value = 0;
		int rc = 0;

		if (piece->option[0])
			rc = vbr_port_value(port, piece->option, &value);
		status |= report_value(cli, rc, piece->option);
		print_piece(piece, value);
	}
	return status;
}

static int print_all(const struct cli *cli, const char *name,
		     const struct vbr_bridge *bridge,
		     const struct vbr_ports *ports)
{
	int status = print_bridge(cli, name, bridge);

	for (size_t i = 0; i < vbr_ports_count(ports); i++)
		status |= print_port(cli, vbr_ports_at(ports, i));
	return status;
}

/* Puts the elements of a page, each only once even if the page shows it
 * twice. */
static int put_page(const struct cli *cli, const struct piece *piece,
		    const struct values *values, struct json *object)
{
	const char *last = "";
	int status = EXIT_SUCCESS;

	for (; piece->label[0]; piece++) {
		char *name = (char *)piece->option;

		if (name[0] && strcmp(name, last) != 0)
			status |= values_put(cli, values, object, &name, 1);
		last = name;
	}
	return status;
}

static int put_all(const struct cli *cli, const struct vbr_bridge *bridge,
		   const struct vbr_ports *ports)
{
	struct values values = { VBR_SCOPE_BRIDGE, bridge };
	struct json *object, *array;
	int status;

	if (json_load(cli) < 0)
		return EXIT_FAILURE;
	object = json_begin();
	json_put_text(object, "bridge", vbr_bridge_name(bridge));
	json_put_number(object, "index", (uint64_t)vbr_bridge_index(bridge));
	status = put_page(cli, bridge_page, &values,
			  json_object_in(object, "options"));
	array = json_array_in(object, "ports");
	values.scope = VBR_SCOPE_PORT;
	for (size_t i = 0; i < vbr_ports_count(ports); i++) {
		const struct vbr_port *port = vbr_ports_at(ports, i);
		struct json *item = json_object_of(array), *options;
		static char port_no[] = "port_no";
		char *const number[] = { port_no };

		json_put_text(item, "port", vbr_port_name(port));
		json_put_number(item, "index", (uint64_t)vbr_port_index(port));
		options = json_object_in(item, "options");
		values.of = port;
		status |= values_put(cli, &values, options, number, 1);
		status |= put_page(cli, port_page, &values, options);
	}
	json_print(object);
	return status | json_status(cli);
}

int cmd_showstp(struct cli *cli, const struct call *call)
{
	struct vbr_bridge *bridge;
	struct vbr_ports *ports;
	int rc, status;

	rc = vbr_bridge_get(cli->ctx, call->argv[0], &bridge);
	if (rc < 0)
		return report(cli, FAIL_SHOW, -rc, call->argv[0], NULL);
	rc = vbr_port_list(cli->ctx, call->argv[0], &ports);
	if (rc < 0) {
		vbr_bridge_free(bridge);
		return report(cli, FAIL_SHOW, -rc, call->argv[0], NULL);
	}

	status = cli->json ? put_all(cli, bridge, ports)
			   : print_all(cli, call->argv[0], bridge, ports);
	vbr_ports_free(ports);
	vbr_bridge_free(bridge);
	return status;
}
