/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds, copies and lists links. */

#include "config.h"

#include "core/link.h"

#include <errno.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "core/talk.h"
#include "wire/kernel.h"

static int on_link(void *data, const struct nlmsghdr *msg)
{
	int rc = link_parse(msg, data);

	return rc == -ENOMSG ? 0 : rc;
}

static void forget_link(void *data)
{
	memset(data, 0, sizeof(struct link_info));
}

int link_find(struct vbr_ctx *ctx, const char *name, struct link_info *ret_info)
{
	struct link_info info = { 0 };
	const struct talk_handler handler = { on_link, forget_link, &info };
	struct request req;
	int rc;

	if (!name_can_exist(name))
		return context_fail(ctx, -ENODEV, NULL);

	request_link(&req, name);
	rc = talk(ctx, &req.head, &handler);
	/* Kernels before 5.5 have no alternative names. */
	if (rc == -EINVAL && name_is_long(name))
		return context_fail(ctx, -ENODEV, NULL);
	if (rc < 0)
		return rc;
	if (!info.index)
		return context_fail(ctx, -EBADMSG, NULL);
	*ret_info = info;
	return 0;
}

int link_shorten(struct vbr_ctx *ctx, const char **name, char room[NAME_SIZE])
{
	struct link_info info;
	int rc;

	if (!name_can_exist(*name))
		return context_fail(ctx, -ENODEV, NULL);
	if (!name_is_long(*name))
		return 0;
	rc = link_find(ctx, *name, &info);
	if (rc < 0)
		return rc;
	memcpy(room, info.name, sizeof(info.name));
	*name = room;
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

int link_check_bridge(struct vbr_ctx *ctx, const char *name)
{
	struct failure refusal = ctx->failure;
	struct link_info link;
	int rc = link_find_bridge(ctx, name, &link);

	ctx->failure = refusal;
	return rc;
}

/* The struct, followed by a copy of the options. */
static size_t copy_size(struct attr_span options)
{
	return sizeof(struct link_copy) + options.len;
}

struct attr_span link_options(const struct link_info *info,
			      enum vbr_scope scope)
{
	return scope == VBR_SCOPE_PORT ? info->port_options : info->options;
}

struct link_copy link_view(const struct link_info *info,
			   struct attr_span options)
{
	struct link_copy link = {
		.index = info->index,
		.master = info->master,
		.parent = info->parent,
		.flags = info->flags,
		.mtu = info->mtu,
		.options = options,
	};

	memcpy(link.name, info->name, sizeof(link.name));
	memcpy(link.mac, info->mac, sizeof(link.mac));
	return link;
}

bool link_is_up(const struct link_copy *link)
{
	return link->flags & IFF_UP;
}

bool link_has_carrier(const struct link_copy *link)
{
	return link->flags & VB_IFF_LOWER_UP;
}

static void fill_copy(struct link_copy *copy, const struct link_copy *link)
{
	*copy = *link;
	copy->options.bytes = copy + 1;
	if (link->options.len)
		memcpy(copy + 1, link->options.bytes, link->options.len);
}

int link_dup(const struct link_copy *link, struct link_copy **ret_copy)
{
	struct link_copy *copy = malloc(copy_size(link->options));

	if (!copy)
		return -ENOMEM;
	fill_copy(copy, link);
	*ret_copy = copy;
	return 0;
}

int link_keep(struct vbr_ctx *ctx, const struct link_info *info,
	      enum vbr_scope scope, struct link_copy **ret_copy)
{
	const struct link_copy link = link_view(info,
						link_options(info, scope));
	int rc = link_dup(&link, ret_copy);

	return rc < 0 ? context_fail(ctx, rc, NULL) : 0;
}

struct list_handler {
	struct link_list *list;
	enum vbr_scope scope;
	int whose;
};

static bool is_of(enum vbr_scope scope, const struct link_info *info)
{
	switch (scope) {
	case VBR_SCOPE_BRIDGE:
		return info->kind == LINK_BRIDGE;
	case VBR_SCOPE_VLAN:
		return info->kind == LINK_VLAN;
	default:
		return info->is_port;
	}
}

/* The kernel filters if it can; check in any case. */
static bool is_wanted(const struct list_handler *handler,
		      const struct link_info *info)
{
	if (!handler->whose)
		return true;
	return handler->whose ==
	       (handler->scope == VBR_SCOPE_VLAN ? info->parent : info->master);
}

static int append(struct link_list *list, const struct link_copy *link)
{
	struct link_copy **rows, *copy;

	rows = array_grow(list->rows, sizeof(*rows), list->count, &list->room);
	if (!rows)
		return -ENOMEM;
	list->rows = rows;
	copy = arena_take(&list->arena, copy_size(link->options));
	if (!copy)
		return -ENOMEM;
	fill_copy(copy, link);
	rows[list->count++] = copy;
	return 0;
}

struct link_list *link_list_begin(void)
{
	return calloc(1, sizeof(struct link_list));
}

int link_list_add(struct link_list *list, enum vbr_scope scope,
		  const struct link_info *info)
{
	struct link_copy link;

	if (!is_of(scope, info))
		return 0;
	link = link_view(info, link_options(info, scope));
	return append(list, &link);
}

static int on_row(void *data, const struct nlmsghdr *msg)
{
	struct list_handler *handler = data;
	struct link_info info;
	int rc;

	rc = link_parse(msg, &info);
	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_wanted(handler, &info))
		return 0;
	return link_list_add(handler->list, handler->scope, &info);
}

void link_list_clear(struct link_list *list)
{
	list->count = 0;
	arena_free(&list->arena);
}

static void forget_rows(void *data)
{
	const struct list_handler *handler = data;

	link_list_clear(handler->list);
}

static int compare_names(const struct link_copy *left,
			 const struct link_copy *right)
{
	return strcmp(left->name, right->name);
}

static int by_name(const void *a, const void *b)
{
	const struct link_copy *const *left = a, *const *right = b;

	return compare_names(*left, *right);
}

static int by_master(const void *a, const void *b)
{
	const struct link_copy *const *left = a, *const *right = b;

	if ((*left)->master != (*right)->master)
		return (*left)->master < (*right)->master ? -1 : 1;
	return compare_names(*left, *right);
}

void link_list_sort(struct link_list *list, enum vbr_scope scope)
{
	if (list->count)
		qsort(list->rows, list->count, sizeof(*list->rows),
		      scope == VBR_SCOPE_PORT ? by_master : by_name);
}

int link_list_new(struct vbr_ctx *ctx, struct request *req,
		  enum vbr_scope scope, int whose, struct link_list **ret_list)
{
	struct link_list *list = link_list_begin();
	struct list_handler rows = { list, scope, whose };
	const struct talk_handler handler = { on_row, forget_rows, &rows };
	int rc;

	if (!list)
		return context_fail(ctx, -ENOMEM, NULL);
	rc = talk(ctx, &req->head, &handler);
	if (rc < 0) {
		link_list_free(list);
		return rc;
	}
	link_list_sort(list, scope);
	*ret_list = list;
	return 0;
}

const struct link_copy *link_list_at(const struct link_list *list, size_t i)
{
	return i < list->count ? list->rows[i] : NULL;
}

void link_list_free(struct link_list *list)
{
	if (!list)
		return;
	arena_free(&list->arena);
	free(list->rows);
	free(list);
}

/* --- all devices ---------------------------------------------------------- */

struct link_walk {
	vbr_link_fn function;
	void (*restart)(void *data);
	void *data;
};

static int on_link_pass(void *data, const struct nlmsghdr *msg)
{
	const struct link_walk *walk = data;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	return walk->function(link.name, link.index,
			      link.type == ARPHRD_ETHER && !link.master &&
				      link.kind != LINK_BRIDGE,
			      walk->data);
}

static void restart_links(void *data)
{
	const struct link_walk *walk = data;

	walk->restart(walk->data);
}

int link_foreach(struct vbr_ctx *ctx, vbr_link_fn function,
		 void (*restart)(void *data), void *data)
{
	struct link_walk walk = { function, restart, data };
	const struct talk_handler handler = { on_link_pass,
					      restart ? restart_links : NULL,
					      &walk };
	struct request req;

	context_begin(ctx, N_("cannot list the devices"));
	request_links(&req);
	return talk(ctx, &req.head, &handler);
}
