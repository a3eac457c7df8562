/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The objects of a configuration that is converted to JSON. */

#ifndef VBR_BRCTL_CONFIG_OBJECTS_H
#define VBR_BRCTL_CONFIG_OBJECTS_H

#include <stddef.h>

struct json;

enum object_kind { BRIDGE, PORT, VLAN_DEVICE, LINK };

/* An object of the document, and the objects in it that exist already. */
struct object {
	enum object_kind kind;
	const char *bridge; /* of a port */
	const char *name;
	struct json *json, *ports, *options, *vlans, *vlan_options;
	struct json *fdb, *groups, *ingress, *egress;
};

struct objects {
	struct object *list;
	size_t count, room;
	size_t last; /* where one was found: the next is often the same */
};

/* "bridge" is NULL: of any. Returns NULL if there is none. */
struct object *objects_find(struct objects *objects, enum object_kind kind,
			    const char *bridge, const char *name);

/* Adds an object to a list of the document. NULL only if memory has run out. */
struct object *objects_add(struct objects *objects, enum object_kind kind,
			   const char *bridge, const char *name,
			   struct json *list);

/* A member of an object; it is added if it does not exist. */
struct json *list_in(struct json **list, struct json *object, const char *key);
struct json *options_in(struct object *object);

#endif
