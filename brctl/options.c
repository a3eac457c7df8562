/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* set, get, setport, getport and options: all options of the kernel. */

#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "set-many.h"
#include "commands.h"
#include "targets.h"
#include "vbridge.h"

/* --- set, setport --------------------------------------------------------- */

int cmd_set(struct cli *cli, const struct call *call)
{
	struct vbr_setting settings[VALUES_MAX];
	const struct set_many set = {
		.cli = cli,
		.scope = VBR_SCOPE_BRIDGE,
		.settings = settings,
		.count = (size_t)call->argc - 1,
	};
	struct targets bridges;
	int status;

	if (values_parse(cli, VBR_SCOPE_BRIDGE, call->argv + 1, call->argc - 1,
			 settings) ||
	    targets_take_bridges(cli, call->argv, &bridges))
		return EXIT_FAILURE;
	status = targets_check_bridges(cli, &bridges);
	if (status == EXIT_SUCCESS)
		status = set_targets(&set, &bridges);
	targets_drop(&bridges);
	return status;
}

int cmd_setport(struct cli *cli, const struct call *call)
{
	struct vbr_setting settings[VALUES_MAX];
	const struct set_many set = {
		.cli = cli,
		.scope = VBR_SCOPE_PORT,
		.bridge = call->argv[0],
		.settings = settings,
		.count = (size_t)call->argc - 2,
	};
	struct targets ports;
	int status;

	if (values_parse(cli, VBR_SCOPE_PORT, call->argv + 2, call->argc - 2,
			 settings) ||
	    targets_take_members(cli, call->argv[0], &call->argv[1], &ports))
		return EXIT_FAILURE;
	status = targets_check_members(cli, call->argv[0], &ports);
	if (status == EXIT_SUCCESS)
		status = set_targets(&set, &ports);
	targets_drop(&ports);
	return status;
}

/* The selection that get and getport show. */
struct query {
	char *const *names; /* of options; none: all */
	int count;
	bool is_several; /* the names of the devices are shown */
	const char *bridge;
	int port; /* its index; 0: all */
	bool is_begun;
	struct json_list list;
};

/* The list starts after something was read; otherwise nothing is printed. */
static struct json *next_item(struct query *query)
{
	if (!query->is_begun)
		json_list_begin(&query->list);
	query->is_begun = true;
	return json_list_item(&query->list);
}

static int end_list(const struct cli *cli, struct query *query, int status)
{
	if (!cli->json || (status && !query->is_begun))
		return status;
	if (!query->is_begun)
		json_list_begin(&query->list);
	json_list_end(&query->list);
	return status | json_status(cli);
}

static int put_bridge(const struct cli *cli, const struct query *query,
		      const struct vbr_bridge *bridge, struct json *object)
{
	struct values values = {
		.scope = VBR_SCOPE_BRIDGE,
		.of = bridge,
		.only_settable = cli->only_settable,
		.name = query->is_several ? vbr_bridge_name(bridge) : NULL,
	};

	json_put_text(object, "bridge", vbr_bridge_name(bridge));
	json_put_number(object, "index", (uint64_t)vbr_bridge_index(bridge));
	return values_put(cli, &values, json_object_in(object, "options"),
			  query->names, query->count);
}

static int show_bridge(const struct cli *cli, struct query *query,
		       const struct vbr_bridge *bridge)
{
	struct values values = {
		.scope = VBR_SCOPE_BRIDGE,
		.of = bridge,
		.only_settable = cli->only_settable,
		.name = query->is_several ? vbr_bridge_name(bridge) : NULL,
	};
	struct json *object;
	int status;

	if (!cli->json)
		return values_print(cli, &values, query->names, query->count);
	if (query->is_several)
		return put_bridge(cli, query, bridge, next_item(query));
	object = json_begin();
	status = put_bridge(cli, query, bridge, object);
	json_print(object);
	return status | json_status(cli);
}

/* --- get ------------------------------------------------------------------ */

/* The name of a port in place of a bridge: says which command was meant. */
static int refuse_bridge(const struct cli *cli, int error, const char *name)
{
	char bridge[VBR_NAME_SIZE], shown[2][VBR_NAME_TEXT_SIZE];
	const struct vbr_port *port;
	struct vbr_ports *ports;

	cli_fail(cli);
	if (error != -EOPNOTSUPP || vbr_port_list(cli->ctx, NULL, &ports) < 0)
		return EXIT_FAILURE;
	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++) {
		if (strcmp(vbr_port_name(port), name) != 0 ||
		    vbr_link_name(cli->ctx, vbr_port_bridge_index(port),
				  bridge) < 0)
			continue;
		vbr_format_name(bridge, shown[0], sizeof(shown[0]));
		vbr_format_name(name, shown[1], sizeof(shown[1]));
		/* Translators: a command follows the second colon. */
		cli_message(cli, _("it is a port of %s: brctl getport %s %s"),
			    shown[0], shown[0], shown[1]);
	}
	vbr_ports_free(ports);
	return EXIT_FAILURE;
}

int cmd_get(struct cli *cli, const struct call *call)
{
	struct query query = {
		.names = call->argv + 1,
		.count = call->argc - 1,
	};
	int status = EXIT_SUCCESS;
	struct vbr_bridge *bridge;
	struct targets bridges;

	if (values_check_names(cli, VBR_SCOPE_BRIDGE, query.names, query.count))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if ((cli->json && json_load(cli) < 0) ||
	    targets_take_bridges(cli, call->argv, &bridges))
		return EXIT_FAILURE;
	query.is_several = bridges.is_several;
	for (size_t i = 0; i < bridges.count; i++) {
		int rc = vbr_bridge_get(cli->ctx, bridges.names[i], &bridge);

		if (rc < 0) {
			status = refuse_bridge(cli, rc, bridges.names[i]);
			continue;
		}
		status |= show_bridge(cli, &query, bridge);
		vbr_bridge_free(bridge);
	}
	targets_drop(&bridges);
	return query.is_several ? end_list(cli, &query, status) : status;
}

/* --- getport -------------------------------------------------------------- */

static int show_port(const struct cli *cli, struct query *query,
		     const struct vbr_port *port)
{
	struct values values = {
		.scope = VBR_SCOPE_PORT,
		.of = port,
		.only_settable = cli->only_settable,
		.name = query->is_several ? vbr_port_name(port) : NULL,
	};
	char bridge[VBR_NAME_SIZE];
	struct json *object;

	if (!cli->json)
		return values_print(cli, &values, query->names, query->count);
	object = next_item(query);
	json_put_text(object, "port", vbr_port_name(port));
	json_put_number(object, "index", (uint64_t)vbr_port_index(port));
	/* The kernel's name: the bridge may have been named by an altname. */
	if (vbr_link_name(cli->ctx, vbr_port_bridge_index(port), bridge) == 0)
		json_put_text(object, "bridge", bridge);
	return values_put(cli, &values, json_object_in(object, "options"),
			  query->names, query->count);
}

static int show_ports(const struct cli *cli, struct query *query,
		      const struct vbr_ports *ports)
{
	const struct vbr_port *port;
	int status = EXIT_SUCCESS;

	for (size_t i = 0; (port = vbr_ports_at(ports, i)); i++)
		if (!query->port || vbr_port_index(port) == query->port)
			status |= show_port(cli, query, port);
	return status;
}

static void drop_word(struct query *query)
{
	query->names++;
	query->count--;
}

/* The word after the bridge is a port, or else the name of an option. */
static int take_port(const struct cli *cli, struct query *query,
		     const char *word)
{
	int rc;

	/* The word may be an altname of the port. */
	rc = find_port_index(cli, query->bridge, word, &query->port);
	if (rc == 0) {
		query->is_several = false;
		drop_word(query);
	} else if (!vbr_option_find(VBR_SCOPE_PORT, word)) {
		cli_fail(cli);
		if (rc == -ENODEV)
			values_suggest(cli, VBR_SCOPE_PORT, word);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/* In the order of the command line. */
static int show_each(const struct cli *cli, struct query *query,
		     const struct targets *targets,
		     const struct vbr_ports *ports)
{
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < targets->count; i++)
		status |= find_port_index(cli, query->bridge, targets->names[i],
					  &query->port) < 0
				  ? cli_fail(cli)
				  : show_ports(cli, query, ports);
	return status;
}

static int show_listed(const struct cli *cli, struct query *query,
		       const struct vbr_ports *ports)
{
	struct targets targets;
	int status;

	if (targets_take_members(cli, query->bridge, query->names, &targets))
		return EXIT_FAILURE;
	status = targets_check_members(cli, query->bridge, &targets);
	drop_word(query);
	if (status == EXIT_SUCCESS)
		status = show_each(cli, query, &targets, ports);
	targets_drop(&targets);
	return status;
}

static int show_ports_of(const struct cli *cli, struct query *query,
			 const struct vbr_ports *ports)
{
	const char *word = query->count ? query->names[0] : NULL;

	if (word && names_several(cli, word)) {
		if (strcmp(word, "all") != 0)
			return show_listed(cli, query, ports);
		drop_word(query);
	} else if (word && take_port(cli, query, word)) {
		return EXIT_FAILURE;
	}
	return show_ports(cli, query, ports);
}

static int query_ports(const struct cli *cli, struct query *query,
		       const char *bridge)
{
	struct vbr_ports *ports;
	int rc, status;

	query->bridge = bridge;
	query->port = 0;
	rc = vbr_port_list(cli->ctx, bridge, &ports);
	if (rc < 0)
		return refuse_bridge(cli, rc, bridge);
	status = show_ports_of(cli, query, ports);
	vbr_ports_free(ports);
	return status;
}

int cmd_getport(struct cli *cli, const struct call *call)
{
	struct query query = { .is_several = true };
	int status = EXIT_SUCCESS;
	struct targets bridges;

	/* The first word after the bridges may be a port. */
	if (values_check_names(cli, VBR_SCOPE_PORT, call->argv + 2,
			       call->argc - 2))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if ((cli->json && json_load(cli) < 0) ||
	    targets_take_bridges(cli, call->argv, &bridges))
		return EXIT_FAILURE;
	for (size_t i = 0; i < bridges.count; i++) {
		query.names = call->argv + 1;
		query.count = call->argc - 1;
		status |= query_ports(cli, &query, bridges.names[i]);
	}
	targets_drop(&bridges);
	return end_list(cli, &query, status);
}

/* --- options -------------------------------------------------------------- */

static const struct {
	char word[12];
	enum vbr_scope scope;
} scopes[] = {
	{ "bridge", VBR_SCOPE_BRIDGE },
	{ "port", VBR_SCOPE_PORT },
	{ "vlan", VBR_SCOPE_VLAN },
	{ "port-vlan", VBR_SCOPE_PORT_VLAN },
	{ "bridge-vlan", VBR_SCOPE_BRIDGE_VLAN },
};

#define SCOPES (sizeof(scopes) / sizeof(scopes[0]))

const char *scope_name(size_t i)
{
	return i < SCOPES ? scopes[i].word : NULL;
}

static const char *const unit_names[] = {
	[VBR_OPTION_NUMBER] = "number", [VBR_OPTION_BOOL] = "switch",
	[VBR_OPTION_TICKS] = "seconds", [VBR_OPTION_BRIDGE_ID] = "bridge id",
	[VBR_OPTION_MAC] = "mac",	[VBR_OPTION_MASK] = "mask",
	[VBR_OPTION_ENUM] = "words",	[VBR_OPTION_PROTOCOL] = "protocol",
	[VBR_OPTION_DEVICE] = "device", [VBR_OPTION_IP] = "address",
	[VBR_OPTION_MAP] = "map",	[VBR_OPTION_ACTION] = "action",
};

/* Only for types whose range is useful. */
static bool has_range(const struct vbr_option *option)
{
	switch (vbr_option_type(option)) {
	case VBR_OPTION_NUMBER:
	case VBR_OPTION_TICKS:
	case VBR_OPTION_MASK:
		return vbr_option_is_settable(option);
	default:
		return false;
	}
}

static void print_values(const struct cli *cli, const struct vbr_option *option)
{
	char min[VBR_OPTION_TEXT_SIZE], max[VBR_OPTION_TEXT_SIZE];

	const char *words = vbr_option_words(option);

	if (has_range(option)) {
		vbr_option_format(cli->ctx, option, vbr_option_min(option), min,
				  sizeof(min));
		vbr_option_format(cli->ctx, option, vbr_option_max(option), max,
				  sizeof(max));
		printf("  %s %s-%s%s%s\n", unit_names[vbr_option_type(option)],
		       min, max, words ? ", " : "", words ? words : "");
	} else {
		printf("  %s\n",
		       words ? words : unit_names[vbr_option_type(option)]);
	}
}

static void print_option(const struct cli *cli, const char *scope,
			 const struct vbr_option *option)
{
	printf("%-11s %-34s %s%s %-7s", scope, vbr_option_name(option),
	       vbr_option_is_readable(option) ? "r" : "-",
	       vbr_option_is_settable(option) ? "w" : "-",
	       vbr_option_since(option));
	print_values(cli, option);
	/* For humans only: programs read JSON, or the line above. */
	printf("\t\t%s\n", _(vbr_option_help(option)));
}

static void put_option(const char *scope, const struct vbr_option *option,
		       struct json *object)
{
	json_put_text(object, "scope", scope);
	json_put_text(object, "name", vbr_option_name(option));
	if (vbr_option_alias(option))
		json_put_text(object, "alias", vbr_option_alias(option));
	json_put_text(object, "unit", unit_names[vbr_option_type(option)]);
	if (vbr_option_words(option))
		json_put_text(object, "words", vbr_option_words(option));
	if (has_range(option) && vbr_option_type(option) == VBR_OPTION_TICKS) {
		json_put_ticks(object, "min", vbr_option_min(option));
		json_put_ticks(object, "max", vbr_option_max(option));
	} else if (has_range(option)) {
		json_put_number(object, "min", vbr_option_min(option));
		json_put_number(object, "max", vbr_option_max(option));
	}
	json_put_bool(object, "readable", vbr_option_is_readable(option));
	json_put_bool(object, "settable", vbr_option_is_settable(option));
	json_put_text(object, "since", vbr_option_since(option));
	json_put_text(object, "help", vbr_option_help(option));
}

/* Marks the scopes that are named, or all if none is named. */
static int take_scopes(const struct cli *cli, const struct call *call,
		       bool *ret_wanted)
{
	struct args words = args_after(cli, call, 0);
	const char *word;
	size_t k;

	for (k = 0; k < SCOPES; k++)
		ret_wanted[k] = call->argc == 0;
	while ((word = args_next_part(&words))) {
		for (k = 0; k < SCOPES; k++)
			if (strcmp(scopes[k].word, word) == 0)
				break;
		if (k == SCOPES)
			return cli_bad_word(
				cli,
				_("\"%s\" is not one of bridge, port, "
				  "vlan, port-vlan and bridge-vlan"),
				word);
		ret_wanted[k] = true;
	}
	return EXIT_SUCCESS;
}

int cmd_options(struct cli *cli, const struct call *call)
{
	const struct vbr_option *option;
	struct json_list list;
	bool wanted[SCOPES];

	if (take_scopes(cli, call, wanted))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	out_table();
	if (cli->json)
		json_list_begin(&list);
	for (size_t k = 0; k < SCOPES; k++)
		for (size_t i = 0;
		     wanted[k] && (option = vbr_option_at(scopes[k].scope, i));
		     i++) {
			if (cli->json)
				put_option(scopes[k].word, option,
					   json_list_item(&list));
			else
				print_option(cli, scopes[k].word, option);
		}
	if (cli->json)
		json_list_end(&list);
	return cli->json ? json_status(cli) : EXIT_SUCCESS;
}
