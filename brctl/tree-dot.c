/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes a graph: a box for each device, a cluster for each namespace, and a line
 * where one device is on another. */

#include "config.h"

#include "tree-dot.h"

#include <stdlib.h>
#include <string.h>

#include "tree-trace.h"
#include "tree-words.h"

/* In a label, a backslash and an ampersand begin escapes. */
static void put_label(FILE *stream, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '"':
		case '\\':
			fprintf(stream, "\\%c", *text);
			break;
		case '&':
			fputs("&amp;", stream);
			break;
		case '\n':
			/* The last line ends with the label. */
			if (text[1])
				fputs("\\n", stream);
			break;
		default:
			putc(*text, stream);
		}
}

static void put_name(FILE *stream, const char *name)
{
	char text[TREE_NAME_SIZE];

	vbr_format_name(name, text, sizeof(text));
	put_label(stream, text);
}

/* --- boxes ---------------------------------------------------------------- */

/* Ends the label of an item that has these lines. */
static bool put_lines(FILE *stream, const struct tree *tree,
		      const struct tree_item *item)
{
	const struct vbr_finding *finding;
	struct tree_mark mark;
	char *words = NULL;
	size_t size, at = 0;
	FILE *room = open_memstream(&words, &size);

	if (!room)
		return false;
	tree_print_facts(room, tree, item);
	while (item->what == TREE_DEVICE &&
	       (finding = tree_next_finding(tree, item->device, &at))) {
		tree_print_finding(room, finding);
		putc('\n', room);
	}
	at = 0;
	while (item->what == TREE_DEVICE &&
	       tree_next_mark(tree, item->device, &at, &mark)) {
		tree_print_mark(room, &mark);
		putc('\n', room);
	}
	if (fclose(room) != 0) {
		free(words);
		return false;
	}
	if (*words) {
		fputs("\\n", stream);
		put_label(stream, words);
	}
	free(words);
	return true;
}

static const char *colour_of(enum tree_tone tone)
{
	switch (tone) {
	case TREE_BAD:
		return ", color=red";
	case TREE_ODD:
		return ", color=orange";
	default:
		return "";
	}
}

static bool put_device(FILE *stream, const struct tree *tree,
		       const struct tree_device *device)
{
	/*
	 * The line to it comes from its master, so the label need not name the
	 * master.
	 */
	const struct tree_item master = {
		.device = tree_find(tree, vbr_device_master(device->device)),
	};
	const struct tree_item item = { .device = device,
					.from = master.device ? &master
							      : NULL };
	char name[TREE_NAME_SIZE], kind[TREE_KIND_SIZE];
	enum tree_tone tone;
	const char *state = tree_state(&item, &tone);
	bool is_good;

	tree_name(&item, name);
	tree_kind(&item, kind);
	fprintf(stream, "\t\td%d [label=\"", vbr_device_index(device->device));
	put_label(stream, name);
	fputs("\\n", stream);
	put_label(stream, kind);
	fprintf(stream, ", %s", state);
	is_good = put_lines(stream, tree, &item);
	fprintf(stream, "\"%s%s];\n", colour_of(tone),
		device->bridge ? ", style=bold" : "");
	return is_good;
}

static bool put_devices(FILE *stream, const struct tree *tree,
			const char *netns)
{
	bool is_good = true;

	fputs("\tsubgraph cluster_here {\n\t\tlabel=\"", stream);
	put_name(stream, netns ? netns : "this namespace");
	fputs("\";\n", stream);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->devices[i].is_drawn)
			is_good &= put_device(stream, tree, &tree->devices[i]);
	fputs("\t}\n", stream);
	return is_good;
}

/* --- what is elsewhere ---------------------------------------------------- */

static bool is_foreign(const struct tree_device *device)
{
	return device->is_drawn &&
	       vbr_device_has_foreign_parent(device->device);
}

static void put_peer(FILE *stream, const struct vbr_device *device)
{
	const char *peer = vbr_device_peer(device);

	fprintf(stream, "\t\tp%d [label=\"", vbr_device_index(device));
	put_name(stream, peer ? peer : "?");
	fputs("\"];\n", stream);
}

/* All devices that lead to the namespace of this one. */
static void put_namespace(FILE *stream, const struct tree *tree, size_t at)
{
	const struct tree_item item = { .what = TREE_NETNS,
					.device = &tree->devices[at] };
	int netnsid = vbr_device_netnsid(item.device->device);
	char name[TREE_NAME_SIZE];

	tree_name(&item, name);
	fprintf(stream, "\tsubgraph cluster_%d {\n\t\tlabel=\"",
		vbr_device_index(item.device->device));
	put_label(stream, name);
	/* The line from the bridge comes in at the top. */
	fputs("\";\n\t\tlabelloc=b;\n", stream);
	for (size_t i = at; i < tree->count; i++) {
		const struct vbr_device *device = tree->devices[i].device;

		if (is_foreign(&tree->devices[i]) &&
		    (i == at ||
		     (netnsid >= 0 && vbr_device_netnsid(device) == netnsid)))
			put_peer(stream, device);
	}
	fputs("\t}\n", stream);
}

static bool is_first_of_namespace(const struct tree *tree, size_t at)
{
	int netnsid = vbr_device_netnsid(tree->devices[at].device);

	for (size_t i = 0; netnsid >= 0 && i < at; i++)
		if (is_foreign(&tree->devices[i]) &&
		    vbr_device_netnsid(tree->devices[i].device) == netnsid)
			return false;
	return true;
}

static void put_namespaces(FILE *stream, const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		if (is_foreign(&tree->devices[i]) &&
		    is_first_of_namespace(tree, i))
			put_namespace(stream, tree, i);
}

static void put_guest(FILE *stream, const struct tree *tree,
		      const struct tree_device *device, size_t i)
{
	const struct tree_item item = { .what = TREE_GUEST,
					.device = device,
					.guest = &tree->guests.list[i] };
	char name[TREE_NAME_SIZE], kind[TREE_KIND_SIZE];

	tree_name(&item, name);
	tree_kind(&item, kind);
	fprintf(stream, "\tg%zu [label=\"", i);
	put_label(stream, name);
	fprintf(stream, "\\n%s, pid %lu\", style=rounded];\n", kind,
		item.guest->pid);
	fprintf(stream, "\td%d -- g%zu;\n", vbr_device_index(device->device),
		i);
}

static void put_guests(FILE *stream, const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct tree_device *device = &tree->devices[i];
		const char *name = vbr_device_name(device->device);

		if (!device->is_drawn)
			continue;
		for (size_t k = 0; k < tree->guests.count; k++)
			if (strcmp(tree->guests.list[k].tap, name) == 0)
				put_guest(stream, tree, device, k);
	}
}

/* --- lines ---------------------------------------------------------------- */

static void put_line(FILE *stream, int above, int below)
{
	fprintf(stream, "\td%d -- d%d;\n", above, below);
}

/* Both ends of a veth pair lead to each other: one line is enough. */
static bool is_second_end(const struct tree_device *device,
			  const struct tree_device *parent)
{
	int index = vbr_device_index(device->device);

	return vbr_device_parent(parent->device) == index &&
	       vbr_device_index(parent->device) < index;
}

static void put_lines_of(FILE *stream, const struct tree *tree,
			 const struct tree_device *device)
{
	const struct tree_device *parent, *master;
	int index = vbr_device_index(device->device);

	master = tree_find(tree, vbr_device_master(device->device));
	parent = tree_find(tree, vbr_device_parent(device->device));
	if (master && master->is_drawn)
		put_line(stream, vbr_device_index(master->device), index);
	if (parent && parent->is_drawn && !is_second_end(device, parent))
		put_line(stream, index, vbr_device_index(parent->device));
	if (is_foreign(device))
		fprintf(stream, "\td%d -- p%d;\n", index, index);
}

bool tree_print_dot(FILE *stream, const struct tree *tree, const char *netns)
{
	bool is_good;

	fputs("graph bridges {\n\tnode [shape=box];\n", stream);
	is_good = put_devices(stream, tree, netns);
	put_namespaces(stream, tree);
	put_guests(stream, tree);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->devices[i].is_drawn)
			put_lines_of(stream, tree, &tree->devices[i]);
	fputs("}\n", stream);
	return is_good;
}
