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

static const struct {
	enum vbr_mdb_flag flag;
	char name[16];
} flag_names[] = {
	{ VBR_MDB_PERMANENT, "permanent" },
	{ VBR_MDB_INCLUDE, "include" },
	{ VBR_MDB_FAST_LEAVE, "fast_leave" },
	{ VBR_MDB_STAR_EXCL, "star_excl" },
	{ VBR_MDB_BLOCKED, "blocked" },
	{ VBR_MDB_OFFLOADED, "offloaded" },
	{ VBR_MDB_OFFLOAD_FAILED, "offload_failed" },
};

#define FLAGS (sizeof(flag_names) / sizeof(flag_names[0]))

static void print_flags(unsigned int flags)
{
	const char *between = "";

	for (size_t i = 0; i < FLAGS; i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		printf("%s%s", between, flag_names[i].name);
		between = ",";
	}
	if (!*between)
		putchar('-');
}

static void print_ticks(uint32_t ticks)
{
	char text[OUT_NUMBER_SIZE];

	*out_ticks(text, ticks) = '\0';
	fputs(text + strspn(text, " "), stdout);
}

static void print_device(struct cli *cli, int index)
{
	char name[VBR_NAME_SIZE];

	if (vbr_link_name(cli->ctx, index, name) == 0)
		out_name(stdout, name);
	else
		putchar('?');
}

static void print_vlan(unsigned int vlan)
{
	if (vlan)
		printf("\t%u\t", vlan);
	else
		fputs("\t-\t", stdout);
}

/* A timer of 0: it is kept. */
static void print_sources(const struct vbr_mdb_entry *entry)
{
	bool is_excluding = vbr_mdb_entry_mode(entry) == VBR_MDB_MODE_EXCLUDE;
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer);
	     i++) {
		if (i)
			putchar(',');
		else
			fputs(is_excluding ? "\texcept " : "\tsources ",
			      stdout);
		fputs(text, stdout);
		if (timer) {
			putchar('/');
			print_ticks(timer);
		}
	}
}

/* RTPROT_*: the usual ones. */
enum { PROTOCOL_KERNEL = 2, PROTOCOL_STATIC = 4 };

static void print_protocol(const struct vbr_mdb_entry *entry)
{
	unsigned int protocol = vbr_mdb_entry_protocol(entry);
	char text[VBR_PROTOCOL_TEXT_SIZE];

	if (protocol == 0 || protocol == PROTOCOL_KERNEL ||
	    protocol == PROTOCOL_STATIC)
		return;
	vbr_mdb_format_protocol(protocol, text);
	printf("\tproto %s", text);
}

static void print_remote(struct cli *cli, const struct vbr_mdb_entry *entry)
{
	struct vbr_mdb_remote remote;

	if (!vbr_mdb_entry_remote(entry, &remote))
		return;
	printf("\tdst %s", remote.destination);
	if (remote.port)
		printf(" port %u", remote.port);
	if (remote.vni)
		printf(" vni %" PRIu32, remote.vni);
	if (remote.source_vni)
		printf(" src_vni %" PRIu32, remote.source_vni);
	if (remote.via) {
		fputs(" via ", stdout);
		print_device(cli, remote.via);
	}
}

static void print_entry(struct cli *cli, const struct vbr_mdb_entry *entry)
{
	char text[VBR_ADDRESS_TEXT_SIZE];

	print_device(cli, vbr_mdb_entry_bridge_index(entry));
	putchar('\t');
	print_device(cli, vbr_mdb_entry_index(entry));
	print_vlan(vbr_mdb_entry_vlan(entry));
	vbr_mdb_entry_group(entry, text);
	printf("%s\t", text);
	fputs(vbr_mdb_entry_source(entry, text) ? text : "-", stdout);
	putchar('\t');
	print_ticks(vbr_mdb_entry_timer(entry));
	putchar('\t');
	print_flags(vbr_mdb_entry_flags(entry));
	print_sources(entry);
	print_protocol(entry);
	print_remote(cli, entry);
	putchar('\n');
}

static void print_entries(struct cli *cli, const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_entry *entry;

	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		if (i == 0)
			puts("bridge\tport\tVLAN\tgroup\tsource\ttimer\t"
			     "flags");
		print_entry(cli, entry);
	}
}

static void print_routers(struct cli *cli, const struct vbr_mdb *mdb)
{
	const struct vbr_mdb_router *router;

	for (size_t i = 0; (router = vbr_mdb_router_at(mdb, i)); i++) {
		if (i == 0)
			puts("bridge\trouter port\tVLAN\ttype\ttimer");
		print_device(cli, vbr_mdb_router_bridge_index(router));
		putchar('\t');
		print_device(cli, vbr_mdb_router_index(router));
		print_vlan(vbr_mdb_router_vlan(router));
		printf("%u\t", vbr_mdb_router_type(router));
		print_ticks(vbr_mdb_router_timer(router));
		putchar('\n');
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

static void put_device(struct cli *cli, struct json *object, int index)
{
	char name[VBR_NAME_SIZE];

	if (vbr_link_name(cli->ctx, index, name) == 0)
		json_put_text(object, "port", name);
	json_put_number(object, "index", (uint64_t)index);
}

static void put_flags(struct json *object, unsigned int flags)
{
	for (size_t i = 0; i < FLAGS; i++)
		json_put_bool(object, flag_names[i].name,
			      flags & flag_names[i].flag);
}

static void put_sources(struct json *object, const struct vbr_mdb_entry *entry)
{
	struct json *array = json_array_in(object, "sources");
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer);
	     i++) {
		struct json *source = json_object_of(array);

		json_put_text(source, "address", text);
		json_put_ticks(source, "timer", timer);
	}
}

/* The words of addgroup. */
static void put_remote(struct cli *cli, struct json *object,
		       const struct vbr_mdb_entry *entry)
{
	struct vbr_mdb_remote remote;
	char name[VBR_NAME_SIZE];

	if (!vbr_mdb_entry_remote(entry, &remote))
		return;
	json_put_text(object, "dst", remote.destination);
	if (remote.port)
		json_put_number(object, "dst_port", remote.port);
	if (remote.vni)
		json_put_number(object, "vni", remote.vni);
	if (remote.source_vni)
		json_put_number(object, "src_vni", remote.source_vni);
	if (remote.via && vbr_link_name(cli->ctx, remote.via, name) == 0)
		json_put_text(object, "via", name);
}

static void put_mode(struct json *object, const struct vbr_mdb_entry *entry)
{
	enum vbr_mdb_mode mode = vbr_mdb_entry_mode(entry);

	if (mode)
		json_put_text(object, "filter",
			      mode == VBR_MDB_MODE_INCLUDE ? "include"
							   : "exclude");
}

static void put_protocol(struct json *object, const struct vbr_mdb_entry *entry)
{
	unsigned int protocol = vbr_mdb_entry_protocol(entry);
	char text[VBR_PROTOCOL_TEXT_SIZE];

	if (!protocol)
		return;
	vbr_mdb_format_protocol(protocol, text);
	json_put_text(object, "proto", text);
}

void put_mdb_entry(struct cli *cli, struct json *object,
		   const struct vbr_mdb_entry *entry)
{
	char text[VBR_ADDRESS_TEXT_SIZE];

	put_device(cli, object, vbr_mdb_entry_index(entry));
	vbr_mdb_entry_group(entry, text);
	json_put_text(object, "group", text);
	if (vbr_mdb_entry_source(entry, text))
		json_put_text(object, "source", text);
	if (vbr_mdb_entry_vlan(entry))
		json_put_number(object, "vlan", vbr_mdb_entry_vlan(entry));
	json_put_ticks(object, "timer", vbr_mdb_entry_timer(entry));
	put_flags(object, vbr_mdb_entry_flags(entry));
	put_mode(object, entry);
	put_sources(object, entry);
	put_protocol(object, entry);
	put_remote(cli, object, entry);
}

void put_mdb_router(struct cli *cli, struct json *object,
		    const struct vbr_mdb_router *router)
{
	put_device(cli, object, vbr_mdb_router_index(router));
	if (vbr_mdb_router_vlan(router))
		json_put_number(object, "vlan", vbr_mdb_router_vlan(router));
	json_put_number(object, "type", vbr_mdb_router_type(router));
	json_put_ticks(object, "timer", vbr_mdb_router_timer(router));
}

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
			membership->remote.source_vni, &mdb) < 0)
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
