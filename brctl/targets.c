/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds out which bridges or ports an argument names. */

#include "config.h"

#include "targets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "cli/json.h"
#include "cli/out.h"
#include "commands.h"
#include "vbridge.h"

static bool is_all(const char *word)
{
	return strcmp(word, "all") == 0;
}

/* A device of any kind. */
static bool is_device(const struct cli *cli, const char *name)
{
	struct vbr_bridge *bridge = NULL;
	int rc = vbr_bridge_get(cli->ctx, name, &bridge);

	vbr_bridge_free(bridge);
	return rc != -ENODEV;
}

bool names_several(const struct cli *cli, const char *word)
{
	/* In a test, an earlier line may create the device. */
	if (cli_is_test(cli))
		return false;
	return (is_all(word) || strchr(word, ',')) && !is_device(cli, word);
}

void targets_drop(struct targets *targets)
{
	list_drop(&targets->list);
}

static void put_name(struct list *list, const char *name)
{
	char *at = list->text + list->count * VBR_NAME_SIZE;

	list->words[list->count++] = strcpy(at, name);
}

static int list_bridges(const struct cli *cli, struct list *ret_list)
{
	struct vbr_bridges *bridges;
	size_t count;
	int status;

	if (vbr_bridge_list(cli->ctx, &bridges) < 0)
		return cli_fail(cli);
	count = vbr_bridges_count(bridges);
	status = list_new(cli, count, count * VBR_NAME_SIZE, ret_list);
	for (size_t i = 0; status == EXIT_SUCCESS && i < count; i++)
		put_name(ret_list, vbr_bridge_name(vbr_bridges_at(bridges, i)));
	vbr_bridges_free(bridges);
	return status;
}

static int list_ports(const struct cli *cli, const char *bridge,
		      struct list *ret_list)
{
	const struct vbr_port *port;
	struct vbr_ports *ports;
	size_t count = 0;
	int status;

	if (vbr_port_list(cli->ctx, bridge, &ports) < 0)
		return cli_fail(cli);
	while (vbr_ports_at(ports, count))
		count++;
	status = list_new(cli, count, count * VBR_NAME_SIZE, ret_list);
	for (size_t i = 0;
	     status == EXIT_SUCCESS && (port = vbr_ports_at(ports, i)); i++)
		put_name(ret_list, vbr_port_name(port));
	vbr_ports_free(ports);
	return status;
}

static int refuse_same(const struct cli *cli, const char *one,
		       const char *other)
{
	char shown[2][VBR_NAME_TEXT_SIZE];

	vbr_format_name(one, shown[0], sizeof(shown[0]));
	vbr_format_name(other, shown[1], sizeof(shown[1]));
	cli_message(cli, _("\"%s\" and \"%s\" are the same device"), shown[0],
		    shown[1]);
	return EXIT_FAILURE;
}

/* A device has several names. One that does not exist is not refused here. */
static int check_devices(const struct cli *cli, const struct list *list)
{
	int *indexes = calloc(list->count, sizeof(*indexes));
	int status = EXIT_SUCCESS;

	if (!indexes) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	for (size_t i = 0; status == EXIT_SUCCESS && i < list->count; i++) {
		size_t k = 0;

		if (vbr_link_resolve(cli->ctx, list->words[i], &indexes[i],
				     NULL) < 0)
			continue;
		while (indexes[k] != indexes[i])
			k++;
		if (k < i)
			status = refuse_same(cli, list->words[k],
					     list->words[i]);
	}
	free(indexes);
	return status;
}

static int take_list(const struct cli *cli, const char *word,
		     struct list *ret_list)
{
	struct list list;

	if (list_split(cli, word, &list))
		return EXIT_FAILURE;
	if (check_devices(cli, &list)) {
		list_drop(&list);
		return EXIT_FAILURE;
	}
	*ret_list = list;
	return EXIT_SUCCESS;
}

/* "bridge" is the bridge of the ports; NULL: the names are bridges. */
static int take(const struct cli *cli, const char *bridge,
		char *const *argument, struct targets *ret_targets)
{
	struct targets targets = { .count = 1, .names = argument };
	int status;

	if (names_several(cli, *argument)) {
		if (!is_all(*argument))
			status = take_list(cli, *argument, &targets.list);
		else if (bridge)
			status = list_ports(cli, bridge, &targets.list);
		else
			status = list_bridges(cli, &targets.list);
		if (status)
			return status;
		targets.is_several = true;
		targets.count = targets.list.count;
		targets.names = targets.list.words;
	}
	*ret_targets = targets;
	return EXIT_SUCCESS;
}

int targets_take_bridges(const struct cli *cli, char *const *argument,
			 struct targets *ret_targets)
{
	return take(cli, NULL, argument, ret_targets);
}

int targets_take_members(const struct cli *cli, const char *bridge,
			 char *const *argument, struct targets *ret_targets)
{
	return take(cli, bridge, argument, ret_targets);
}

int targets_take_devices(const struct cli *cli, char *const *argument,
			 struct targets *ret_targets)
{
	if (!is_all(*argument))
		return take(cli, NULL, argument, ret_targets);
	*ret_targets = (struct targets){ .count = 1, .names = argument };
	return EXIT_SUCCESS;
}

int targets_check_bridges(const struct cli *cli, const struct targets *bridges)
{
	int index;

	if (bridges->count == 0) {
		cli_message(cli, "%s", _("there is no bridge"));
		return EXIT_FAILURE;
	}
	for (size_t i = 0; bridges->is_several && i < bridges->count; i++) {
		const char *name = bridges->names[i];

		if (find_member_index(cli, name, name, &index) < 0)
			return cli_fail(cli);
	}
	return EXIT_SUCCESS;
}

int targets_check_members(const struct cli *cli, const char *bridge,
			  const struct targets *members)
{
	int index;

	if (members->count == 0)
		return cli_bad_word(cli, _("bridge \"%s\" has no ports"),
				    bridge);
	for (size_t i = 0; members->is_several && i < members->count; i++)
		if (find_member_index(cli, bridge, members->names[i], &index) <
		    0)
			return cli_fail(cli);
	return EXIT_SUCCESS;
}

/* A name that is NULL stands for all bridges. */
static int take_shown(const struct cli *cli, const struct call *call,
		      struct targets *ret_targets)
{
	static char *const all[] = { NULL };
	char *const *argv = call->argv;
	int status;

	*ret_targets = (struct targets){ .count = 1, .names = all };
	if (call->argc == 0 || (is_all(argv[0]) && names_several(cli, argv[0])))
		return EXIT_SUCCESS;
	if (targets_take_bridges(cli, argv, ret_targets))
		return EXIT_FAILURE;
	status = targets_check_bridges(cli, ret_targets);
	if (status)
		targets_drop(ret_targets);
	return status;
}

/* The list starts after something was read; otherwise nothing is printed. */
static int show_one(const struct cli *cli, const struct show *show,
		    const char *bridge, struct json_list *list, bool *is_begun)
{
	int status;

	if (show->read(show->view, bridge) < 0) {
		status = cli_fail(cli);
	} else if (cli->json) {
		if (!*is_begun)
			json_list_begin(list);
		*is_begun = true;
		status = show->put(show->view, list);
	} else {
		status = show->print(show->view);
	}
	show->drop(show->view);
	return status;
}

int targets_show(struct cli *cli, const struct call *call,
		 const struct show *show)
{
	struct json_list list;
	struct targets bridges;
	bool is_begun = false;
	int status = EXIT_SUCCESS;

	if ((cli->json && json_load(cli) < 0) ||
	    take_shown(cli, call, &bridges))
		return EXIT_FAILURE;
	out_table();
	for (size_t i = 0; i < bridges.count; i++)
		status |= show_one(cli, show, bridges.names[i], &list,
				   &is_begun);
	targets_drop(&bridges);
	if (!is_begun)
		return status;
	json_list_end(&list);
	return status | json_status(cli);
}
