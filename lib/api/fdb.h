/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The FDBs of all bridges, read at once. */

#ifndef VBR_API_FDB_H
#define VBR_API_FDB_H

#include "vbridge.h"

/*
 * Sorted by the bridge, the port, the MAC address and the VLAN. Entries of the
 * tables of devices themselves have no bridge.
 */
int fdb_list_all(struct vbr_ctx *ctx, struct vbr_fdb **ret_fdb);

/*
 * The position of the first entry of a port, or of the bridge itself, in such a
 * list; if there is none, the position where it would be.
 */
size_t fdb_of_port(const struct vbr_fdb *fdb, int bridge, int port);

#endif
