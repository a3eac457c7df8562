/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* tree: draws bridges, and what is above and below them. */

#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "commands.h"
#include "tree-dot.h"
#include "tree-json.h"
#include "tree-layout.h"
#include "tree-svg.h"
#include "tree-text.h"
#include "tree-trace.h"
#include "vbridge.h"

static int lack_memory(const struct cli *cli)
{
	cli_message(cli, "%s", cli_strerror(ENOMEM));
	return EXIT_FAILURE;
}

/* --- what is drawn -------------------------------------------------------- */

static int add_named(struct cli *cli, struct tree *tree, const char *name)
{
	struct vbr_bridge *bridge;
	int index;

	if (vbr_bridge_get(cli->ctx, name, &bridge) < 0)
		return cli_fail(cli);
	index = vbr_bridge_index(bridge);
	vbr_bridge_free(bridge);
	if (tree_add_bridge(tree, index))
		return EXIT_SUCCESS;
	return cli_bad_word(cli, _("bridge \"%s\" is new; try again"), name);
}

static int add_bridges(struct cli *cli, const struct call *call,
		       struct tree *tree)
{
	const struct vbr_bridges *bridges = vbr_topology_bridges(
		tree->topology);
	const struct vbr_bridge *bridge;
	int status = EXIT_SUCCESS;

	for (int i = 0; status == EXIT_SUCCESS && i < call->argc; i++)
		status = add_named(cli, tree, call->argv[i]);
	for (size_t i = 0;
	     call->argc == 0 && (bridge = vbr_bridges_at(bridges, i)); i++)
		tree_add_bridge(tree, vbr_bridge_index(bridge));
	if (tree->lacks_memory)
		return lack_memory(cli);
	return status;
}

static bool has_taps(const struct vbr_topology *topology)
{
	const struct vbr_device *device;

	for (size_t i = 0; (device = vbr_topology_at(topology, i)); i++)
		if (strcmp(vbr_device_kind(device), "tun") == 0 &&
		    vbr_device_master(device))
			return true;
	return false;
}

/* --- how it is drawn ------------------------------------------------------ */

static int draw_svg(const struct cli *cli, const struct tree *tree)
{
	char *graph = NULL;
	size_t len;
	FILE *stream = open_memstream(&graph, &len);
	bool is_good = stream && tree_print_dot(stream, tree, cli->netns);
	int status;

	if (stream && fclose(stream) != 0)
		is_good = false;
	status = is_good ? tree_draw_svg(cli, graph, len, cli->svg)
			 : lack_memory(cli);
	free(graph);
	return status;
}

static int draw(const struct cli *cli, const struct tree *tree)
{
	bool is_good = true;

	if (cli->svg)
		return draw_svg(cli, tree);
	if (cli->json) {
		tree_print_json(tree);
		return json_status(cli);
	}
	if (cli->dot)
		is_good = tree_print_dot(stdout, tree, cli->netns);
	else
		is_good = tree_print_text(tree);
	return is_good ? EXIT_SUCCESS : lack_memory(cli);
}

static int draw_topology(struct cli *cli, const struct call *call,
			 const struct vbr_topology *topology,
			 const struct vbr_findings *findings)
{
	struct tree tree;
	int status;

	if (!tree_begin(&tree, topology))
		return lack_memory(cli);
	tree.findings = findings;
	if (has_taps(topology) &&
	    tree_guests_read(cli->netns, &tree.guests) < 0)
		status = lack_memory(cli);
	else
		status = add_bridges(cli, call, &tree);
	if (status == EXIT_SUCCESS && cli->trace)
		status = tree_trace(cli, &tree);
	if (status == EXIT_SUCCESS)
		status = draw(cli, &tree);
	tree_drop(&tree);
	return status;
}

/* --- tree ----------------------------------------------------------------- */

static int look_and_draw(struct cli *cli, const struct call *call)
{
	struct vbr_findings *findings = NULL;
	struct vbr_topology *topology;
	int status;

	if (cli->checks && vbr_check(cli->ctx, (const char *const *)call->argv,
				     (size_t)call->argc, &findings) < 0)
		return cli_fail(cli);
	if (vbr_topology_get(cli->ctx, &topology) < 0) {
		vbr_findings_free(findings);
		return cli_fail(cli);
	}
	status = draw_topology(cli, call, topology, findings);
	if (findings)
		cli_message_lines(cli, N_("not checked: %.*s"),
				  vbr_findings_skipped(findings));
	vbr_topology_free(topology);
	vbr_findings_free(findings);
	return status;
}

int cmd_tree(struct cli *cli, const struct call *call)
{
	if (cli->json + cli->dot + (cli->svg != NULL) > 1) {
		cli_message(cli, "%s",
			    _("--json, --dot and --svg exclude each other"));
		return EXIT_FAILURE;
	}
	if (cli->json && json_load(cli) < 0)
		return EXIT_FAILURE;
	return look_and_draw(cli, call);
}
