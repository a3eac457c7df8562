/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads a snapshot from the kernel. */

#ifndef VBR_TRACE_READ_H
#define VBR_TRACE_READ_H

#include <stdint.h>

struct trace_snapshot;
struct vbr_ctx;

/* Reads it; the two addresses select the FDB entries. */
int trace_snapshot_read(struct vbr_ctx *ctx, const char *bridge,
			const uint8_t src[6], const uint8_t dst[6],
			struct trace_snapshot *ret_snapshot);
/* With the whole FDB, but without groups. */
int trace_snapshot_read_fdb(struct vbr_ctx *ctx, const char *bridge,
			    struct trace_snapshot *ret_snapshot);

#endif
