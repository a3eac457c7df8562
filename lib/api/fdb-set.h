/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds many FDB entries at once. */

#ifndef VBR_FDB_SET_H
#define VBR_FDB_SET_H

#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"

struct fdb_new {
	uint8_t mac[6];
	struct vbr_new_fdb_entry with; /* of the table of the bridge */
};

#define FDB_NEW_MAX 64

/*
 * Adds entries of one device, at most FDB_NEW_MAX, with few system calls. The
 * verdict of each is 0 or a negative errno. Unlike vbr_fdb_add(), it does not
 * check first whether the address of an entry without a VLAN exists in a VLAN
 * of the device. If it does, the kernel adds some of the entries and refuses
 * the rest.
 */
void fdb_add_many(struct vbr_ctx *ctx, const char *bridge, const char *device,
		  const struct fdb_new *entries, size_t count,
		  int *ret_verdicts);

#endif
