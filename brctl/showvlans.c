/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showvlans: lists the VLANs of ports. */

#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "commands.h"
#include "entry-json.h"
#include "targets.h"
#include "vbridge.h"

/* Everything to show. */
struct view {
	struct cli *cli;
	struct vbr_port_vlans *filters;
	bool has_options; /* whether "filters" has options */
	struct vbr_port_vlans
		*of_bridges;   /* NULL: not known, or not requested */
	struct vbr_msts *msts; /* NULL likewise */
	bool is_headed;	       /* the table has its header */
	struct json_list *list;
};

/* The current device, whose name is read once for all its rows. */
struct place {
	int device, bridge;
	char device_name[VBR_NAME_SIZE], bridge_name[VBR_NAME_SIZE];
};

/* "" if the device is gone. */
static void name_device(struct cli *cli, int index, char *ret_name)
{
	if (vbr_link_name(cli->ctx, index, ret_name) < 0)
		ret_name[0] = '\0';
}

static void go_to(struct cli *cli, struct place *place, int device, int bridge)
{
	if (place->device != device)
		name_device(cli, device, place->device_name);
	if (place->bridge != bridge)
		name_device(cli, bridge, place->bridge_name);
	place->device = device;
	place->bridge = bridge;
}

/* --- text ----------------------------------------------------------------- */

/* Room for ids, flags and separators. */
#define ROW_SIZE 64

static char *put_vids(char *at, const struct vbr_port_vlan *row)
{
	at = out_number(at, vbr_port_vlan_first(row), 0);
	if (vbr_port_vlan_last(row) != vbr_port_vlan_first(row)) {
		*at++ = '-';
		at = out_number(at, vbr_port_vlan_last(row), 0);
	}
	return at;
}

const char *port_vlan_flags_text(unsigned int flags)
{
	static const char *const texts[] = {
		"-",
		"pvid",
		"untagged",
		"pvid,untagged",
	};

	return texts[(flags & VBR_PORT_VLAN_PVID ? 1 : 0) +
		     (flags & VBR_PORT_VLAN_UNTAGGED ? 2 : 0)];
}

static void print_name(const char *name)
{
	out_name(stdout, name[0] ? name : "?");
	putchar('\t');
}

static void print_place(const struct place *place)
{
	print_name(place->bridge_name);
	print_name(place->device_name);
}

/* Without printf(): there may be very many rows. */
static void print_row(const struct vbr_port_vlan *row)
{
	char text[ROW_SIZE], *at = put_vids(text, row);

	*at++ = '\t';
	strcpy(at, port_vlan_flags_text(vbr_port_vlan_flags(row)));
	fputs(text, stdout);
}

static int print_rows(const struct view *view)
{
	struct place place = { 0 };
	const struct vbr_port_vlan *row;
	int status = EXIT_SUCCESS;

	for (size_t i = 0; (row = vbr_port_vlans_at(view->filters, i)); i++) {
		struct values values = { VBR_SCOPE_PORT_VLAN, row };

		go_to(view->cli, &place, vbr_port_vlan_index(row),
		      vbr_port_vlan_bridge_index(row));
		print_place(&place);
		print_row(row);
		if (view->has_options)
			status |= values_print_row(view->cli, &values);
		putchar('\n');
	}
	return status;
}

/* The options of VLANs on all ports, in the same columns. */
static int print_bridge_rows(const struct view *view)
{
	struct place place = { 0 };
	const struct vbr_port_vlan *row;
	int status = EXIT_SUCCESS;

	for (size_t i = 0;
	     view->of_bridges && (row = vbr_port_vlans_at(view->of_bridges, i));
	     i++) {
		struct values values = { VBR_SCOPE_BRIDGE_VLAN, row };
		char vids[ROW_SIZE];

		go_to(view->cli, &place, vbr_port_vlan_index(row),
		      vbr_port_vlan_index(row));
		print_name(place.bridge_name);
		*put_vids(vids, row) = '\0';
		printf("*\t%s\t-", vids);
		status |= values_print_row(view->cli, &values);
		putchar('\n');
	}
	return status;
}

static void state_text(const struct view *view, unsigned int state,
		       char *ret_text, size_t size)
{
	vbr_option_format(view->cli->ctx,
			  vbr_option_find(VBR_SCOPE_PORT, "state"), state,
			  ret_text, size);
}

static void print_trees(const struct view *view)
{
	struct place place = { 0 };
	const struct vbr_mst *mst;

	for (size_t i = 0; view->msts && (mst = vbr_msts_at(view->msts, i));
	     i++) {
		char state[VBR_OPTION_TEXT_SIZE];

		go_to(view->cli, &place, vbr_mst_index(mst),
		      vbr_mst_bridge_index(mst));
		print_place(&place);
		state_text(view, vbr_mst_state(mst), state, sizeof(state));
		printf("-\t- msti=%u state=%s\n", vbr_mst_instance(mst), state);
	}
}

static int print_view(void *data)
{
	struct view *view = data;
	int status;

	if (vbr_port_vlans_count(view->filters) && !view->is_headed) {
		puts("bridge\tport\tVLAN\tflags");
		view->is_headed = true;
	}
	status = print_rows(view);
	status |= print_bridge_rows(view);
	print_trees(view);
	return status;
}

/* --- JSON ----------------------------------------------------------------- */

int put_port_vlan(const struct cli *cli, const struct vbr_port_vlan *row,
		  enum vbr_scope scope, struct json *object)
{
	struct values values = { scope, row };
	unsigned int flags = vbr_port_vlan_flags(row);

	json_put_number(object, "first", vbr_port_vlan_first(row));
	json_put_number(object, "last", vbr_port_vlan_last(row));
	if (scope == VBR_SCOPE_PORT_VLAN) {
		json_put_bool(object, "pvid", flags & VBR_PORT_VLAN_PVID);
		json_put_bool(object, "untagged",
			      flags & VBR_PORT_VLAN_UNTAGGED);
	}
	return values_put(cli, &values, json_object_in(object, "options"), NULL,
			  0);
}

static int put_bridge_rows(const struct view *view, int bridge,
			   struct json *object)
{
	struct json *array = json_array_in(object, "bridge_vlans");
	const struct vbr_port_vlan *row;
	int status = EXIT_SUCCESS;

	for (size_t i = 0; (row = vbr_port_vlans_at(view->of_bridges, i)); i++)
		if (vbr_port_vlan_index(row) == bridge)
			status |= put_port_vlan(view->cli, row,
						VBR_SCOPE_BRIDGE_VLAN,
						json_object_of(array));
	return status;
}

static void put_trees(const struct view *view, int device, struct json *object)
{
	struct json *array = NULL;
	const struct vbr_mst *mst;

	for (size_t i = 0; (mst = vbr_msts_at(view->msts, i)); i++) {
		char state[VBR_OPTION_TEXT_SIZE];
		struct json *tree;

		if (vbr_mst_index(mst) != device)
			continue;
		if (!array)
			array = json_array_in(object, "trees");
		tree = json_object_of(array);
		json_put_number(tree, "msti", vbr_mst_instance(mst));
		state_text(view, vbr_mst_state(mst), state, sizeof(state));
		json_put_text(tree, "state", state);
	}
}

static int put_device(const struct view *view, const struct place *place,
		      struct json *object, struct json **ret_vlans)
{
	int status = EXIT_SUCCESS;

	if (place->bridge_name[0])
		json_put_text(object, "bridge", place->bridge_name);
	if (place->device_name[0])
		json_put_text(object, "port", place->device_name);
	json_put_number(object, "index", (uint64_t)place->device);
	*ret_vlans = json_array_in(object, "vlans");
	if (view->of_bridges && place->device == place->bridge)
		status = put_bridge_rows(view, place->bridge, object);
	if (view->msts)
		put_trees(view, place->device, object);
	return status;
}

static bool has_rows(const struct vbr_port_vlans *filters, int device)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; filters && (row = vbr_port_vlans_at(filters, i));
	     i++)
		if (vbr_port_vlan_index(row) == device)
			return true;
	return false;
}

static int put_without_vlans(struct view *view, struct place *place, int device,
			     int bridge)
{
	struct json *vlans;

	if (place->device == device || has_rows(view->filters, device))
		return EXIT_SUCCESS;
	go_to(view->cli, place, device, bridge);
	return put_device(view, place, json_list_item(view->list), &vlans);
}

/* The bridges and ports without VLANs that have something else to show. */
static int put_others(struct view *view)
{
	struct place place = { 0 };
	const struct vbr_port_vlan *row;
	const struct vbr_mst *mst;
	int status = EXIT_SUCCESS;

	for (size_t i = 0;
	     view->of_bridges && (row = vbr_port_vlans_at(view->of_bridges, i));
	     i++)
		status |= put_without_vlans(view, &place,
					    vbr_port_vlan_index(row),
					    vbr_port_vlan_index(row));
	for (size_t i = 0; view->msts && (mst = vbr_msts_at(view->msts, i));
	     i++)
		if (!has_rows(view->of_bridges, vbr_mst_index(mst)))
			status |= put_without_vlans(view, &place,
						    vbr_mst_index(mst),
						    vbr_mst_bridge_index(mst));
	return status;
}

/* One object for each device, with all its VLANs. */
static int put_view(void *data, struct json_list *list)
{
	struct view *view = data;
	struct place place = { 0 };
	struct json *vlans = NULL;
	const struct vbr_port_vlan *row;
	int status = EXIT_SUCCESS;

	view->list = list;
	for (size_t i = 0; (row = vbr_port_vlans_at(view->filters, i)); i++) {
		if (place.device != vbr_port_vlan_index(row)) {
			go_to(view->cli, &place, vbr_port_vlan_index(row),
			      vbr_port_vlan_bridge_index(row));
			status |= put_device(view, &place,
					     json_list_item(view->list),
					     &vlans);
		}
		status |= put_port_vlan(view->cli, row, VBR_SCOPE_PORT_VLAN,
					json_object_of(vlans));
	}
	return status | put_others(view);
}

/* --- entry point ---------------------------------------------------------- */

static int read_view(void *data, const char *bridge)
{
	struct view *view = data;
	struct cli *cli = view->cli;
	bool more = cli->long_format || cli->json;
	unsigned int detail = 0;
	int rc;

	if (more)
		detail |= VBR_PORT_VLAN_OPTIONS;
	if (cli->statistics)
		detail |= VBR_PORT_VLAN_STATISTICS;
	view->has_options = detail != 0;
	rc = vbr_port_vlan_list(cli->ctx, bridge, detail, &view->filters);
	if (rc < 0 || !more)
		return rc;
	/* Only newer kernels have these. */
	rc = vbr_bridge_vlan_list(cli->ctx, bridge, &view->of_bridges);
	if (rc == 0 || rc == -EOPNOTSUPP || rc == -EINVAL)
		rc = vbr_mst_list(cli->ctx, bridge, &view->msts);
	return rc;
}

static void drop_view(void *data)
{
	struct view *view = data;

	vbr_msts_free(view->msts);
	vbr_port_vlans_free(view->of_bridges);
	vbr_port_vlans_free(view->filters);
	view->msts = NULL;
	view->of_bridges = view->filters = NULL;
}

int cmd_showvlans(struct cli *cli, const struct call *call)
{
	struct view view = { .cli = cli };

	return targets_show(cli, call,
			    &(struct show){ &view, read_view, print_view,
					    put_view, drop_view });
}
