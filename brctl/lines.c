/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Values of a JSON file with their paths, and the lines that are made from
 * them.
 */

#include "config.h"

#include "lines.h"

#include <string.h>

#include "cli/cli.h"
#include "vbridge.h"

#define PATH_SIZE 512

/* Of the value of an option. */
#define KIND_ANY (KIND_TEXT | KIND_INTEGER | KIND_REAL | KIND_BOOL)

/* --- paths ---------------------------------------------------------------- */

static void append_path(const struct node *node, char path[PATH_SIZE])
{
	size_t len;

	if (!node->in)
		return;
	append_path(node->in, path);
	len = strlen(path);
	if (node->at >= 0)
		snprintf(path + len, PATH_SIZE - len, "[%ld]", node->at);
	else
		snprintf(path + len, PATH_SIZE - len, "%s%s", len ? "." : "",
			 node->field);
}

void lines_refuse(struct lines *lines, const struct node *node,
		  const char *format, const char *word)
{
	char path[PATH_SIZE] = "", shown[PATH_SIZE], name[PATH_SIZE];
	char text[128], why[512];

	if (lines->has_failed)
		return;
	lines->has_failed = true;
	append_path(node, path);
	vbr_format_name(path, shown, sizeof(shown));
	vbr_format_name(lines->file, name, sizeof(name));
	vbr_format_name(word, text, sizeof(text));
	snprintf(why, sizeof(why), format, text);
	if (*path)
		cli_message(lines->cli, _("cannot read \"%s\": %s: %s"), name,
			    shown, why);
	else
		cli_message(lines->cli, _("cannot read \"%s\": %s"), name, why);
}

struct node node_field(const struct node *object, const char *field)
{
	const struct json *json = NULL;

	if (object->json && json_kind(object->json) == KIND_OBJECT)
		json = json_field(object->json, field);
	return (struct node){ object, field, -1, json };
}

struct node node_item(const struct node *list, size_t i)
{
	const struct json *json = list->json ? json_at(list->json, i) : NULL;

	return (struct node){ list, NULL, (long)i, json };
}

bool node_is_true(const struct node *object, const char *field)
{
	const struct node node = node_field(object, field);
	char room[JSON_WORD_SIZE];

	return node.json && strcmp(json_word(node.json, room), "on") == 0;
}

/* --- fields --------------------------------------------------------------- */

/* An object whose fields are checked. */
struct checked {
	struct lines *lines;
	const struct node *node;
	const struct field *fields;
};

static const char *kinds_text(unsigned int kinds)
{
	switch (kinds) {
	case KIND_OBJECT:
		return _("it must be an object");
	case KIND_LIST:
		return _("it must be an array");
	case KIND_TEXT:
		return _("it must be a string");
	case KIND_INTEGER:
		return _("it must be a whole number");
	case KIND_TEXT | KIND_INTEGER:
		return _("it must be a whole number or a string");
	case KIND_BOOL:
		return _("it must be true or false");
	default:
		return _("it must be a string, a number, true or false");
	}
}

/* A line of the library ends with the first newline. */
static bool is_writable(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

static void check_kind(struct lines *lines, const struct node *node,
		       unsigned int kinds)
{
	char room[JSON_WORD_SIZE];

	if (!(json_kind(node->json) & kinds))
		lines_refuse(lines, node, "%s", kinds_text(kinds));
	else if (!is_writable(json_word(node->json, room)))
		lines_refuse(lines, node, "%s",
			     _("it must not have control characters"));
}

static int check_value(struct lines *lines, const struct node *node,
		       unsigned int kinds)
{
	check_kind(lines, node, kinds);
	if (json_kind(node->json) == KIND_TEXT && !*json_word(node->json, NULL))
		lines_refuse(lines, node, "%s", _("it must not be empty"));
	return lines->has_failed;
}

static int check_field(const char *key, const struct json *value, void *data)
{
	const struct checked *checked = data;
	const struct node node = { checked->node, key, -1, value };
	const struct field *field = checked->fields;

	while (field->name && strcmp(field->name, key) != 0)
		field++;
	if (field->name)
		return check_value(checked->lines, &node, field->kinds);
	lines_refuse(checked->lines, &node, "%s",
		     _("there is no such field here"));
	return 1;
}

void lines_check(struct lines *lines, const struct node *node,
		 const struct field *fields)
{
	struct checked checked = { lines, node, fields };

	if (json_kind(node->json) != KIND_OBJECT) {
		lines_refuse(lines, node, "%s", kinds_text(KIND_OBJECT));
		return;
	}
	if (json_foreach(node->json, check_field, &checked))
		return;
	if (!json_field(node->json, fields->name))
		lines_refuse(lines, node, _("the field \"%s\" is missing"),
			     fields->name);
}

bool lines_check_presence(struct lines *lines, const struct node *node,
			  const struct field *fields,
			  const struct field *absent)
{
	bool is_absent = node_is_true(node, "absent");

	lines_check(lines, node, is_absent ? absent : fields);
	return is_absent;
}

int lines_check_option(struct lines *lines, const struct node *node)
{
	if (node->field[strspn(node->field, "abcdefghijklmnopqrstuvwxyz"
					    "0123456789_")])
		lines_refuse(lines, node, "%s",
			     _("there is no such option here"));
	else
		check_kind(lines, node, KIND_ANY);
	return lines->has_failed;
}

/* --- lines ---------------------------------------------------------------- */

void lines_begin(struct lines *lines, const struct node *node, const char *tool,
		 const char *command)
{
	char path[PATH_SIZE] = "";

	append_path(node, path);
	fprintf(lines->out, "#@ %s\n%s %s", path, tool, command);
	/* vconfig takes options before its command only. */
	if (strcmp(tool, "brctl") == 0)
		fputs(" --", lines->out);
}

/* Within quotes. */
static void put_quoted(struct lines *lines, const char *text)
{
	for (; *text; text++)
		if (*text == '\'')
			fputs("'\\''", lines->out);
		else
			putc(*text, lines->out);
}

void lines_word(struct lines *lines, const char *word)
{
	fputs(" '", lines->out);
	put_quoted(lines, word);
	putc('\'', lines->out);
}

void lines_setting(struct lines *lines, const char *name, const char *value)
{
	fprintf(lines->out, " '%s=", name);
	put_quoted(lines, value);
	putc('\'', lines->out);
}

void lines_value(struct lines *lines, const char *name, struct node node)
{
	char room[JSON_WORD_SIZE];

	if (!node.json)
		return;
	if (name)
		lines_word(lines, name);
	lines_word(lines, json_word(node.json, room));
}

void lines_end(struct lines *lines)
{
	putc('\n', lines->out);
}
