/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Converts the JSON of a configuration to lines: parents before their VLAN
 * devices, ports before their bridge, as in the lines of save.
 */

#include "config.h"

#include "config-lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json.h"
#include "lines-bridge.h"
#include "lines-device.h"

#define DOCUMENT_VERSION "1"

static const struct field document_fields[] = {
	{ "version", KIND_INTEGER },
	{ "links", KIND_LIST },
	{ "bridges", KIND_LIST },
	{ "vlan_devices", KIND_LIST },
	{ 0 },
};

/* --- devices -------------------------------------------------------------- */

/* A bridge or a VLAN device. */
struct device {
	const char *name;
	struct node node;
	bool is_bridge, is_done;
};

struct document {
	struct lines *lines;
	struct node root, links, bridges, vlan_devices;
	struct device *devices;	 /* in the order of the file */
	struct device **by_name; /* the same */
	size_t count;
};

static int compare_names(const void *a, const void *b)
{
	const struct device *const *one = a, *const *other = b;

	return strcmp((*one)->name, (*other)->name);
}

static struct device *find_device(const struct document *document,
				  const struct node *name)
{
	struct device like = { 0 }, *key = &like, **found;
	char room[JSON_WORD_SIZE];

	if (!name->json || document->count == 0)
		return NULL;
	like.name = json_word(name->json, room);
	found = bsearch(&key, document->by_name, document->count,
			sizeof(struct device *), compare_names);
	return found ? *found : NULL;
}

static size_t length(const struct node *list)
{
	size_t count = 0;

	while (node_item(list, count).json)
		count++;
	return count;
}

/* A value that is not an object is refused later, when its lines are made. */
static void take_device(struct document *document, const struct node *list,
			size_t i, bool is_bridge)
{
	struct device *device = &document->devices[document->count];
	struct node name;

	*device = (struct device){ .node = node_item(list, i),
				   .is_bridge = is_bridge };
	name = node_field(&device->node, "name");
	device->name = "";
	if (name.json && json_kind(name.json) == KIND_TEXT)
		device->name = json_word(name.json, NULL);
	document->by_name[document->count++] = device;
}

static int take_devices(struct document *document)
{
	size_t bridges = length(&document->bridges);
	size_t others = length(&document->vlan_devices);

	document->devices = calloc(bridges + others + 1,
				   sizeof(*document->devices));
	document->by_name = calloc(bridges + others + 1,
				   sizeof(struct device *));
	if (!document->devices || !document->by_name)
		return -ENOMEM;
	for (size_t i = 0; i < bridges; i++)
		take_device(document, &document->bridges, i, true);
	for (size_t i = 0; i < others; i++)
		take_device(document, &document->vlan_devices, i, false);
	qsort(document->by_name, document->count, sizeof(struct device *),
	      compare_names);
	return 0;
}

/* Two objects about one device would hide what the second one changes. */
static void refuse_doubles(const struct document *document)
{
	for (size_t i = 1; i < document->count; i++) {
		const struct device *one = document->by_name[i - 1];
		const struct device *other = document->by_name[i];

		if (*one->name && strcmp(one->name, other->name) == 0)
			lines_refuse(document->lines,
				     one < other ? &other->node : &one->node,
				     _("there are two devices \"%s\""),
				     one->name);
	}
}

/* --- their order ---------------------------------------------------------- */

/* The kernel allows no deeper stack. */
#define DEPTH_MAX 64

static void put_device(struct document *document, struct device *device,
		       int depth);

static void put_named(struct document *document, const struct node *object,
		      const char *field, int depth)
{
	const struct node name = node_field(object, field);
	struct device *device = find_device(document, &name);

	if (device)
		put_device(document, device, depth + 1);
}

/* A circle ends where it began: the kernel refuses it. */
static void put_device(struct document *document, struct device *device,
		       int depth)
{
	const struct node ports = node_field(&device->node, "ports");
	struct node port;

	if (device->is_done || document->lines->has_failed)
		return;
	device->is_done = true;
	if (depth > DEPTH_MAX)
		lines_refuse(document->lines, &device->node, "%s",
			     _("too many devices are on top of each other"));
	if (document->lines->has_failed)
		return;
	for (size_t i = 0; (port = node_item(&ports, i)).json; i++)
		put_named(document, &port, "name", depth);
	if (!device->is_bridge)
		put_named(document, &device->node, "parent", depth);
	if (device->is_bridge)
		lines_bridge(document->lines, &device->node);
	else
		lines_vlan_device(document->lines, &device->node);
}

/* --- the document --------------------------------------------------------- */

static void put_links(struct document *document)
{
	struct node link;

	for (size_t i = 0; (link = node_item(&document->links, i)).json; i++)
		lines_link(document->lines, &link);
}

static void check_document(struct lines *lines, const struct node *root)
{
	const struct node version = node_field(root, "version");
	char room[JSON_WORD_SIZE];

	/* A newer one may have other fields. */
	if (version.json && json_kind(version.json) == KIND_INTEGER &&
	    strcmp(json_word(version.json, room), DOCUMENT_VERSION) != 0)
		lines_refuse(lines, &version,
			     _("this program reads version 1, not %s"),
			     json_word(version.json, room));
	else
		lines_check(lines, root, document_fields);
}

static int put_document(struct lines *lines, const struct json *json)
{
	struct document document = {
		.lines = lines,
		.root = { NULL, NULL, -1, json },
	};
	int rc = 0;

	check_document(lines, &document.root);
	document.links = node_field(&document.root, "links");
	document.bridges = node_field(&document.root, "bridges");
	document.vlan_devices = node_field(&document.root, "vlan_devices");
	if (!lines->has_failed)
		rc = take_devices(&document);
	if (rc == 0) {
		refuse_doubles(&document);
		put_links(&document);
	}
	for (size_t i = 0; rc == 0 && i < document.count; i++)
		put_device(&document, &document.devices[i], 0);
	free(document.devices);
	free(document.by_name);
	return rc;
}

/* Returns a negative errno, or 0, also after a message. */
static int make_lines(struct lines *lines, const struct json *json,
		      char **ret_text, size_t *ret_len)
{
	int rc;

	lines->out = open_memstream(ret_text, ret_len);
	if (!lines->out)
		return -errno;
	rc = put_document(lines, json);
	if (rc == 0 && ferror(lines->out))
		rc = -ENOMEM;
	if (fclose(lines->out) != 0 && rc == 0)
		rc = -errno;
	return rc;
}

bool is_json_config(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && strchr(" \t\r\n", text[i]) && text[i])
		i++;
	/* An array, too: no command begins so. */
	return i < len && (text[i] == '{' || text[i] == '[');
}

int make_config_lines(const struct cli *cli, const char *file, char **text,
		      size_t *len)
{
	struct lines lines = { .cli = cli, .file = file };
	char *made = NULL;
	struct json *json;
	size_t made_len = 0;
	int rc;

	if (json_load(cli) < 0)
		return EXIT_FAILURE;
	json = json_parse(cli, file, *text, *len);
	if (!json)
		return EXIT_FAILURE;
	rc = make_lines(&lines, json, &made, &made_len);
	json_drop(json);
	if (rc < 0 || lines.has_failed) {
		free(made);
		return rc < 0 ? cli_bad_word_why(cli,
						 _("cannot read \"%s\": %s"),
						 file, -rc)
			      : EXIT_FAILURE;
	}
	free(*text);
	*text = made;
	*len = made_len;
	return EXIT_SUCCESS;
}
