/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the bridge of a frame that is described by words, and the devices where
 * the steps of its trace are. */

#include "config.h"

#include "tree-trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trace-words.h"
#include "vbridge.h"

/* --- the frame ------------------------------------------------------------ */

#define WORDS_MAX 24

/* The words before those of the user: the bridge, and "in". */
enum { WORD_BRIDGE, WORD_IN, WORD_SOURCE };

static int split(const struct cli *cli, char *text, char *words[WORDS_MAX],
		 int *ret_count)
{
	static const char blanks[] = " \t\n";
	char *rest, *word = strtok_r(text, blanks, &rest);
	int count = WORD_SOURCE;

	for (; word && count < WORDS_MAX; word = strtok_r(NULL, blanks, &rest))
		words[count++] = word;
	if (count == WORD_SOURCE || word)
		return cli_bad_word(
			cli,
			_("--trace needs the port or \"host\" where "
			  "a frame comes in, and then words of "
			  "trace: \"%s\""),
			cli->trace);
	*ret_count = count;
	return EXIT_SUCCESS;
}

static const struct tree_device *
find_device(const struct cli *cli, const struct tree *tree, const char *name)
{
	int index;

	if (vbr_link_resolve(cli->ctx, name, &index, NULL) < 0)
		return NULL;
	return tree_find(tree, index);
}

/* The bridge that is drawn, if it is the only one; NULL: there are others. */
static const struct tree_device *only_bridge(const struct tree *tree)
{
	const struct tree_item *root = tree->roots;

	return root && !root->next ? root->device : NULL;
}

static int find_bridge(const struct cli *cli, const struct tree *tree,
		       const char *source,
		       const struct tree_device **ret_bridge)
{
	const struct tree_device *port, *bridge;

	if (strcmp(source, "host") == 0) {
		bridge = only_bridge(tree);
		if (!bridge)
			return cli_bad_word(cli,
					    _("name the bridge that a frame "
					      "from \"%s\" goes through"),
					    source);
	} else {
		port = find_device(cli, tree, source);
		bridge = port && port->port
				 ? tree_find(tree,
					     vbr_port_bridge_index(port->port))
				 : NULL;
		if (!bridge || !bridge->is_root)
			return cli_bad_word(
				cli,
				_("\"%s\" is not a port of a bridge "
				  "that is drawn"),
				source);
	}
	*ret_bridge = bridge;
	return EXIT_SUCCESS;
}

static int trace_words(const struct cli *cli, struct tree *tree,
		       char *words[WORDS_MAX], int count)
{
	const struct call call = { .argc = count, .argv = words };
	const struct tree_device *bridge = NULL;
	struct vbr_frame frame;

	if (find_bridge(cli, tree, words[WORD_SOURCE], &bridge))
		return EXIT_FAILURE;
	words[WORD_BRIDGE] = (char *)vbr_device_name(bridge->device);
	if (take_frame(cli, &call, &frame))
		return EXIT_FAILURE;
	if (vbr_trace_frame(cli->ctx, words[WORD_BRIDGE], &frame,
			    &tree->trace) < 0)
		return cli_fail(cli);
	tree->trace_in = frame.port ? find_device(cli, tree, frame.port)
				    : bridge;
	tree->trace_vlan = frame.vlan;
	return EXIT_SUCCESS;
}

int tree_trace(const struct cli *cli, struct tree *tree)
{
	static char in[] = "in";
	char *text = strdup(cli->trace), *words[WORDS_MAX] = { NULL, in };
	int count = 0, status;

	if (!text) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	status = split(cli, text, words, &count);
	if (status == EXIT_SUCCESS)
		status = trace_words(cli, tree, words, count);
	free(text);
	return status;
}

/* --- marks ---------------------------------------------------------------- */

static bool is_one_of(const char *verdict, const char *const *verdicts)
{
	while (*verdicts && strcmp(*verdicts, verdict) != 0)
		verdicts++;
	return *verdicts;
}

/* That a port does not get its own frame back goes without saying. */
static bool is_mark(const struct tree *tree, const struct vbr_trace_step *step,
		    const struct tree_device *device)
{
	static const char *const verdicts[] = { "out",	"host", "up",
						"drop", "skip", NULL };

	return is_one_of(vbr_trace_step_verdict(step), verdicts) &&
	       strcmp(vbr_trace_step_device(step),
		      vbr_device_name(device->device)) == 0 &&
	       !(device == tree->trace_in &&
		 strcmp(vbr_trace_step_name(step), "hairpin") == 0);
}

static int vlan_of(const struct tree *tree, const char *device)
{
	const char *port;
	int vlan;

	for (size_t i = 0; vbr_trace_out_at(tree->trace, i, &port, &vlan); i++)
		if (strcmp(port, device) == 0)
			return vlan;
	return -1;
}

static struct tree_mark mark_of(const struct tree *tree,
				const struct vbr_trace_step *step)
{
	static const char *const ends[] = { "drop", "skip", NULL };
	const char *verdict = vbr_trace_step_verdict(step);

	return (struct tree_mark){
		.verdict = verdict,
		.step = is_one_of(verdict, ends) ? vbr_trace_step_name(step)
						 : NULL,
		.vlan = strcmp(verdict, "out") == 0
				? vlan_of(tree, vbr_trace_step_device(step))
				: -1,
	};
}

bool tree_next_mark(const struct tree *tree, const struct tree_device *device,
		    size_t *at, struct tree_mark *ret_mark)
{
	const struct vbr_trace_step *step;

	if (!tree->trace)
		return false;
	if (*at == 0) {
		++*at;
		*ret_mark = (struct tree_mark){ .verdict = "in",
						.vlan = tree->trace_vlan };
		if (device == tree->trace_in)
			return true;
	}
	while ((step = vbr_trace_step_at(tree->trace, *at - 1))) {
		++*at;
		*ret_mark = mark_of(tree, step);
		if (is_mark(tree, step, device))
			return true;
	}
	return false;
}

void tree_print_mark(FILE *stream, const struct tree_mark *mark)
{
	fprintf(stream, "trace: %s", mark->verdict);
	if (mark->step)
		fprintf(stream, ": %s", mark->step);
	if (mark->vlan >= 0)
		fprintf(stream, " VLAN %d", mark->vlan);
}

enum tree_tone tree_mark_tone(const struct tree_mark *mark)
{
	if (!mark->step)
		return TREE_GOOD;
	return strcmp(mark->verdict, "drop") == 0 ? TREE_BAD : TREE_ODD;
}
