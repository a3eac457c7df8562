/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * JSON on stdout. It is jansson's, loaded when the first value is made: what
 * prints none does not pay for it. Values without memory stay out, and are
 * told of in the end.
 */

#ifndef VBR_CLI_JSON_H
#define VBR_CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct cli;
struct json; /* an object or an array */

/* Loads jansson; -1, and has said so, where it is not there. */
int json_load(const struct cli *cli);

struct json *json_object_of(struct json *array);
struct json *json_object_in(struct json *object, const char *key);
struct json *json_array_in(struct json *object, const char *key);

/* A name, or any other text; a byte that is not UTF-8 becomes a backslash and
 * three octal digits. */
void json_put_text(struct json *object, const char *key, const char *text);
void json_put_number(struct json *object, const char *key, uint64_t number);
void json_put_bool(struct json *object, const char *key, bool value);
void json_put_ticks(struct json *object, const char *key, uint64_t ticks);

/* A whole document: one object, made, filled and printed. */
struct json *json_begin(void);
void json_print(struct json *object);

/*
 * Or an array that is printed object by object, however many there are:
 * json_list_item() prints the one before.
 */
struct json_list {
	struct json *item;
	bool has_items;
};

void json_list_begin(struct json_list *list);
struct json *json_list_item(struct json_list *list);
void json_list_end(struct json_list *list);

/* The status to end with: memory may have run out. */
int json_status(const struct cli *cli);

#endif
