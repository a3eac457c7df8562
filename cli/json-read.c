/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads JSON with jansson. Does not know how jansson is loaded. */

#include "config.h"

#include "cli/json-read.h"

#include <jansson.h>
#include <stdio.h>

#include "cli/cli.h"
#include "vbridge.h"

/* jansson takes no const, but changes nothing. */
static json_t *value_of(const struct json *json)
{
	return (json_t *)(uintptr_t)json;
}

/* The text of the error may have bytes of the file. */
static void report(const struct cli *cli, const char *file,
		   const json_error_t *error)
{
	char name[256], why[2 * JSON_ERROR_TEXT_LENGTH];

	vbr_format_name(file, name, sizeof(name));
	vbr_format_name(error->text, why, sizeof(why));
	cli_message(cli, _("cannot read \"%s\": line %d, column %d: %s"), name,
		    error->line, error->column, why);
}

struct json *json_parse(const struct cli *cli, const char *file,
			const char *text, size_t len)
{
	json_error_t error;
	json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);

	if (!json)
		report(cli, file, &error);
	return (struct json *)json;
}

void json_drop(struct json *json)
{
	json_decref(value_of(json));
}

enum json_kind json_kind(const struct json *json)
{
	switch (json_typeof(value_of(json))) {
	case JSON_OBJECT:
		return KIND_OBJECT;
	case JSON_ARRAY:
		return KIND_LIST;
	case JSON_STRING:
		return KIND_TEXT;
	case JSON_INTEGER:
		return KIND_INTEGER;
	case JSON_REAL:
		return KIND_REAL;
	case JSON_TRUE:
	case JSON_FALSE:
		return KIND_BOOL;
	case JSON_NULL:
		return KIND_NULL;
	}
	return KIND_NULL;
}

const struct json *json_at(const struct json *list, size_t i)
{
	return (const struct json *)json_array_get(value_of(list), i);
}

int json_foreach(const struct json *object,
		 int (*function)(const char *key, const struct json *value,
				 void *data),
		 void *data)
{
	json_t *json = value_of(object);
	int rc = 0;

	for (void *at = json_object_iter(json); rc == 0 && at;
	     at = json_object_iter_next(json, at))
		rc = function(json_object_iter_key(at),
			      (const struct json *)json_object_iter_value(at),
			      data);
	return rc;
}

const struct json *json_field(const struct json *object, const char *key)
{
	return (const struct json *)json_object_get(value_of(object), key);
}

const char *json_word(const struct json *json, char room[JSON_WORD_SIZE])
{
	const json_t *value = value_of(json);

	switch (json_kind(json)) {
	case KIND_TEXT:
		return json_string_value(value);
	case KIND_BOOL:
		return json_is_true(value) ? "on" : "off";
	case KIND_INTEGER:
		snprintf(room, JSON_WORD_SIZE, "%" JSON_INTEGER_FORMAT,
			 json_integer_value(value));
		return room;
	case KIND_REAL:
		snprintf(room, JSON_WORD_SIZE, "%.15g", json_real_value(value));
		return room;
	default:
		return "";
	}
}
