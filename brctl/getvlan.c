/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* getvlan: options of the VLANs of ports and bridges. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "args.h"
#include "cli/json.h"
#include "cli/values.h"
#include "cli/vids.h"
#include "commands.h"
#include "targets.h"
#include "vbridge.h"

struct query {
	struct cli *cli;
	const char *bridge;
	struct targets members;
	struct vbr_vids *vids;
	char *const *names; /* of options; none: all */
	int count;
	struct vbr_port_vlans *vlans;
	struct vbr_port_vlans *of_bridge; /* NULL: not known */
	struct json_list list;
};

/* A VLAN of a member. */
struct place {
	int device;
	int vid;
	char name[VBR_NAME_SIZE];
	/* What tells its lines apart from others: the member, the VLAN, or
	 * both. */
	const char *label;
	char text[VBR_NAME_SIZE + 8];
	const struct vbr_port_vlan *row;
	const struct vbr_port_vlan *of_bridge; /* NULL: not the bridge itself */
};

static const struct vbr_port_vlan *find_row(const struct vbr_port_vlans *rows,
					    const struct place *place)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; rows && (row = vbr_port_vlans_at(rows, i)); i++)
		if (vbr_port_vlan_index(row) == place->device &&
		    (int)vbr_port_vlan_first(row) <= place->vid &&
		    (int)vbr_port_vlan_last(row) >= place->vid)
			return row;
	return NULL;
}

/* For the bridge itself, a VLAN has options of two scopes. */
static struct values values_of(const struct place *place, const char *name)
{
	if (place->of_bridge && name &&
	    vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, name))
		return (struct values){ .scope = VBR_SCOPE_BRIDGE_VLAN,
					.of = place->of_bridge,
					.name = place->label };
	return (struct values){ .scope = VBR_SCOPE_PORT_VLAN,
				.of = place->row,
				.name = place->label };
}

/* --- output --------------------------------------------------------------- */

static bool is_one_vlan(const struct query *query)
{
	return vbr_vids_next(query->vids, vbr_vids_next(query->vids, -1)) < 0;
}

static void set_label(const struct query *query, struct place *place)
{
	bool is_one = is_one_vlan(query);

	place->label = place->text;
	if (query->members.is_several && is_one)
		place->label = place->name;
	else if (query->members.is_several)
		snprintf(place->text, sizeof(place->text), "%s %d", place->name,
			 place->vid);
	else if (!is_one)
		snprintf(place->text, sizeof(place->text), "%d", place->vid);
	else
		place->label = NULL;
}

static int print_place(const struct query *query, const struct place *place)
{
	struct values values = values_of(place, NULL);
	int status = EXIT_SUCCESS;

	for (int i = 0; i < query->count; i++) {
		values = values_of(place, query->names[i]);
		status |= values_print(query->cli, &values, &query->names[i],
				       1);
	}
	if (query->count)
		return status;
	status = values_print(query->cli, &values, NULL, 0);
	values.scope = VBR_SCOPE_BRIDGE_VLAN;
	values.of = place->of_bridge;
	if (place->of_bridge)
		status |= values_print(query->cli, &values, NULL, 0);
	return status;
}

static int put_place(struct query *query, const struct place *place)
{
	struct json *object = json_list_item(&query->list), *options;
	struct values values = values_of(place, NULL);
	char bridge[VBR_NAME_SIZE];
	int status = EXIT_SUCCESS;

	if (vbr_link_name(query->cli->ctx,
			  vbr_port_vlan_bridge_index(place->row), bridge) == 0)
		json_put_text(object, "bridge", bridge);
	json_put_text(object, "port", place->name);
	json_put_number(object, "index", (uint64_t)place->device);
	json_put_number(object, "vlan", (uint64_t)place->vid);
	options = json_object_in(object, "options");
	for (int i = 0; i < query->count; i++) {
		values = values_of(place, query->names[i]);
		status |= values_put(query->cli, &values, options,
				     &query->names[i], 1);
	}
	if (query->count)
		return status;
	status = values_put(query->cli, &values, options, NULL, 0);
	values.scope = VBR_SCOPE_BRIDGE_VLAN;
	values.of = place->of_bridge;
	if (place->of_bridge)
		status |= values_put(query->cli, &values, options, NULL, 0);
	return status;
}

/* --- query ---------------------------------------------------------------- */

static int refuse_vlan(const struct cli *cli, const char *member, int vid)
{
	char name[VBR_NAME_TEXT_SIZE];

	vbr_format_name(member, name, sizeof(name));
	cli_message(cli, _("\"%s\" is not in VLAN %d"), name, vid);
	return EXIT_FAILURE;
}

static int show_vlan(struct query *query, struct place *place,
		     const char *member)
{
	place->row = find_row(query->vlans, place);
	place->of_bridge = find_row(query->of_bridge, place);
	if (!place->row)
		return refuse_vlan(query->cli, member, place->vid);
	set_label(query, place);
	return query->cli->json ? put_place(query, place)
				: print_place(query, place);
}

static int show_member(struct query *query, const char *member)
{
	struct place place = { .vid = -1 };
	int status = EXIT_SUCCESS;

	if (find_member_index(query->cli, query->bridge, member,
			      &place.device) < 0 ||
	    vbr_link_name(query->cli->ctx, place.device, place.name) < 0)
		return cli_fail(query->cli);
	while ((place.vid = vbr_vids_next(query->vids, place.vid)) >= 0)
		status |= show_vlan(query, &place, member);
	return status;
}

/* An option of bridge VLANs is known, even if no member has it. */
static int check_names(const struct query *query)
{
	for (int i = 0; i < query->count; i++)
		if (!vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, query->names[i]) &&
		    !values_find(query->cli, VBR_SCOPE_PORT_VLAN,
				 query->names[i]))
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

static int read_vlans(struct query *query)
{
	/* Counters only if they may be asked for. */
	unsigned int detail = query->count ? VBR_PORT_VLAN_STATISTICS
					   : VBR_PORT_VLAN_OPTIONS;
	int rc = vbr_port_vlan_list(query->cli->ctx, query->bridge, detail,
				    &query->vlans);

	if (rc < 0)
		return rc;
	/* Only newer kernels have these. */
	rc = vbr_bridge_vlan_list(query->cli->ctx, query->bridge,
				  &query->of_bridge);
	return rc == -EOPNOTSUPP || rc == -EINVAL ? 0 : rc;
}

static int show(struct query *query)
{
	int status = EXIT_SUCCESS;

	if (read_vlans(query) < 0)
		return cli_fail(query->cli);
	if (query->cli->json)
		json_list_begin(&query->list);
	for (size_t i = 0; i < query->members.count; i++)
		status |= show_member(query, query->members.names[i]);
	if (!query->cli->json)
		return status;
	json_list_end(&query->list);
	return status | json_status(query->cli);
}

int cmd_getvlan(struct cli *cli, const struct call *call)
{
	struct query query = {
		.cli = cli,
		.bridge = call->argv[0],
		.names = call->argv + 3,
		.count = call->argc - 3,
	};
	int status = EXIT_FAILURE;

	if ((cli->json && json_load(cli) < 0) || check_names(&query) ||
	    vids_take(cli, call->argv[2], &query.vids))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		status = EXIT_SUCCESS;
	else if (targets_take_members(cli, query.bridge, &call->argv[1],
				      &query.members) == EXIT_SUCCESS)
		status = show(&query);
	vbr_port_vlans_free(query.of_bridge);
	vbr_port_vlans_free(query.vlans);
	targets_drop(&query.members);
	vbr_vids_free(query.vids);
	return status;
}
