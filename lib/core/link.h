/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Links as the library keeps them: what bridges and ports share. */

#ifndef VBR_LINK_H
#define VBR_LINK_H

#include "base/arena.h"
#include "vbridge.h"
#include "wire/link.h"
#include "wire/option.h"
#include "wire/request.h"

/* What the kernel said. In a copy of it the options, as they came over the
 * wire, stand right behind it. */
struct link_copy {
	int index;
	int master;
	int parent;
	unsigned int flags;
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

/* What vbridge.h calls bridges, ports and VLAN devices are such lists. */
struct link_list {
	size_t count, room;
	struct link_copy **rows;
	struct arena arena;
};

/* The name of an index: the errors of vbr_link_name(). */
int link_name(struct vbr_ctx *ctx, int index, char ret_name[NAME_SIZE]);

/* One link by its name. What "ret_info" points to lives until the context's
 * next conversation. */
int link_find(struct vbr_ctx *ctx, const char *name,
	      struct link_info *ret_info);

/* The options of a scope that a link has. */
struct attr_span link_options(const struct link_info *info,
			      enum vbr_scope scope);

/* A link with these of its options, which stay where they are. */
struct link_copy link_view(const struct link_info *info,
			   struct attr_span options);

/* A copy of its own, for one snapshot: free(). -ENOMEM. */
int link_dup(const struct link_copy *link, struct link_copy **ret_copy);
int link_keep(struct vbr_ctx *ctx, const struct link_info *info,
	      enum vbr_scope scope, struct link_copy **ret_copy);

/* -EOPNOTSUPP: a device, but no bridge. */
int link_find_bridge(struct vbr_ctx *ctx, const char *name,
		     struct link_info *ret_info);

/*
 * All bridges, ports, or VLAN devices: of one master or on one parent, where
 * "whose" is not 0. By name; ports by the bridge's index first.
 */
int link_list_new(struct vbr_ctx *ctx, struct request *req,
		  enum vbr_scope scope, int whose, struct link_list **ret_list);
void link_list_free(struct link_list *list);
/* NULL beyond its end. */
const struct link_copy *link_list_at(const struct link_list *list, size_t i);

#endif
