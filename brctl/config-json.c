/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints a configuration as JSON, made from the lines that save writes. */

#include "config.h"

#include "config-json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/json-read.h"
#include "cli/json.h"
#include "cli/values.h"
#include "config-objects.h"
#include "fdb-words.h"
#include "remote-words.h"
#include "vbridge.h"

struct writer {
	const struct cli *cli;
	struct json *root, *bridges, *vlan_devices, *links;
	struct objects objects;
	char **words;
	int status;
};

/* The port of a line, or the bridge itself. */
static struct object *find_member(struct writer *writer, char **words)
{
	if (strcmp(words[0], words[1]) == 0)
		return objects_find(&writer->objects, BRIDGE, NULL, words[0]);
	return objects_find(&writer->objects, PORT, words[0], words[1]);
}

/* --- values --------------------------------------------------------------- */

static void put_number(struct json *json, const char *key, const char *word)
{
	json_put_number(json, key, strtoull(word, NULL, 10));
}

/* As "get" prints it; the name of a device stays text. */
static int put_option(struct writer *writer, struct json *json,
		      enum vbr_scope scope, const char *name, const char *text)
{
	const struct vbr_option *option = vbr_option_find(scope, name);
	uint64_t value;

	if (!option)
		return -EINVAL;
	if (vbr_option_type(option) == VBR_OPTION_DEVICE) {
		json_put_text(json, name, text);
		return 0;
	}
	if (vbr_option_parse(writer->cli->ctx, option, text, &value) < 0)
		return -EINVAL;
	values_put_number(writer->cli, option, value, json);
	return 0;
}

/* The words NAME=VALUE to the end of the line. */
static int put_options(struct writer *writer, struct json *json,
		       enum vbr_scope scope, char **words)
{
	int rc = 0;

	for (; rc == 0 && *words; words++) {
		char *value = strchr(*words, '=');

		if (!value)
			return -EINVAL;
		*value++ = '\0';
		rc = put_option(writer, json, scope, *words, value);
	}
	return rc;
}

/* --- bridges and ports ---------------------------------------------------- */

static int put_bridge(struct writer *writer, char **words)
{
	return objects_add(&writer->objects, BRIDGE, NULL, words[0],
			   writer->bridges)
		       ? 0
		       : -ENOMEM;
}

static int put_port(struct writer *writer, char **words)
{
	struct object *bridge = objects_find(&writer->objects, BRIDGE, NULL,
					     words[0]);
	struct json *list;

	if (!bridge)
		return -EINVAL;
	list = list_in(&bridge->ports, bridge->json, "ports");
	return objects_add(&writer->objects, PORT, words[0], words[1], list)
		       ? 0
		       : -ENOMEM;
}

static int set_bridge(struct writer *writer, char **words)
{
	struct object *object = objects_find(&writer->objects, BRIDGE, NULL,
					     words[0]);

	if (!object)
		return -EINVAL;
	return put_options(writer, options_in(object), VBR_SCOPE_BRIDGE,
			   words + 1);
}

static int set_port(struct writer *writer, char **words)
{
	struct object *object = objects_find(&writer->objects, PORT, words[0],
					     words[1]);

	if (!object)
		return -EINVAL;
	return put_options(writer, options_in(object), VBR_SCOPE_PORT,
			   words + 2);
}

/* Any other device must exist; the configuration only has its state. */
static struct object *find_link(struct writer *writer, const char *name)
{
	static const enum object_kind kinds[] = { VLAN_DEVICE, BRIDGE, PORT,
						  LINK };
	struct object *object = NULL;

	for (size_t i = 0; !object && i < 4; i++)
		object = objects_find(&writer->objects, kinds[i], NULL, name);
	if (object)
		return object;
	return objects_add(&writer->objects, LINK, NULL, name,
			   list_in(&writer->links, writer->root, "links"));
}

static int set_link(struct writer *writer, char **words)
{
	struct object *object = find_link(writer, words[0]);

	if (!object)
		return -ENOMEM;
	while (*++words) {
		if (strcmp(*words, "up") == 0 || strcmp(*words, "down") == 0)
			json_put_bool(object->json, "up",
				      strcmp(*words, "up") == 0);
		else if (!words[1])
			return -EINVAL;
		else if (strcmp(*words, "mtu") == 0)
			put_number(object->json, "mtu", *++words);
		else if (strcmp(*words, "address") == 0)
			json_put_text(object->json, "address", *++words);
		else
			return -EINVAL;
	}
	return 0;
}

/* --- VLANs ---------------------------------------------------------------- */

static struct json *add_vlan(struct json *list, const char *vids)
{
	struct json *json = json_object_of(list);

	if (vids[strspn(vids, "0123456789")])
		json_put_text(json, "vlan", vids);
	else
		put_number(json, "vlan", vids);
	return json;
}

static int put_vlan(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);
	struct json *json;

	if (!object)
		return -EINVAL;
	json = add_vlan(list_in(&object->vlans, object->json, "vlans"),
			words[2]);
	for (words += 3; *words; words++) {
		if (strcmp(*words, "tunnel") != 0)
			json_put_bool(json, *words, true);
		else if (words[1])
			put_number(json, "tunnel_id", *++words);
	}
	return 0;
}

static int delete_vlan(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);

	if (!object)
		return -EINVAL;
	json_put_bool(add_vlan(list_in(&object->vlans, object->json, "vlans"),
			       words[2]),
		      "absent", true);
	return 0;
}

/* Some options belong to a VLAN of the whole bridge. */
static enum vbr_scope scope_of(const struct object *object, const char *word)
{
	char name[64] = "";
	size_t len = strcspn(word, "=");

	if (len < sizeof(name))
		memcpy(name, word, len);
	return object->kind == BRIDGE &&
			       vbr_option_find(VBR_SCOPE_BRIDGE_VLAN, name)
		       ? VBR_SCOPE_BRIDGE_VLAN
		       : VBR_SCOPE_PORT_VLAN;
}

static int set_vlan(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);
	struct json *json;

	if (!object || !words[3])
		return -EINVAL;
	json = add_vlan(list_in(&object->vlan_options, object->json,
				"vlan_options"),
			words[2]);
	json = json_object_in(json, "options");
	return put_options(writer, json, scope_of(object, words[3]), words + 3);
}

/* --- entries -------------------------------------------------------------- */

static bool is_entry_flag(const char *word)
{
	return strcmp(word, "sticky") == 0 || strcmp(word, "router") == 0 ||
	       strcmp(word, "activity_notify") == 0;
}

/*
 * In other lines, "port" is the name of the bridge. Returns the word after the
 * first.
 */
static char **put_remote(struct json *json, char **words)
{
	const char *word = words[0];
	char *value = words[1];

	if (strcmp(word, "dst") == 0 || strcmp(word, "via") == 0)
		json_put_text(json, word, value);
	else if (strcmp(word, "port") == 0)
		put_number(json, "dst_port", value);
	else
		put_number(json, word, value);
	return words + 1;
}

static struct json *add_entry(struct object *object, char **words)
{
	struct json *list = list_in(&object->fdb, object->json, "fdb");
	struct json *json = json_object_of(list);

	json_put_text(json, "mac", *words);
	while (*++words) {
		if (strcmp(*words, "vlan") == 0 && words[1])
			put_number(json, "vlan", *++words);
		else if (is_entry_flag(*words))
			json_put_bool(json, *words, true);
		else if (remote_words_has(*words) && words[1])
			words = put_remote(json, words);
		else if (strcmp(*words, "append") != 0)
			json_put_text(json, "state", *words);
	}
	return json;
}

static int put_entry(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);

	if (!object)
		return -EINVAL;
	add_entry(object, words + 2);
	return 0;
}

static int delete_entry(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);

	if (!object)
		return -EINVAL;
	json_put_bool(add_entry(object, words + 2), "absent", true);
	return 0;
}

static int put_group(struct writer *writer, char **words)
{
	struct object *object = find_member(writer, words);
	struct json *json;

	if (!object)
		return -EINVAL;
	json = json_object_of(list_in(&object->groups, object->json, "groups"));
	json_put_text(json, "group", words[2]);
	for (words += 3; *words && words[1]; words += 2) {
		if (strcmp(*words, "vlan") == 0)
			put_number(json, "vlan", words[1]);
		else
			json_put_text(json, *words, words[1]);
	}
	return 0;
}

/* --- VLAN devices --------------------------------------------------------- */

/* "PARENT VLAN [protocol PROTOCOL] name NAME" */
static int put_vlan_device(struct writer *writer, char **words)
{
	const char *name = NULL, *protocol = NULL;
	struct object *object;

	for (char **word = words + 2; *word && word[1]; word += 2) {
		if (strcmp(*word, "name") == 0)
			name = word[1];
		else
			protocol = word[1];
	}
	if (!name)
		return -EINVAL;
	object = objects_add(&writer->objects, VLAN_DEVICE, NULL, name,
			     list_in(&writer->vlan_devices, writer->root,
				     "vlan_devices"));
	if (!object)
		return -ENOMEM;
	json_put_text(object->json, "parent", words[0]);
	put_number(object->json, "vlan", words[1]);
	if (protocol)
		json_put_text(object->json, "protocol", protocol);
	return 0;
}

static int set_flag(struct writer *writer, char **words)
{
	struct object *object = objects_find(&writer->objects, VLAN_DEVICE,
					     NULL, words[0]);

	if (!object)
		return -EINVAL;
	return put_option(writer, options_in(object), VBR_SCOPE_VLAN, words[1],
			  words[2]);
}

static int put_map(struct json *list, char **words)
{
	struct json *json = json_object_of(list);

	put_number(json, "packet", words[1]);
	put_number(json, "tag", words[2]);
	return 0;
}

static int put_ingress(struct writer *writer, char **words)
{
	struct object *object = objects_find(&writer->objects, VLAN_DEVICE,
					     NULL, words[0]);

	if (!object)
		return -EINVAL;
	return put_map(list_in(&object->ingress, object->json, "ingress_map"),
		       words);
}

static int put_egress(struct writer *writer, char **words)
{
	struct object *object = objects_find(&writer->objects, VLAN_DEVICE,
					     NULL, words[0]);

	if (!object)
		return -EINVAL;
	return put_map(list_in(&object->egress, object->json, "egress_map"),
		       words);
}

/* --- lines ---------------------------------------------------------------- */

static const struct verb {
	char tool[8], name[16];
	size_t least; /* words after it */
	int (*put)(struct writer *writer, char **words);
} verbs[] = {
	{ "brctl", "addbr", 1, put_bridge },
	{ "brctl", "addif", 2, put_port },
	{ "brctl", "set", 1, set_bridge },
	{ "brctl", "setport", 2, set_port },
	{ "brctl", "link", 1, set_link },
	{ "brctl", "addvlan", 3, put_vlan },
	{ "brctl", "delvlan", 3, delete_vlan },
	{ "brctl", "setvlan", 3, set_vlan },
	{ "brctl", "addmac", 3, put_entry },
	{ "brctl", "delmac", 3, delete_entry },
	{ "brctl", "addgroup", 3, put_group },
	{ "vconfig", "add", 2, put_vlan_device },
	{ "vconfig", "set_flag", 3, set_flag },
	{ "vconfig", "set_ingress_map", 3, put_ingress },
	{ "vconfig", "set_egress_map", 3, put_egress },
};

#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static const struct verb *find_verb(char **words, size_t count)
{
	for (size_t i = 0; count >= 2 && i < VERBS; i++)
		if (strcmp(verbs[i].tool, words[0]) == 0 &&
		    strcmp(verbs[i].name, words[1]) == 0)
			return &verbs[i];
	return NULL;
}

/* A name that would be escaped on a terminal could not be read back. */
static bool is_printable(const char *word)
{
	char shown[4 * VBR_OPTION_TEXT_SIZE];

	return vbr_format_name(word, shown, sizeof(shown)) < sizeof(shown) &&
	       strcmp(word, shown) == 0;
}

static int check_words(struct writer *writer, char **words)
{
	for (; *words; words++) {
		if (is_printable(*words))
			continue;
		writer->status = cli_bad_word(
			writer->cli,
			_("cannot save \"%s\" as JSON: it is not UTF-8, or has "
			  "control characters"),
			*words);
		return -EILSEQ;
	}
	return 0;
}

static int put_line(struct writer *writer, char *line)
{
	const struct verb *verb;
	char **words = writer->words, bad;
	size_t count = 0;
	int rc = vbr_split_words(line, words, &count, &bad);

	if (rc < 0 || count == 0)
		return rc;
	rc = check_words(writer, words);
	if (rc < 0)
		return rc;
	verb = find_verb(words, count);
	if (!verb)
		return -EINVAL;
	words += 2;
	count -= 2;
	if (*words && strcmp(*words, "--") == 0) {
		words++;
		count--;
	}
	return count < verb->least ? -EINVAL : verb->put(writer, words);
}

static int put_lines(struct writer *writer, char *text)
{
	char *line;
	int rc = 0;

	writer->root = json_begin();
	json_put_number(writer->root, "version", 1);
	writer->bridges = json_array_in(writer->root, "bridges");
	while (rc == 0 && (line = strsep(&text, "\n")))
		rc = put_line(writer, line);
	return rc;
}

static size_t longest_line(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len > longest)
			longest = len;
		text += len + (text[len] == '\n');
	}
	return longest;
}

static int report(struct writer *writer, int error)
{
	if (writer->status)
		return writer->status;
	cli_message(writer->cli, _("cannot make the JSON: %s"),
		    cli_strerror(-error));
	return EXIT_FAILURE;
}

int print_config_json(struct cli *cli, const char *text)
{
	struct writer writer = { .cli = cli };
	char *copy = strdup(text);
	int rc = -ENOMEM;

	writer.words = calloc(longest_line(text) / 2 + 2, sizeof(char *));
	if (copy && writer.words)
		rc = put_lines(&writer, copy);
	if (rc == 0)
		json_print_indented(writer.root);
	else if (writer.root)
		json_drop(writer.root);
	free(writer.objects.list);
	free(writer.words);
	free(copy);
	return rc < 0 ? report(&writer, rc) : json_status(cli);
}
