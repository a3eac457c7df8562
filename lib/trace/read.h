/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads a snapshot from the kernel. */

#ifndef VBR_TRACE_READ_H
#define VBR_TRACE_READ_H

struct trace_query;
struct trace_snapshot;
struct vbr_ctx;

/* 0x0602 is Linux 6.2; 0: unknown. */
unsigned int trace_kernel_release(void);

int trace_snapshot_read(struct vbr_ctx *ctx, const char *bridge,
			const struct trace_query *query,
			struct trace_snapshot *ret_snapshot);

/* Adds the VLANs of a bridge that does not filter them; only kernels that can
 * filter have some. */
int trace_snapshot_read_vlans(struct vbr_ctx *ctx,
			      struct trace_snapshot *snapshot);

#endif
