/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes of multicast groups in all VLANs of a member. */

#ifndef VBR_API_MDB_VLANS_H
#define VBR_API_MDB_VLANS_H

#include "core/link.h"
#include "wire/mdb-request.h"

/* -EINVAL: the member is in no VLAN. */
int mdb_check_has_vlan(struct vbr_ctx *ctx, const struct mdb_change *change);

/* If one is refused, none is added. */
int mdb_add_in_all(struct vbr_ctx *ctx, const struct mdb_change *change);

/* In all VLANs in which it is a member; if one is refused, all stay as they
 * were. */
int mdb_replace_in_all(struct vbr_ctx *ctx, const char *bridge,
		       const struct mdb_change *change);

/* "link" is the bridge. */
int mdb_del_in_all(struct vbr_ctx *ctx, const struct link_info *link,
		   const char *bridge, const struct mdb_change *change);

#endif
