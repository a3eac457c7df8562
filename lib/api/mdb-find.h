/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds members of multicast groups. */

#ifndef VBR_API_MDB_FIND_H
#define VBR_API_MDB_FIND_H

#include <stdbool.h>

#include "core/link.h"
#include "wire/mdb-request.h"

/*
 * Calls "take" for each entry of the change, in all VLANs if "in_all". If
 * "take" returns other than 0, that ends the search.
 */
int mdb_find(struct vbr_ctx *ctx, const char *bridge,
	     const struct mdb_change *change, bool in_all,
	     int (*take)(void *data, const struct vbr_mdb_entry *entry),
	     void *data);

/* Returns 1 if it is a member, 0 if not, or a negative errno. */
int mdb_is_there(struct vbr_ctx *ctx, const char *bridge,
		 const struct mdb_change *change, bool in_all);

#endif
