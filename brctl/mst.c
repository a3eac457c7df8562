/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* setmst and showmst: the states of ports in multiple spanning trees (MST). */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "entry-json.h"
#include "targets.h"
#include "vbridge.h"

/* --- setmst --------------------------------------------------------------- */

static int take_instance(const struct cli *cli, const char *word,
			 unsigned int *ret_instance)
{
	uint64_t number;

	if (vbr_parse_number(word, 4094, &number) < 0 || number == 0)
		return cli_bad_word(
			cli,
			_("\"%s\" is not an MST instance: they range from 1 "
			  "to 4094"),
			word);
	*ret_instance = (unsigned int)number;
	return EXIT_SUCCESS;
}

/* The values of the option, by name or number. */
static int take_state(const struct cli *cli, const char *word,
		      unsigned int *ret_state)
{
	const struct vbr_option *option = vbr_option_find(VBR_SCOPE_PORT,
							  "state");
	uint64_t state;

	if (vbr_option_parse(cli->ctx, option, word, &state) < 0)
		return cli_fail(cli);
	*ret_state = (unsigned int)state;
	return EXIT_SUCCESS;
}

struct mst_change {
	struct cli *cli;
	const char *bridge;
	unsigned int instance, state;
	struct vbr_msts *before;
};

static const struct vbr_mst *find_before(const struct mst_change *change,
					 int index)
{
	const struct vbr_mst *mst;

	for (size_t i = 0; (mst = vbr_msts_at(change->before, i)); i++)
		if (vbr_mst_index(mst) == index &&
		    vbr_mst_instance(mst) == change->instance)
			return mst;
	return NULL;
}

static bool set_back(const struct mst_change *change, const char *port)
{
	struct vbr_ctx *ctx = change->cli->ctx;
	const struct vbr_mst *mst;
	char name[VBR_NAME_SIZE];
	int index;

	if (vbr_link_resolve(ctx, port, &index, name) < 0)
		return false;
	mst = find_before(change, index);
	return mst && vbr_mst_set(ctx, change->bridge, port, change->instance,
				  vbr_mst_state(mst)) == 0;
}

static int set_each(const struct mst_change *change,
		    const struct targets *ports)
{
	struct cli *cli = change->cli;

	for (size_t i = 0; i < ports->count; i++) {
		if (vbr_mst_set(cli->ctx, change->bridge, ports->names[i],
				change->instance, change->state) == 0)
			continue;
		cli_fail(cli);
		while (i-- > 0 && !cli->dry_run)
			if (!set_back(change, ports->names[i]))
				cli_bad_word(cli, _("\"%s\" has the new state"),
					     ports->names[i]);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

/* All ports, or none. */
static int set_ports(struct mst_change *change, const struct targets *ports)
{
	int status;

	if (ports->count > 1 &&
	    vbr_mst_list(change->cli->ctx, change->bridge, &change->before) < 0)
		return cli_fail(change->cli);
	status = set_each(change, ports);
	vbr_msts_free(change->before);
	return status;
}

int cmd_setmst(struct cli *cli, const struct call *call)
{
	struct mst_change change = { .cli = cli, .bridge = call->argv[0] };
	struct targets ports;
	int status;

	if (take_instance(cli, call->argv[2], &change.instance) ||
	    take_state(cli, call->argv[3], &change.state))
		return EXIT_FAILURE;
	if (cli_is_test(cli))
		return EXIT_SUCCESS;
	if (targets_take_members(cli, call->argv[0], &call->argv[1], &ports))
		return EXIT_FAILURE;
	status = targets_check_members(cli, call->argv[0], &ports);
	if (status == EXIT_SUCCESS)
		status = set_ports(&change, &ports);
	targets_drop(&ports);
	return status;
}

/* --- showmst -------------------------------------------------------------- */

struct view {
	struct cli *cli;
	struct vbr_msts *msts;
};

static void get_state(const struct view *view, const struct vbr_mst *mst,
		      char *ret_text)
{
	const struct vbr_option *option = vbr_option_find(VBR_SCOPE_PORT,
							  "state");

	if (vbr_option_format(view->cli->ctx, option, vbr_mst_state(mst),
			      ret_text, VBR_OPTION_TEXT_SIZE) < 0)
		snprintf(ret_text, VBR_OPTION_TEXT_SIZE, "%u",
			 vbr_mst_state(mst));
}

static int print_view(void *data)
{
	const struct view *view = data;
	const struct vbr_mst *mst;

	for (size_t i = 0; (mst = vbr_msts_at(view->msts, i)); i++) {
		char text[VBR_OPTION_TEXT_SIZE];

		if (i == 0)
			puts("bridge\tport\tMSTI\tstate");
		print_device_of(view->cli, vbr_mst_bridge_index(mst));
		putchar('\t');
		print_device_of(view->cli, vbr_mst_index(mst));
		get_state(view, mst, text);
		printf("\t%u\t%s\n", vbr_mst_instance(mst), text);
	}
	return EXIT_SUCCESS;
}

static int put_view(void *data, struct json_list *list)
{
	const struct view *view = data;
	const struct vbr_mst *mst;
	char text[VBR_NAME_SIZE];

	for (size_t i = 0; (mst = vbr_msts_at(view->msts, i)); i++) {
		struct json *object = json_list_item(list);
		char state[VBR_OPTION_TEXT_SIZE];

		if (vbr_link_name(view->cli->ctx, vbr_mst_bridge_index(mst),
				  text) == 0)
			json_put_text(object, "bridge", text);
		if (vbr_link_name(view->cli->ctx, vbr_mst_index(mst), text) ==
		    0)
			json_put_text(object, "port", text);
		json_put_number(object, "index", (uint64_t)vbr_mst_index(mst));
		json_put_number(object, "msti", vbr_mst_instance(mst));
		get_state(view, mst, state);
		json_put_text(object, "state", state);
	}
	return EXIT_SUCCESS;
}

static int read_view(void *data, const char *bridge)
{
	struct view *view = data;

	return vbr_mst_list(view->cli->ctx, bridge, &view->msts);
}

static void drop_view(void *data)
{
	struct view *view = data;

	vbr_msts_free(view->msts);
	view->msts = NULL;
}

int cmd_showmst(struct cli *cli, const struct call *call)
{
	struct view view = { .cli = cli };

	return targets_show(cli, call,
			    &(struct show){ &view, read_view, print_view,
					    put_view, drop_view });
}
