/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* JSON that is read, by jansson. Call json_load() before. */

#ifndef VBR_CLI_JSON_READ_H
#define VBR_CLI_JSON_READ_H

#include <stddef.h>

struct cli;
struct json;

/* Kinds of values; a set of them says what is accepted. */
enum json_kind {
	KIND_OBJECT = 1,
	KIND_LIST = 2,
	KIND_TEXT = 4,
	KIND_INTEGER = 8,
	KIND_REAL = 16,
	KIND_BOOL = 32,
	KIND_NULL = 64,
};

/* NULL, after a message with the line, if the text is not JSON, or if an object
 * has a field twice. */
struct json *json_parse(const struct cli *cli, const char *file,
			const char *text, size_t len);
void json_drop(struct json *json);

enum json_kind json_kind(const struct json *json);

/* An element of a list, or NULL beyond its end. */
const struct json *json_at(const struct json *list, size_t i);

/* Calls a function for each field of an object, in their order. Stops when it
 * returns something else than 0, and returns that. */
int json_foreach(const struct json *object,
		 int (*function)(const char *key, const struct json *value,
				 void *data),
		 void *data);

/* The field of an object, or NULL. */
const struct json *json_field(const struct json *object, const char *key);

#define JSON_WORD_SIZE 40

/* A text, number or boolean as the commands take it: a boolean is on or off. The
 * text of a number is in "room". */
const char *json_word(const struct json *json, char room[JSON_WORD_SIZE]);

#endif
