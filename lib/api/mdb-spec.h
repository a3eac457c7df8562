/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The words of a change of multicast groups. */

#ifndef VBR_API_MDB_SPEC_H
#define VBR_API_MDB_SPEC_H

#include <stdbool.h>

#include "core/link.h"
#include "wire/mdb-request.h"

struct mdb_spec {
	struct address group, source;
	struct mdb_senders senders;
	struct mdb_change change;
	struct link_info bridge; /* only set without a VLAN or in a dry run */
	bool in_all;		 /* for all VLANs of the member */
};

/* Reads what is the same for an addition and a deletion. */
int mdb_spec_begin(struct vbr_ctx *ctx, const char *bridge, const char *device,
		   const char *group, const struct vbr_new_group *with,
		   struct mdb_spec *spec);

/* Reads the properties of an addition, after mdb_spec_begin(). */
int mdb_spec_put_properties(struct vbr_ctx *ctx,
			    const struct vbr_new_group *with,
			    struct mdb_spec *spec);

/* Parts of it. "may_be_zero": for a VXLAN device. */
int mdb_parse_group(struct vbr_ctx *ctx, const char *text, bool may_be_zero,
		    struct address *ret_group);
int mdb_parse_source(struct vbr_ctx *ctx, const char *text,
		     const struct address *group, struct address *ret_source);
int mdb_import_remote(struct vbr_ctx *ctx, const struct vbr_remote *remote,
		      struct remote *ret_remote);
int mdb_check_vlan(struct vbr_ctx *ctx, unsigned int vlan);

/* Finds what has groups: a bridge or a VXLAN device. */
int mdb_find_place(struct vbr_ctx *ctx, const char *name,
		   struct link_info *ret_link);

/* -EINVAL: the bridge is down, or does not snoop. */
int mdb_check_up(struct vbr_ctx *ctx, const struct link_info *bridge);
int mdb_check_snooping(struct vbr_ctx *ctx, const struct link_info *bridge);

#endif
