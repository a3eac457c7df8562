/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds JSON with jansson, and writes it to stdout. Does not know how jansson
 * is loaded: see json-link.c and json-dlopen.c. */

#include "config.h"

#include "cli/json.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "vbridge.h"

/* Whether a value of this object, or of any, could not be created or stored. */
static bool lost, has_failed;

/* An object as text. It is printed when it is complete. */
static struct {
	char *bytes;
	size_t len, room;
} whole;

static json_t *value_of(struct json *json)
{
	return (json_t *)json;
}

static void set(struct json *object, const char *key, json_t *value)
{
	if (json_object_set_new(value_of(object), key, value) < 0)
		lost = true;
}

static struct json *set_in(struct json *object, const char *key, json_t *value)
{
	set(object, key, value);
	return lost ? NULL : (struct json *)value;
}

struct json *json_object_in(struct json *object, const char *key)
{
	return set_in(object, key, json_object());
}

struct json *json_array_in(struct json *object, const char *key)
{
	return set_in(object, key, json_array());
}

static void append(struct json *array, json_t *value)
{
	if (json_array_append_new(value_of(array), value) < 0)
		lost = true;
}

struct json *json_object_of(struct json *array)
{
	json_t *object = json_object();

	append(array, object);
	return lost ? NULL : (struct json *)object;
}

/* UTF-8 stays as it is: JSON escapes the characters that control a terminal. */
static json_t *make_text(const char *text)
{
	json_t *string = json_string(text);
	char *escaped;
	size_t size;

	if (string)
		return string;
	size = vbr_format_name(text, NULL, 0) + 1;
	escaped = malloc(size);
	if (!escaped)
		return NULL;
	vbr_format_name(text, escaped, size);
	string = json_string(escaped);
	free(escaped);
	return string;
}

void json_add_text(struct json *array, const char *text)
{
	append(array, make_text(text));
}

void json_put_text(struct json *object, const char *key, const char *text)
{
	set(object, key, make_text(text));
}

/* No counter comes near 2^63. */
void json_put_number(struct json *object, const char *key, uint64_t number)
{
	set(object, key, json_integer((json_int_t)number));
}

void json_put_bool(struct json *object, const char *key, bool value)
{
	set(object, key, value ? json_true() : json_false());
}

void json_put_null(struct json *object, const char *key)
{
	set(object, key, json_null());
}

void json_put_text_or_null(struct json *object, const char *key,
			   const char *text)
{
	if (text)
		json_put_text(object, key, text);
	else
		json_put_null(object, key);
}

void json_put_ticks(struct json *object, const char *key, uint64_t ticks)
{
	set(object, key, json_real((double)ticks / VBR_TICKS_PER_SECOND));
}

void json_put_hundredths(struct json *object, const char *key, double number)
{
	/* A larger one has no digits of a double left for them. */
	if (number < 1e15)
		number = (double)(uint64_t)(number * 100 + 0.5) / 100;
	set(object, key, json_real(number));
}

static int add_bytes(const char *bytes, size_t len)
{
	size_t room = whole.room ? whole.room : 4096;
	char *longer;

	while (room - whole.len < len)
		room *= 2;
	if (room > whole.room) {
		longer = realloc(whole.bytes, room);
		if (!longer)
			return -1;
		whole.bytes = longer;
		whole.room = room;
	}
	memcpy(whole.bytes + whole.len, bytes, len);
	whole.len += len;
	return 0;
}

/* jansson's ASCII output escapes all characters that control a terminal, except
 * DEL, which can only be within a string. */
static int write_ascii(const char *bytes, size_t len, void *data)
{
	(void)data;
	for (const char *del; (del = memchr(bytes, 0x7f, len));) {
		size_t before = (size_t)(del - bytes);

		if (add_bytes(bytes, before) < 0 ||
		    add_bytes("\\u007f", strlen("\\u007f")) < 0)
			return -1;
		bytes = del + 1;
		len -= before + 1;
	}
	return add_bytes(bytes, len);
}

/* Makes the text, and frees the object. */
static int make_whole(struct json *object, size_t layout)
{
	/* 15 digits: with 17, 0.07 would be 0.070000000000000007. */
	const size_t flags = layout | JSON_ENSURE_ASCII |
			     JSON_REAL_PRECISION(15);

	whole.len = 0;
	if (!lost &&
	    json_dump_callback(value_of(object), write_ascii, NULL, flags) < 0)
		lost = true;
	if (object)
		json_delete(value_of(object));
	has_failed |= lost;
	return lost ? -1 : 0;
}

static void print_whole(void)
{
	fwrite(whole.bytes, 1, whole.len, stdout);
}

struct json *json_begin(void)
{
	json_t *object = json_object();

	lost = !object;
	return (struct json *)object;
}

static int print(struct json *object, size_t layout)
{
	if (make_whole(object, layout) < 0)
		return -1;
	print_whole();
	putchar('\n');
	return 0;
}

int json_print(struct json *object)
{
	return print(object, JSON_COMPACT);
}

int json_print_indented(struct json *object)
{
	return print(object, JSON_INDENT(2));
}

void json_list_begin(struct json_list *list)
{
	*list = (struct json_list){ 0 };
	putchar('[');
}

static void print_item(struct json_list *list)
{
	if (!list->has_item)
		return;
	list->has_item = false;
	if (make_whole(list->item, JSON_COMPACT) < 0)
		return;
	fputs(list->is_printed ? ",\n" : "\n", stdout);
	print_whole();
	list->is_printed = true;
}

struct json *json_list_item(struct json_list *list)
{
	print_item(list);
	list->item = json_begin();
	list->has_item = true;
	return list->item;
}

void json_list_end(struct json_list *list)
{
	print_item(list);
	puts(list->is_printed ? "\n]" : "]");
}

int json_status(const struct cli *cli)
{
	if (!has_failed)
		return EXIT_SUCCESS;
	/* The next document of a batch may be complete. */
	has_failed = false;
	cli_message(cli, _("cannot make the JSON: %s"), cli_strerror(ENOMEM));
	return EXIT_FAILURE;
}
