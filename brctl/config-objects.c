/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The objects of a configuration that is converted to JSON. */

#include "config.h"

#include "config-objects.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

static bool is_it(const struct object *object, enum object_kind kind,
		  const char *bridge, const char *name)
{
	return object->kind == kind && strcmp(object->name, name) == 0 &&
	       (!bridge || strcmp(object->bridge, bridge) == 0);
}

struct object *objects_find(struct objects *objects, enum object_kind kind,
			    const char *bridge, const char *name)
{
	for (size_t i = 0; i < objects->count; i++) {
		size_t at = (objects->last + i) % objects->count;

		if (!is_it(&objects->list[at], kind, bridge, name))
			continue;
		objects->last = at;
		return &objects->list[at];
	}
	return NULL;
}

struct object *objects_add(struct objects *objects, enum object_kind kind,
			   const char *bridge, const char *name,
			   struct json *list)
{
	size_t room = objects->room ? 2 * objects->room : 64;
	struct object *object = objects->list;

	if (objects->count == objects->room) {
		object = realloc(object, room * sizeof(*object));
		if (!object)
			return NULL;
		objects->list = object;
		objects->room = room;
	}
	objects->last = objects->count++;
	object = &objects->list[objects->last];
	*object = (struct object){ .kind = kind,
				   .bridge = bridge,
				   .name = name,
				   .json = json_object_of(list) };
	json_put_text(object->json, "name", name);
	return object;
}

struct json *list_in(struct json **list, struct json *object, const char *key)
{
	if (!*list)
		*list = json_array_in(object, key);
	return *list;
}

struct json *options_in(struct object *object)
{
	if (!object->options)
		object->options = json_object_in(object->json, "options");
	return object->options;
}
