/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * JSON on stdout, made by jansson, which is loaded for the first value: a
 * process without JSON does not pay for it. Without memory, an object is left out
 * as a whole, which json_status() reports.
 */

#ifndef VBR_CLI_JSON_H
#define VBR_CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct cli;
struct json; /* an object or an array */

/* Loads jansson. Returns -1, after a message, if it is missing. */
int json_load(const struct cli *cli);

struct json *json_object_of(struct json *array);
struct json *json_object_in(struct json *object, const char *key);
struct json *json_array_in(struct json *object, const char *key);
void json_add_text(struct json *array, const char *text);

/* A name or any other text. A byte that is not UTF-8 becomes a backslash and
 * three octal digits. */
void json_put_text(struct json *object, const char *key, const char *text);
void json_put_number(struct json *object, const char *key, uint64_t number);
void json_put_bool(struct json *object, const char *key, bool value);
void json_put_null(struct json *object, const char *key);
/* "text" is NULL: null. */
void json_put_text_or_null(struct json *object, const char *key,
			   const char *text);
/* Rounded to hundredths. */
void json_put_hundredths(struct json *object, const char *key, double number);
void json_put_ticks(struct json *object, const char *key, uint64_t ticks);

/* A document that is one object: create, fill, print. json_print() returns -1,
 * and prints nothing, if memory ran out. */
struct json *json_begin(void);
int json_print(struct json *object);
/* The same for people: each value has a line. */
int json_print_indented(struct json *object);

/* An array of any length, which is printed object by object: json_list_item()
 * prints the previous object. */
struct json_list {
	struct json *item;
	bool has_item;	 /* to be printed */
	bool is_printed; /* at least one */
};

void json_list_begin(struct json_list *list);
struct json *json_list_item(struct json_list *list);
void json_list_end(struct json_list *list);

/* The exit status: an error if memory has run out. */
int json_status(const struct cli *cli);

#endif
