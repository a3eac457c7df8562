/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the MRP instances and the CFM maintenance end points of bridges. */

#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "core/context.h"
#include "core/ioctl.h"
#include "core/option-value.h"
#include "core/talk.h"
#include "wire/instance.h"
#include "wire/link.h"
#include "wire/request.h"

struct vbr_instances {
	size_t count, room;
	struct vbr_instance *rows;
	struct arena arena; /* the attributes */
};

struct reading {
	struct vbr_instances *instances;
	int bridge; /* 0: any */
	bool cfm;
};

static int append(struct vbr_instances *instances,
		  const struct vbr_instance *instance)
{
	struct vbr_instance *rows = array_grow(instances->rows, sizeof(*rows),
					       instances->count,
					       &instances->room);

	if (!rows)
		return -ENOMEM;
	instances->rows = rows;
	rows[instances->count++] = *instance;
	return 0;
}

static int copy_attrs(struct arena *arena, struct attr_span *attrs)
{
	void *copy = arena_take(arena, attrs->len);

	if (!copy)
		return -ENOMEM;
	memcpy(copy, attrs->bytes, attrs->len);
	attrs->bytes = copy;
	return 0;
}

/* The bridge itself has the attributes, not its ports. */
static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct reading *reading = data;
	struct vbr_instance instance;
	struct attr_span attrs, rest;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (reading->bridge && reading->bridge != link.index)
		return 0;
	attrs = instance_attrs(link.vlans, reading->cfm);
	if (attrs.len == 0)
		return 0;
	rc = copy_attrs(&reading->instances->arena, &attrs);
	rest = attrs;
	while (rc == 0 &&
	       (rc = instance_take(&rest, reading->cfm, &instance)) > 0) {
		instance.bridge = link.index;
		instance.attrs = attrs;
		rc = append(reading->instances, &instance);
	}
	return rc;
}

static void restart(void *data)
{
	const struct reading *reading = data;

	reading->instances->count = 0;
	arena_free(&reading->instances->arena);
}

/* A MEP comes before its peers. */
static int by_place(const void *a, const void *b)
{
	const struct vbr_instance *left = a, *right = b;

	if (left->bridge != right->bridge)
		return left->bridge < right->bridge ? -1 : 1;
	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return (left->peer > right->peer) - (left->peer < right->peer);
}

static int list(struct vbr_ctx *ctx, const char *bridge, bool cfm,
		struct vbr_instances **ret_instances)
{
	struct vbr_instances *instances = calloc(1, sizeof(*instances));
	struct reading reading = { .instances = instances, .cfm = cfm };
	const struct talk_handler handler = { on_link, restart, &reading };
	struct request req;
	int rc = 0;

	if (!instances)
		return context_fail(ctx, -ENOMEM, NULL);
	if (bridge)
		rc = ioctl_index(ctx, bridge, &reading.bridge);
	if (rc == 0) {
		instance_request(&req, cfm);
		rc = talk(ctx, &req.head, &handler);
	}
	if (rc < 0) {
		vbr_instances_free(instances);
		return rc;
	}
	if (instances->count)
		qsort(instances->rows, instances->count,
		      sizeof(*instances->rows), by_place);
	*ret_instances = instances;
	return 0;
}

int vbr_mrp_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_instances **ret_instances)
{
	context_begin(ctx, N_("cannot list the MRP instances"));
	return list(ctx, bridge, false, ret_instances);
}

int vbr_cfm_list(struct vbr_ctx *ctx, const char *bridge,
		 struct vbr_instances **ret_instances)
{
	context_begin(ctx, N_("cannot list the CFM end points"));
	return list(ctx, bridge, true, ret_instances);
}

size_t vbr_instances_count(const struct vbr_instances *instances)
{
	return instances->count;
}

const struct vbr_instance *
vbr_instances_at(const struct vbr_instances *instances, size_t i)
{
	return i < instances->count ? &instances->rows[i] : NULL;
}

void vbr_instances_free(struct vbr_instances *instances)
{
	if (!instances)
		return;
	arena_free(&instances->arena);
	free(instances->rows);
	free(instances);
}

enum vbr_instance_kind vbr_instance_kind(const struct vbr_instance *instance)
{
	return (enum vbr_instance_kind)instance->kind;
}

int vbr_instance_bridge_index(const struct vbr_instance *instance)
{
	return instance->bridge;
}

const struct vbr_option *vbr_instance_option_at(enum vbr_instance_kind kind,
						size_t i)
{
	const struct option_table *table;

	if ((unsigned int)kind >= INSTANCE_KINDS)
		return NULL;
	table = instance_table(kind);
	return i < table->count ? &table->rows[i] : NULL;
}

int vbr_instance_value(const struct vbr_instance *instance,
		       const struct vbr_option *option, uint64_t *ret_value)
{
	return instance_value(instance, option, ret_value);
}
