/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Entries of the table of a port itself, above all of a VXLAN device. */

#ifndef VBR_API_FDB_SELF_H
#define VBR_API_FDB_SELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mac.h"
#include "vbridge.h"

struct remote;
struct link_info;

/* The errors of vbr_fdb_add_with(). */
int fdb_add_self(struct vbr_ctx *ctx, const char *bridge, const char *device,
		 const uint8_t mac[MAC_LEN],
		 const struct vbr_new_fdb_entry *entry);

/* The mode as NLM_F_*. */
uint16_t fdb_mode(enum vbr_fdb_mode mode);
/* -EINVAL */
int fdb_refuse_append(struct vbr_ctx *ctx);

/* Checks a destination for this device, which must be VXLAN, and translates
 * it. */
int fdb_take_remote(struct vbr_ctx *ctx, const struct link_info *link,
		    const struct vbr_remote *remote, struct remote *ret_remote);

/* Adds a reason to the kernel's refusal of a destination. */
int fdb_explain_remote(struct vbr_ctx *ctx, int error);

#endif
