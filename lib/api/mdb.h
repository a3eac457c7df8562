/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The multicast groups of bridges that were listed before. */

#ifndef VBR_API_MDB_H
#define VBR_API_MDB_H

#include "vbridge.h"

int mdb_list_of(struct vbr_ctx *ctx, const struct vbr_bridges *bridges,
		struct vbr_mdb **ret_mdb);

/*
 * The position of the first entry of a bridge; if it has none, the position
 * where it would be.
 */
size_t mdb_of_bridge(const struct vbr_mdb *mdb, int bridge);

#endif
