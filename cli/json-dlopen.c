/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Defines the jansson functions that json.c and json-read.c call. They load the
 * library when the first value is made, so that a process without JSON does not
 * pay for it.
 */

#include "config.h"

#include "cli/json.h"

#include <dlfcn.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/cli.h"

#define LIBRARY "libjansson.so.4"

/* Tells packagers what is loaded: the FDO note "dlopen metadata". */
#define METADATA \
	"[{\"feature\":\"json\",\"description\":\"JSON\"," \
	"\"priority\":\"recommended\",\"soname\":[\"" LIBRARY "\"]}]"

static const struct {
	uint32_t name_size, size, type;
	char name[4];
	_Alignas(4) char metadata[sizeof(METADATA)];
} note __attribute__((used, aligned(4), section(".note.dlopen"))) = {
	sizeof(note.name), sizeof(METADATA), 0x407c0c0a, "FDO", METADATA,
};

static void *library;

static struct {
	json_t *(*object)(void);
	json_t *(*array)(void);
	json_t *(*string)(const char *value);
	json_t *(*integer)(json_int_t value);
	json_t *(*real)(double value);
	json_t *(*make_true)(void);
	json_t *(*make_false)(void);
	json_t *(*make_null)(void);
	int (*object_set_new)(json_t *object, const char *key, json_t *value);
	int (*array_append_new)(json_t *array, json_t *value);
	int (*dump_callback)(const json_t *json, json_dump_callback_t callback,
			     void *data, size_t flags);
	void (*free)(json_t *json);
	json_t *(*loadb)(const char *text, size_t len, size_t flags,
			 json_error_t *error);
	json_t *(*array_get)(const json_t *array, size_t i);
	json_t *(*object_get)(const json_t *object, const char *key);
	void *(*iter)(json_t *object);
	void *(*iter_next)(json_t *object, void *iter);
	const char *(*iter_key)(void *iter);
	json_t *(*iter_value)(void *iter);
	const char *(*string_value)(const json_t *string);
	json_int_t (*integer_value)(const json_t *integer);
	double (*real_value)(const json_t *real);
} jansson;

static bool is_complete;

/* Stops after the first missing function, so that dlerror() names that one. */
static void *find(const char *name)
{
	void *function = is_complete ? dlsym(library, name) : NULL;

	is_complete = function;
	return function;
}

int json_load(const struct cli *cli)
{
	if (is_complete)
		return 0;
	library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	is_complete = library;
	if (!library)
		goto missing;
	jansson.object = find("json_object");
	jansson.array = find("json_array");
	jansson.string = find("json_string");
	jansson.integer = find("json_integer");
	jansson.real = find("json_real");
	jansson.make_true = find("json_true");
	jansson.make_false = find("json_false");
	jansson.make_null = find("json_null");
	jansson.object_set_new = find("json_object_set_new");
	jansson.array_append_new = find("json_array_append_new");
	jansson.dump_callback = find("json_dump_callback");
	jansson.free = find("json_delete");
	jansson.loadb = find("json_loadb");
	jansson.array_get = find("json_array_get");
	jansson.object_get = find("json_object_get");
	jansson.iter = find("json_object_iter");
	jansson.iter_next = find("json_object_iter_next");
	jansson.iter_key = find("json_object_iter_key");
	jansson.iter_value = find("json_object_iter_value");
	jansson.string_value = find("json_string_value");
	jansson.integer_value = find("json_integer_value");
	jansson.real_value = find("json_real_value");
	if (is_complete)
		return 0;
missing:
	cli_message(cli, _("JSON takes the library jansson: %s"), dlerror());
	return -1;
}

json_t *json_object(void)
{
	return jansson.object();
}

json_t *json_array(void)
{
	return jansson.array();
}

json_t *json_string(const char *value)
{
	return jansson.string(value);
}

json_t *json_integer(json_int_t value)
{
	return jansson.integer(value);
}

json_t *json_real(double value)
{
	return jansson.real(value);
}

json_t *json_true(void)
{
	return jansson.make_true();
}

json_t *json_false(void)
{
	return jansson.make_false();
}

json_t *json_null(void)
{
	return jansson.make_null();
}

int json_object_set_new(json_t *object, const char *key, json_t *value)
{
	return jansson.object_set_new(object, key, value);
}

int json_array_append_new(json_t *array, json_t *value)
{
	return jansson.array_append_new(array, value);
}

int json_dump_callback(const json_t *json, json_dump_callback_t callback,
		       void *data, size_t flags)
{
	return jansson.dump_callback(json, callback, data, flags);
}

void json_delete(json_t *json)
{
	jansson.free(json);
}

json_t *json_loadb(const char *text, size_t len, size_t flags,
		   json_error_t *error)
{
	return jansson.loadb(text, len, flags, error);
}

json_t *json_array_get(const json_t *array, size_t i)
{
	return jansson.array_get(array, i);
}

json_t *json_object_get(const json_t *object, const char *key)
{
	return jansson.object_get(object, key);
}

void *json_object_iter(json_t *object)
{
	return jansson.iter(object);
}

void *json_object_iter_next(json_t *object, void *iter)
{
	return jansson.iter_next(object, iter);
}

const char *json_object_iter_key(void *iter)
{
	return jansson.iter_key(iter);
}

json_t *json_object_iter_value(void *iter)
{
	return jansson.iter_value(iter);
}

const char *json_string_value(const json_t *string)
{
	return jansson.string_value(string);
}

json_int_t json_integer_value(const json_t *integer)
{
	return jansson.integer_value(integer);
}

double json_real_value(const json_t *real)
{
	return jansson.real_value(real);
}
