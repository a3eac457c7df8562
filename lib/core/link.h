/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Links as the library stores them, for bridges, ports and VLAN devices. */

#ifndef VBR_LINK_H
#define VBR_LINK_H

#include "base/arena.h"
#include "vbridge.h"
#include "wire/link.h"
#include "wire/option.h"
#include "wire/request.h"

/* What the kernel reported. In a copy, the raw attributes of the options follow
 * the struct. */
struct link_copy {
	int index;
	int master;
	int parent;
	unsigned int flags;
	uint32_t mtu;
	uint8_t mac[6]; /* zero: it has none of this size */
	char name[NAME_SIZE];
	struct attr_span options;
};

struct vbr_bridge {
	struct link_copy link;
};

struct vbr_port {
	struct link_copy link;
};

struct vbr_vlan {
	struct link_copy link;
};

/* The lists of bridges, ports and VLAN devices of vbridge.h. */
struct link_list {
	size_t count, room;
	struct link_copy **rows;
	struct arena arena;
};

/* Finds a link by any of its names. "ret_info" points into the context's
 * buffer: it is valid until the next request. */
int link_find(struct vbr_ctx *ctx, const char *name,
	      struct link_info *ret_info);

/*
 * Ioctls and requests that change something have no room for a long name:
 * replaces it by the kernel's name of the link, in "room". Other names stay,
 * and are not looked up. -ENODEV: no device has such a name.
 */
int link_shorten(struct vbr_ctx *ctx, const char **name, char room[NAME_SIZE]);

/* The options of a link in one scope. */
struct attr_span link_options(const struct link_info *info,
			      enum vbr_scope scope);

/* A link with these options, which are not copied. */
struct link_copy link_view(const struct link_info *info,
			   struct attr_span options);

bool link_is_up(const struct link_copy *link);
bool link_has_carrier(const struct link_copy *link);

/* A copy for a single snapshot; free with free(). -ENOMEM. */
int link_dup(const struct link_copy *link, struct link_copy **ret_copy);
int link_keep(struct vbr_ctx *ctx, const struct link_info *info,
	      enum vbr_scope scope, struct link_copy **ret_copy);

/* -EOPNOTSUPP: the device is not a bridge. */
int link_find_bridge(struct vbr_ctx *ctx, const char *name,
		     struct link_info *ret_info);

/* To explain a failure of the kernel, which stays the context's last one: the
 * errno alone of link_find_bridge(). */
int link_check_bridge(struct vbr_ctx *ctx, const char *name);

/*
 * All bridges, ports, or VLAN devices; if "whose" is not 0, only those of this
 * master or parent. Sorted by name; ports by the index of their bridge first.
 */
int link_list_new(struct vbr_ctx *ctx, struct request *req,
		  enum vbr_scope scope, int whose, struct link_list **ret_list);
void link_list_free(struct link_list *list);

/*
 * The same steps for a dump that the caller reads: makes an empty list; adds a
 * link, unless it is not of the scope (-ENOMEM: no memory); empties the list;
 * sorts it as above.
 */
struct link_list *link_list_begin(void);
int link_list_add(struct link_list *list, enum vbr_scope scope,
		  const struct link_info *info);
void link_list_clear(struct link_list *list);
void link_list_sort(struct link_list *list, enum vbr_scope scope);

/* As vbr_link_foreach(); but if devices come or go meanwhile, it calls "restart",
 * which drops what was listed, and begins anew. */
int link_foreach(struct vbr_ctx *ctx, vbr_link_fn function,
		 void (*restart)(void *data), void *data);

/* NULL if "i" is beyond the end. */
const struct link_copy *link_list_at(const struct link_list *list, size_t i);

#endif
