/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addgroup, delgroup and showgroups: multicast groups, their members, routers
 * and queriers. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "commands.h"
#include "entry-json.h"
#include "idempotent.h"
#include "targets.h"
#include "vbridge.h"

/* --- changes -------------------------------------------------------------- */

static int take_membership(const struct cli *cli, const struct call *call,
			   bool adds, struct membership *membership)
{
	struct args args = args_after(cli, call, 3);
	bool is_permanent = false; /* the default, which showgroups prints */
	const char *word;

	membership->bridge = call->argv[0];
	membership->member = call->argv[1];
	membership->group = call->argv[2];
	while ((word = args_next_part(&args))) {
		if (strcmp(word, "vlan") == 0) {
			if (args_next_vlan(&args, &membership->vlan))
				return EXIT_FAILURE;
		} else if (strcmp(word, "source") == 0) {
			if (membership->source)
				return cli_bad_word(cli,
						    _("\"%s\" is given twice"),
						    word);
			word = args_next(&args);
			membership->source = word ? word : "";
		} else if (adds && strcmp(word, "temporary") == 0) {
			membership->is_temporary = true;
		} else if (adds && strcmp(word, "permanent") == 0) {
			is_permanent = true;
		} else {
			return cli_bad_word(
				cli,
				adds ? _("\"%s\" is none of vlan, source and "
					 "temporary")
				     : _("\"%s\" is none of vlan and source"),
				word);
		}
	}
	if (is_permanent && membership->is_temporary)
		return cli_bad_word(cli, _("\"%s\" contradicts another word"),
				    "permanent");
	return EXIT_SUCCESS;
}

static int membership_del(struct cli *cli, const struct membership *membership,
			  unsigned int vlan)
{
	return vbr_mdb_del(cli->ctx, membership->bridge, membership->member,
			   membership->group, membership->source, vlan);
}

typedef int membership_fn(struct cli *cli, const struct membership *membership,
			  unsigned int vlan);

/* For a test. The second call makes the message. */
static int check_membership(struct cli *cli,
			    const struct membership *membership,
			    membership_fn *change)
{
	struct membership nowhere = *membership;

	nowhere.bridge = nowhere.member = NO_DEVICE;
	if (change(cli, &nowhere, membership->vlan) == -ENODEV)
		return EXIT_SUCCESS;
	change(cli, membership, membership->vlan);
	return cli_fail(cli);
}

static int add_one(struct cli *cli, const struct membership *membership,
		   bool *ret_added)
{
	int rc = membership_add(cli, membership, membership->vlan);

	*ret_added = rc == 0;
	if (rc == -EEXIST && cli->may_exist)
		return membership_complete(cli, membership);
	return rc < 0 ? cli_fail(cli) : EXIT_SUCCESS;
}

/* After another one was refused. */
static void undo_add(struct cli *cli, const struct membership *membership)
{
	if (!cli->dry_run &&
	    membership_del(cli, membership, membership->vlan) < 0)
		cli_bad_word(cli, _("\"%s\" remains a member"),
			     membership->member);
}

static int add_each(struct cli *cli, struct membership *membership,
		    const struct targets *members, bool *added)
{
	bool is_unchanged = true;

	for (size_t i = 0; i < members->count; i++) {
		cli_progress(cli, i, members->count);
		cli->unchanged = false;
		membership->member = members->names[i];
		if (add_one(cli, membership, &added[i])) {
			while (i-- > 0) {
				membership->member = members->names[i];
				if (added[i])
					undo_add(cli, membership);
			}
			return EXIT_FAILURE;
		}
		is_unchanged &= cli->unchanged;
	}
	cli_progress(cli, members->count, members->count);
	cli->unchanged = is_unchanged;
	return EXIT_SUCCESS;
}

static int add_members(struct cli *cli, struct membership *membership,
		       const struct targets *members)
{
	bool *added;
	int status = targets_check_members(cli, membership->bridge, members);

	if (status)
		return status;
	added = calloc(members->count, sizeof(*added));
	if (!added) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	status = add_each(cli, membership, members, added);
	free(added);
	if (status == EXIT_SUCCESS && membership->vlan)
		warn_if_inert(cli, membership->bridge);
	return status;
}

int cmd_addgroup(struct cli *cli, const struct call *call)
{
	struct membership membership = { 0 };
	struct targets members;
	int status;

	if (take_membership(cli, call, true, &membership))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return check_membership(cli, &membership, membership_add);
	if (targets_take_members(cli, membership.bridge, &call->argv[1],
				 &members))
		return EXIT_FAILURE;
	status = add_members(cli, &membership, &members);
	targets_drop(&members);
	return status;
}

/* What is deleted stays deleted: the kernel has lost its timers and sources. */
static int delete_each(struct cli *cli, struct membership *membership,
		       const struct targets *members)
{
	size_t deleted = 0, i;
	int rc = 0;

	for (i = 0; i < members->count; i++) {
		cli_progress(cli, i, members->count);
		membership->member = members->names[i];
		rc = membership_del(cli, membership, membership->vlan);
		if (rc < 0 && !(cli->if_exists && is_missing(rc)))
			break;
		deleted += rc == 0;
	}
	if (i == members->count) {
		cli_progress(cli, i, i);
		return deleted ? EXIT_SUCCESS : cli_unchanged(cli);
	}
	cli_fail(cli);
	while (deleted && !cli->dry_run && i-- > 0)
		cli_bad_word(cli, _("\"%s\" is no member any more"),
			     members->names[i]);
	return EXIT_FAILURE;
}

int cmd_delgroup(struct cli *cli, const struct call *call)
{
	struct membership membership = { 0 };
	struct targets members;
	int status;

	if (check_device_names(cli, 1, call->argv) ||
	    take_membership(cli, call, false, &membership))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return check_membership(cli, &membership, membership_del);
	if (targets_take_members(cli, membership.bridge, &call->argv[1],
				 &members))
		return EXIT_FAILURE;
	status = check_device_names(cli, members.count, members.names);
	if (status == EXIT_SUCCESS && (members.count == 0 || !cli->if_exists))
		status = targets_check_members(cli, membership.bridge,
					       &members);
	if (status == EXIT_SUCCESS)
		status = delete_each(cli, &membership, &members);
	targets_drop(&members);
	return status;
}

/* --- showgroups ----------------------------------------------------------- */

static const struct {
	enum vbr_mdb_flag flag;
	char name[12];
} flag_names[] = {
	{ VBR_MDB_PERMANENT, "permanent" },
	{ VBR_MDB_INCLUDE, "include" },
	{ VBR_MDB_FAST_LEAVE, "fast_leave" },
	{ VBR_MDB_STAR_EXCL, "star_excl" },
	{ VBR_MDB_BLOCKED, "blocked" },
	{ VBR_MDB_OFFLOADED, "offloaded" },
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

static void print_sources(const struct vbr_mdb_entry *entry)
{
	char text[VBR_ADDRESS_TEXT_SIZE];
	uint32_t timer;

	for (size_t i = 0; vbr_mdb_entry_source_at(entry, i, text, &timer); i++)
		printf("%s%s", i ? "," : "\tsources ", text);
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
	putchar('\n');
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
	int index;	    /* of that bridge */
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
	const struct vbr_mdb_entry *entry;
	const struct vbr_bridge *bridge;
	size_t at = 0;

	for (size_t i = 0; (entry = vbr_mdb_at(view->mdb, i)); i++) {
		if (i == 0)
			puts("bridge\tport\tVLAN\tgroup\tsource\ttimer\t"
			     "flags");
		print_entry(view->cli, entry);
	}
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
	put_sources(object, entry);
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

static int put_bridge(const struct view *view, struct json *object,
		      const struct vbr_bridge *bridge)
{
	int index = vbr_bridge_index(bridge);
	const struct vbr_mdb_entry *entry;
	const struct vbr_mdb_router *router;
	struct json *array;

	json_put_text(object, "bridge", vbr_bridge_name(bridge));
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
	return put_querier(view->cli, json_object_in(object, "querier"),
			   bridge);
}

static int put_view(void *data, struct json_list *list)
{
	struct view *view = data;
	const struct vbr_bridge *bridge;
	int status = EXIT_SUCCESS;
	size_t at = 0;

	while ((bridge = next_bridge(view, &at)))
		status |= put_bridge(view, json_list_item(list), bridge);
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
		rc = find_member_index(view->cli, bridge, bridge, &view->index);
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
