/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showgroups and getgroup: multicast groups, their members, routers and
 * queriers. */

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
#include "commands.h"
#include "entry-json.h"
#include "group-words.h"
#include "targets.h"
#include "vbridge.h"

/* --- showgroups ----------------------------------------------------------- */

static void print_entries(struct cli *cli, const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_entry *entry;

	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		if (i == 0)
			puts("bridge\tport\tVLAN\tgroup\tsource\ttimer\t"
			     "flags");
		mdb_print_entry(cli, entry);
	}
}

static void print_routers(struct cli *cli, const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_router *router;

	for (size_t i = 0; (router = vbr_mdb_router_at(mdb, i)); i++) {
		if (i == 0)
			puts("bridge\trouter port\tVLAN\ttype\ttimer");
		mdb_print_router(cli, router);
	}
}

/* The kernel sends these options only while there is a querier. */
static const char *const querier_options[] = {
	"querier_ipv4_address", "querier_ipv4_port", "querier_ipv4_timer",
	"querier_ipv6_address", "querier_ipv6_port", "querier_ipv6_timer",
};

#define QUERIER_OPTIONS (sizeof(querier_options) / sizeof(querier_options[0]))

static void print_querier(struct cli *cli, const struct vbr_bridge *bridge)
{
	bool has_any = false;

	for (size_t i = 0; i < QUERIER_OPTIONS; i++) {
		char text[VBR_OPTION_TEXT_SIZE];

		if (vbr_bridge_text(cli->ctx, bridge, querier_options[i], text,
				    sizeof(text)) < 0)
			continue;
		if (!has_any) {
			out_name(stdout, vbr_bridge_name(bridge));
			has_any = true;
		}
		printf(" %s=", querier_options[i]);
		out_name(stdout, text);
	}
	if (has_any)
		putchar('\n');
}

struct view {
	struct cli *cli;
	const char *bridge; /* NULL: all */
	int index;	    /* of that bridge, or VXLAN device */
	char name[VBR_NAME_SIZE];
	struct vbr_mdb *mdb;
	struct vbr_bridges *bridges;
};

/* Returns the bridges to show, one after the other. */
static const struct vbr_bridge *next_bridge(const struct view *view, size_t *at)
{
	const struct vbr_bridge *bridge;

	while ((bridge = vbr_bridges_at(view->bridges, (*at)++)))
		if (!view->bridge || vbr_bridge_index(bridge) == view->index)
			return bridge;
	return NULL;
}

static int print_view(void *data)
{
	const struct view *view = data;
	const struct vbr_bridge *bridge;
	size_t at = 0;

	print_entries(view->cli, view->mdb);
	print_routers(view->cli, view->mdb);
	while ((bridge = next_bridge(view, &at)))
		print_querier(view->cli, bridge);
	return EXIT_SUCCESS;
}

/* --- JSON ----------------------------------------------------------------- */

static int put_querier(struct cli *cli, struct json *object,
		       const struct vbr_bridge *bridge)
{
	struct values values = { VBR_SCOPE_BRIDGE, bridge };
	char text[VBR_OPTION_TEXT_SIZE];
	int status = EXIT_SUCCESS;

	for (size_t i = 0; i < QUERIER_OPTIONS; i++) {
		char *name = (char *)querier_options[i];

		if (vbr_bridge_text(cli->ctx, bridge, name, text,
				    sizeof(text)) == 0)
			status |= values_put(cli, &values, object, &name, 1);
	}
	return status;
}

static struct json *put_place(const struct view *view, struct json *object,
			      const char *name, int index)
{
	const struct vbr_mdb_entry *entry;
	const struct vbr_mdb_router *router;
	struct json *array;

	json_put_text(object, "bridge", name);
	json_put_number(object, "index", (uint64_t)index);
	array = json_array_in(object, "groups");
	for (size_t i = 0; (entry = vbr_mdb_at(view->mdb, i)); i++)
		if (vbr_mdb_entry_bridge_index(entry) == index)
			put_mdb_entry(view->cli, json_object_of(array), entry);
	array = json_array_in(object, "routers");
	for (size_t i = 0; (router = vbr_mdb_router_at(view->mdb, i)); i++)
		if (vbr_mdb_router_bridge_index(router) == index)
			put_mdb_router(view->cli, json_object_of(array),
				       router);
	return json_object_in(object, "querier");
}

static int put_view(void *data, struct json_list *list)
{
	struct view *view = data;
	const struct vbr_bridge *bridge;
	int status = EXIT_SUCCESS;
	bool has_any = false;
	size_t at = 0;

	while ((bridge = next_bridge(view, &at))) {
		struct json *object = json_list_item(list);

		object = put_place(view, object, vbr_bridge_name(bridge),
				   vbr_bridge_index(bridge));
		status |= put_querier(view->cli, object, bridge);
		has_any = true;
	}
	/* A VXLAN device. */
	if (view->bridge && !has_any)
		put_place(view, json_list_item(list), view->name, view->index);
	return status;
}

static int read_view(void *data, const char *bridge)
{
	struct view *view = data;
	struct vbr_ctx *ctx = view->cli->ctx;
	int rc = vbr_mdb_list(ctx, bridge, &view->mdb);

	view->bridge = bridge;
	/* The bridge may have been named by an altname. */
	if (rc == 0 && bridge)
		rc = vbr_link_resolve(ctx, bridge, &view->index, view->name);
	return rc < 0 ? rc : vbr_bridge_list(ctx, &view->bridges);
}

static void drop_view(void *data)
{
	struct view *view = data;

	vbr_bridges_free(view->bridges);
	vbr_mdb_free(view->mdb);
	view->bridges = NULL;
	view->mdb = NULL;
}

int cmd_showgroups(struct cli *cli, const struct call *call)
{
	struct view view = { .cli = cli };

	return targets_show(cli, call,
			    &(struct show){ &view, read_view, print_view,
					    put_view, drop_view });
}

/* --- getgroup ------------------------------------------------------------- */

static int put_group(struct cli *cli, const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_entry *entry;
	char bridge[VBR_NAME_SIZE];
	struct json_list list;

	if (json_load(cli) < 0)
		return EXIT_FAILURE;
	json_list_begin(&list);
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		struct json *object = json_list_item(&list);

		if (vbr_link_name(cli->ctx, vbr_mdb_entry_bridge_index(entry),
				  bridge) == 0)
			json_put_text(object, "bridge", bridge);
		put_mdb_entry(cli, object, entry);
	}
	json_list_end(&list);
	return json_status(cli);
}

static int show_group(struct cli *cli, const struct membership *membership)
{
	struct vbr_mdb *mdb;
	int status = EXIT_SUCCESS;

	if (vbr_mdb_get(cli->ctx, membership->bridge, membership->group,
			membership->with.source, membership->with.vlan,
			membership->remote.src_vni, &mdb) < 0)
		return cli_fail(cli);
	if (cli->json)
		status = put_group(cli, mdb);
	else
		print_entries(cli, mdb);
	vbr_mdb_free(mdb);
	return status;
}

/* For a test. The second call makes the message. */
static int check_group(struct cli *cli, const struct membership *membership)
{
	struct vbr_mdb *mdb;
	int rc = vbr_mdb_get(cli->ctx, NO_DEVICE, membership->group,
			     membership->with.source, membership->with.vlan, 0,
			     &mdb);

	return rc == -ENODEV ? EXIT_SUCCESS : show_group(cli, membership);
}

int cmd_getgroup(struct cli *cli, const struct call *call)
{
	struct membership membership = { .bridge = call->argv[0],
					 .group = call->argv[1] };
	struct args args = args_after(cli, call, 2);
	struct group_words words = { cli, GROUP_GET, &membership };

	if (group_words_take(&args, &words))
		return EXIT_FAILURE;
	return cli_is_test(cli) ? check_group(cli, &membership)
				: show_group(cli, &membership);
}
