/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Entries of the FDB and the MDB, for the snapshot. */

#ifndef VBR_TRACE_ENTRIES_H
#define VBR_TRACE_ENTRIES_H

struct trace_query;
struct trace_snapshot;
struct vbr_ctx;

int trace_take_fdb(struct vbr_ctx *ctx, const struct trace_query *query,
		   struct trace_snapshot *snapshot);
int trace_take_groups(struct vbr_ctx *ctx, struct trace_snapshot *snapshot);
int trace_take_vlan_mcasts(struct vbr_ctx *ctx,
			   struct trace_snapshot *snapshot);

#endif
