/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds, copies and lists links. */

#include "config.h"

#include "link.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "control.h"
#include "talk.h"

int vbr_link_name(struct vbr_ctx *ctx, int index, char *ret_name)
{
	context_ask(ctx, N_("cannot name the device of an index"));
	return control_name(ctx, index, ret_name);
}

static int take_link(void *data, const struct nlmsghdr *msg)
{
	int rc = link_parse(msg, data);

	return rc == -ENOMSG ? 0 : rc;
}

static void forget_link(void *data)
{
	memset(data, 0, sizeof(struct link_info));
}

int link_find(struct vbr_ctx *ctx, const char *name,
	      struct link_info *ret_info)
{
	struct link_info info = { 0 };
	const struct talk_sink sink = { take_link, forget_link, &info };
	struct request req;
	int rc;

	if (!name_can_exist(name))
		return context_fail(ctx, -ENODEV, NULL);

	request_link(&req, name);
	rc = talk(ctx, &req, &sink);
	if (rc < 0)
		return rc;
	if (!info.index)
		return context_fail(ctx, -EBADMSG, NULL);
	*ret_info = info;
	return 0;
}

int link_find_bridge(struct vbr_ctx *ctx, const char *name,
		     struct link_info *ret_info)
{
	struct link_info info = { 0 };
	int rc = link_find(ctx, name, &info);

	if (rc < 0)
		return rc;
	if (info.kind != LINK_BRIDGE)
		return context_fail(ctx, -EOPNOTSUPP, _("it is not a bridge"));
	*ret_info = info;
	return 0;
}

int link_copy(struct link_copy *ret_copy, const struct link_info *info,
	      enum option_scope scope)
{
	struct attr_span span = scope == SCOPE_PORT ? info->port_options :
		info->options;
	void *bytes = NULL;

	if (span.len) {
		bytes = malloc(span.len);
		if (!bytes)
			return -ENOMEM;
		memcpy(bytes, span.bytes, span.len);
	}
	*ret_copy = (struct link_copy){
		.index = info->index,
		.master = info->master,
		.parent = info->parent,
		.flags = info->flags,
		.options = { bytes, span.len },
	};
	memcpy(ret_copy->name, info->name, sizeof(ret_copy->name));
	return 0;
}

void link_copy_free(struct link_copy *copy)
{
	free((void *)copy->options.bytes);
}

int link_keep(struct vbr_ctx *ctx, const struct link_info *info,
	      enum option_scope scope, struct link_copy **ret_copy)
{
	struct link_copy *copy = malloc(sizeof(*copy));

	if (!copy)
		return context_fail(ctx, -ENOMEM, NULL);
	if (link_copy(copy, info, scope) < 0) {
		free(copy);
		return context_fail(ctx, -ENOMEM, NULL);
	}
	*ret_copy = copy;
	return 0;
}

int link_value(const struct link_copy *copy, enum option_scope scope,
	       const char *option, uint64_t *ret_value)
{
	const struct option_row *row = option_find(scope, option);

	if (!row)
		return -ENOENT;
	return option_get(copy->options, row, ret_value);
}

static void format_limit(const struct option_row *row, uint64_t limit,
			 char *ret_text, size_t size)
{
	if (row->unit == UNIT_TICKS)
		snprintf(ret_text, size, "%" PRIu64 ".%.2u s",
			 limit / VBR_TICKS_PER_SECOND,
			 (unsigned int)(limit % VBR_TICKS_PER_SECOND));
	else
		snprintf(ret_text, size, "%" PRIu64, limit);
}

static void append_range(struct vbr_ctx *ctx, const struct option_row *row)
{
	char min[32], max[32];

	format_limit(row, row->min, min, sizeof(min));
	format_limit(row, row->max, max, sizeof(max));
	context_append(ctx, _("; it goes from %s to %s"), min, max);
}

int link_set_done(struct vbr_ctx *ctx, int error,
		  const struct option_row *row)
{
	if (error == -ERANGE)
		append_range(ctx, row);
	return error;
}

int link_refuse_option(struct vbr_ctx *ctx, int error,
		       const struct option_row *row)
{
	const char *why = NULL;

	if (error == -EACCES)
		why = _("this option can only be read");
	context_fail(ctx, error, why);
	return link_set_done(ctx, error, row);
}

struct list_sink {
	struct link_list list;
	enum option_scope scope;
	int whose;
};

static int make_room(struct link_list *list)
{
	size_t room = list->room ? list->room * 2 : 16;
	struct link_copy *rows;

	if (list->count < list->room)
		return 0;
	rows = reallocarray(list->rows, room, sizeof(*rows));
	if (!rows)
		return -ENOMEM;
	list->rows = rows;
	list->room = room;
	return 0;
}

/* The kernel filters where it can; that it did is not taken for granted. */
static bool is_wanted(const struct list_sink *sink,
		      const struct link_info *info)
{
	switch (sink->scope) {
	case SCOPE_BRIDGE:
		return info->kind == LINK_BRIDGE;
	case SCOPE_VLAN:
		return info->kind == LINK_VLAN &&
		       (!sink->whose || sink->whose == info->parent);
	default:
		return info->is_port &&
		       (!sink->whose || sink->whose == info->master);
	}
}

static int take_row(void *data, const struct nlmsghdr *msg)
{
	struct list_sink *sink = data;
	struct link_list *list = &sink->list;
	struct link_info info;
	struct link_copy copy;
	int rc;

	rc = link_parse(msg, &info);
	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_wanted(sink, &info))
		return 0;

	rc = make_room(list);
	if (rc < 0)
		return rc;
	rc = link_copy(&copy, &info, sink->scope);
	if (rc < 0)
		return rc;
	list->rows[list->count++] = copy;
	return 0;
}

void link_list_free(struct link_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		link_copy_free(&list->rows[i]);
	free(list->rows);
	*list = (struct link_list){ 0 };
}

static void forget_rows(void *data)
{
	struct list_sink *sink = data;

	link_list_free(&sink->list);
}

static int by_name(const void *a, const void *b)
{
	const struct link_copy *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static int by_master(const void *a, const void *b)
{
	const struct link_copy *left = a, *right = b;

	if (left->master != right->master)
		return left->master < right->master ? -1 : 1;
	return by_name(a, b);
}

int link_list_read(struct vbr_ctx *ctx, struct request *req,
		   enum option_scope scope, int whose,
		   struct link_list *ret_list)
{
	struct list_sink rows = { .scope = scope, .whose = whose };
	const struct talk_sink sink = { take_row, forget_rows, &rows };
	int rc;

	rc = talk(ctx, req, &sink);
	if (rc < 0) {
		link_list_free(&rows.list);
		return rc;
	}
	if (rows.list.count)
		qsort(rows.list.rows, rows.list.count,
		      sizeof(*rows.list.rows),
		      scope == SCOPE_PORT ? by_master : by_name);
	*ret_list = rows.list;
	return 0;
}
