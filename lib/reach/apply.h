/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Applies the lines of a configuration to a snapshot, as the kernel would. */

#ifndef VBR_REACH_APPLY_H
#define VBR_REACH_APPLY_H

struct items;
struct trace_snapshot;
struct vbr_ctx;
struct vbr_reach;

/* "notes" receives what the model does not know. The snapshot has the VLANs of
 * ports also if the bridge does not filter. -ENOMEM, or why a device could not be
 * read. */
int snapshot_apply(struct vbr_ctx *ctx, const struct items *items,
		   struct trace_snapshot *snapshot, struct vbr_reach *notes);

#endif
