/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* show: lists VLAN devices, their flags and maps. */

#include "config.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "vbridge.h"
#include "vconfig.h"

static void print_flags(const struct vbr_vlan *vlan)
{
	const char *between = "", *name;
	uint32_t flags = 0, flag;

	vbr_vlan_flags(vlan, &flags);
	for (size_t i = 0; (name = vconfig_flag_at(i, &flag)); i++) {
		if (!(flags & flag))
			continue;
		printf("%s%s", between, name);
		between = ",";
	}
	if (!*between)
		putchar('-');
}

typedef bool pair_fn(const struct vbr_vlan *vlan, size_t i, uint32_t *ret_from,
		     uint32_t *ret_to);

static void print_map(const struct vbr_vlan *vlan, const char *label,
		      pair_fn *pair_at)
{
	uint32_t from, to;

	for (size_t i = 0; pair_at(vlan, i, &from, &to); i++)
		printf("%s%" PRIu32 ":%" PRIu32, i ? "," : label, from, to);
}

static void print_vlan(struct cli *cli, const struct vbr_vlan *vlan)
{
	uint64_t vid = 0, protocol = 0;
	char parent[VBR_NAME_SIZE];

	vbr_vlan_value(vlan, "id", &vid);
	vbr_vlan_value(vlan, "protocol", &protocol);
	out_name(stdout, vbr_vlan_name(vlan));
	printf("\t%" PRIu64 "\t", vid);
	if (vbr_link_name(cli->ctx, vbr_vlan_parent_index(vlan), parent) == 0)
		out_name(stdout, parent);
	else
		putchar('-');
	printf("\t%s\t", protocol == VBR_VLAN_8021AD ? "802.1ad" : "802.1Q");
	print_flags(vlan);
	print_map(vlan, "\tingress ", vbr_vlan_ingress_at);
	print_map(vlan, "\tegress ", vbr_vlan_egress_at);
	putchar('\n');
}

static void print_header(void)
{
	puts("VLAN device\tVID\ton\tprotocol\tflags and maps");
}

static int put_vlan(struct cli *cli, struct json *object,
		    const struct vbr_vlan *vlan)
{
	struct values values = { VBR_SCOPE_VLAN, vlan };
	int index = vbr_vlan_parent_index(vlan);
	char parent[VBR_NAME_SIZE];

	json_put_text(object, "device", vbr_vlan_name(vlan));
	json_put_number(object, "index", (uint64_t)vbr_vlan_index(vlan));
	/* The parent may be in another namespace. */
	if (vbr_link_name(cli->ctx, index, parent) == 0)
		json_put_text(object, "parent", parent);
	json_put_number(object, "parent_index", (uint64_t)index);
	json_put_bool(object, "up", vbr_vlan_is_up(vlan));
	return values_put(cli, &values, json_object_in(object, "options"), NULL,
			  0);
}

/* Where the output goes: rows of the table, or JSON. */
struct table {
	struct cli *cli;
	bool headed;
	struct json_list list;
};

static int show_vlan(struct table *table, const struct vbr_vlan *vlan)
{
	if (table->cli->json)
		return put_vlan(table->cli, json_list_item(&table->list), vlan);
	if (!table->headed)
		print_header();
	table->headed = true;
	print_vlan(table->cli, vlan);
	return EXIT_SUCCESS;
}

static int show_all(struct table *table)
{
	const struct vbr_vlan *vlan;
	struct vbr_vlans *vlans;
	int status = EXIT_SUCCESS;

	if (vbr_vlan_list(table->cli->ctx, NULL, &vlans) < 0)
		return cli_fail(table->cli);
	for (size_t i = 0; (vlan = vbr_vlans_at(vlans, i)); i++)
		status |= show_vlan(table, vlan);
	vbr_vlans_free(vlans);
	return status;
}

static int show(struct table *table, const struct call *call)
{
	struct vbr_vlan *vlan;
	int status;

	if (call->argc == 0)
		return show_all(table);
	if (vbr_vlan_get(table->cli->ctx, call->argv[0], &vlan) < 0)
		return cli_fail(table->cli);
	status = show_vlan(table, vlan);
	vbr_vlan_free(vlan);
	return status;
}

int vconfig_show(struct cli *cli, const struct call *call)
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
