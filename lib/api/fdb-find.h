/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the functions that change the FDB share. */

#ifndef VBR_FDB_FIND_H
#define VBR_FDB_FIND_H

#include <stdint.h>

#include "vbridge.h"

struct fdb_change;

/* The device is a port of the bridge, or the bridge itself. */
int fdb_find_device(struct vbr_ctx *ctx, const char *bridge, const char *device,
		    struct fdb_change *change);

int fdb_check_vlan(struct vbr_ctx *ctx, unsigned int vlan);

struct fdb_query {
	const uint8_t *mac;
	int port;      /* 0: any */
	uint16_t vlan; /* 0: the entry without a VLAN */
};

/* Calls the function for the entry of an address in a VLAN, if there is one on any
 * port. Returns 0, the value of the function, or a negative errno; -EOPNOTSUPP:
 * this kernel has only the dump (before Linux 5.0). */
int fdb_get(struct vbr_ctx *ctx, int bridge, const uint8_t mac[6],
	    uint16_t vlan, vbr_fdb_fn function, void *data);

/* Looks up the address in a VLAN, on any port and every kernel. Returns 1 and
 * stores the entry, 0 if there is none, or a negative errno. */
int fdb_find_known(struct vbr_ctx *ctx, const char *bridge,
		   const struct fdb_change *change, uint16_t vlan,
		   struct vbr_fdb_entry *ret_entry);

/* Returns 1 if an entry matches, 0 if none does, or a negative errno. Stores
 * the first match in "ret_entry", which may be NULL. */
int fdb_find(struct vbr_ctx *ctx, const char *bridge,
	     const struct fdb_query *query, struct vbr_fdb_entry *ret_entry);

/* -ENOENT */
int fdb_refuse_missing(struct vbr_ctx *ctx);

#endif
