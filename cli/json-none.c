/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* For builds without jansson: reports that there is no JSON. */

#include "config.h"

#include "cli/json.h"

#include <stddef.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/json-read.h"

int json_load(const struct cli *cli)
{
	cli_message(cli, "%s",
		    _("this program was built without JSON (configure "
		      "--with-jansson)"));
	return -1;
}

/* Never called, because json_load() fails. */

struct json *json_object_of(struct json *array)
{
	return array;
}

struct json *json_object_in(struct json *object, const char *key)
{
	(void)key;
	return object;
}

struct json *json_array_in(struct json *object, const char *key)
{
	(void)key;
	return object;
}

void json_add_text(struct json *array, const char *text)
{
	(void)array;
	(void)text;
}

void json_put_text(struct json *object, const char *key, const char *text)
{
	(void)object;
	(void)key;
	(void)text;
}

void json_put_number(struct json *object, const char *key, uint64_t number)
{
	(void)object;
	(void)key;
	(void)number;
}

void json_put_bool(struct json *object, const char *key, bool value)
{
	(void)object;
	(void)key;
	(void)value;
}

void json_put_null(struct json *object, const char *key)
{
	(void)object;
	(void)key;
}

void json_put_text_or_null(struct json *object, const char *key,
			   const char *text)
{
	(void)object;
	(void)key;
	(void)text;
}

void json_put_ticks(struct json *object, const char *key, uint64_t ticks)
{
	(void)object;
	(void)key;
	(void)ticks;
}

struct json *json_begin(void)
{
	return NULL;
}

int json_print(struct json *object)
{
	(void)object;
	return 0;
}

void json_list_begin(struct json_list *list)
{
	(void)list;
}

struct json *json_list_item(struct json_list *list)
{
	(void)list;
	return NULL;
}

void json_list_end(struct json_list *list)
{
	(void)list;
}

int json_status(const struct cli *cli)
{
	(void)cli;
	return EXIT_FAILURE;
}

struct json *json_parse(const struct cli *cli, const char *file,
			const char *text, size_t len)
{
	(void)cli;
	(void)file;
	(void)text;
	(void)len;
	return NULL;
}

void json_drop(struct json *json)
{
	(void)json;
}

enum json_kind json_kind(const struct json *json)
{
	(void)json;
	return KIND_NULL;
}

const struct json *json_at(const struct json *list, size_t i)
{
	(void)list;
	(void)i;
	return NULL;
}

int json_foreach(const struct json *object,
		 int (*function)(const char *key, const struct json *value,
				 void *data),
		 void *data)
{
	(void)object;
	(void)function;
	(void)data;
	return 0;
}

const struct json *json_field(const struct json *object, const char *key)
{
	(void)object;
	(void)key;
	return NULL;
}

const char *json_word(const struct json *json, char room[JSON_WORD_SIZE])
{
	(void)json;
	(void)room;
	return "";
}

int json_print_indented(struct json *object)
{
	(void)object;
	return 0;
}
