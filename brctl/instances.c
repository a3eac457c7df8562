/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* showmrp and showcfm: the instances of MRP and the end points of CFM. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/out.h"
#include "cli/values.h"
#include "commands.h"
#include "targets.h"
#include "vbridge.h"

typedef int read_fn(struct vbr_ctx *ctx, const char *bridge,
		    struct vbr_instances **ret_instances);

struct view {
	struct cli *cli;
	read_fn *list;
	struct vbr_instances *instances;
};

static const char *kind_name(const struct vbr_instance *instance)
{
	static const char *const names[] = {
		[VBR_INSTANCE_MRP] = "mrp",
		[VBR_INSTANCE_MEP] = "mep",
		[VBR_INSTANCE_PEER] = "peer",
	};

	return names[vbr_instance_kind(instance)];
}

static void print_options(const struct view *view,
			  const struct vbr_instance *instance)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;

	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++) {
		char text[VBR_OPTION_TEXT_SIZE];
		uint64_t value;

		if (vbr_instance_value(instance, option, &value) < 0)
			continue;
		vbr_option_format(view->cli->ctx, option, value, text,
				  sizeof(text));
		printf(" %s=", vbr_option_name(option));
		out_name(stdout, text);
	}
	putchar('\n');
}

static int print_view(void *data)
{
	const struct view *view = data;
	const struct vbr_instance *instance;
	char name[VBR_NAME_SIZE];

	for (size_t i = 0; (instance = vbr_instances_at(view->instances, i));
	     i++) {
		if (vbr_link_name(view->cli->ctx,
				  vbr_instance_bridge_index(instance),
				  name) < 0)
			continue;
		out_name(stdout, name);
		printf(" %s", kind_name(instance));
		print_options(view, instance);
	}
	return EXIT_SUCCESS;
}

static void put_options(const struct view *view,
			const struct vbr_instance *instance,
			struct json *object)
{
	const enum vbr_instance_kind kind = vbr_instance_kind(instance);
	const struct vbr_option *option;
	uint64_t value;

	for (size_t i = 0; (option = vbr_instance_option_at(kind, i)); i++)
		if (vbr_instance_value(instance, option, &value) == 0)
			values_put_number(view->cli, option, value, object);
}

static int put_view(void *data, struct json_list *list)
{
	const struct view *view = data;
	const struct vbr_instance *instance;
	char name[VBR_NAME_SIZE];

	for (size_t i = 0; (instance = vbr_instances_at(view->instances, i));
	     i++) {
		struct json *object;

		if (vbr_link_name(view->cli->ctx,
				  vbr_instance_bridge_index(instance),
				  name) < 0)
			continue;
		object = json_list_item(list);
		json_put_text(object, "bridge", name);
		json_put_text(object, "kind", kind_name(instance));
		put_options(view, instance, object);
	}
	return EXIT_SUCCESS;
}

static int read_view(void *data, const char *bridge)
{
	struct view *view = data;

	return view->list(view->cli->ctx, bridge, &view->instances);
}

static void drop_view(void *data)
{
	struct view *view = data;

	vbr_instances_free(view->instances);
	view->instances = NULL;
}

static int show(struct cli *cli, const struct call *call, read_fn *list)
{
	struct view view = { .cli = cli, .list = list };

	return targets_show(cli, call,
			    &(struct show){ &view, read_view, print_view,
					    put_view, drop_view });
}

int cmd_showmrp(struct cli *cli, const struct call *call)
{
	return show(cli, call, vbr_mrp_list);
}

int cmd_showcfm(struct cli *cli, const struct call *call)
{
	return show(cli, call, vbr_cfm_list);
}
