/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Restores a part of the running state. */

#ifndef VBR_CONFIG_UNDO_H
#define VBR_CONFIG_UNDO_H

#include "config/item.h"
#include "vbridge.h"

/*
 * One pass may cause further changes, for example a new default_pvid those of
 * the VLANs of ports.
 */
#define PASSES_MAX 4

/*
 * Everything that "named" names is restored as in "before". A line that fails
 * does not keep the others from being run. On failure, "ret_plan" has the
 * remaining difference, or is NULL; otherwise it lists what was lost.
 */
int undo_run(struct vbr_ctx *ctx, const struct vbr_config *before,
	     const struct items *named, struct vbr_config **ret_plan);

/*
 * Reads the state of all bridges, and the addresses and routes of the devices
 * that "named" names.
 */
int undo_capture(struct vbr_ctx *ctx, const struct items *named,
		 struct vbr_config **ret_before);

/*
 * Like undo_run(), but also restores the addresses and routes of these devices,
 * if "before" has any.
 */
int undo_run_whole(struct vbr_ctx *ctx, const struct vbr_config *before,
		   const struct items *named, struct vbr_config **ret_plan);

/* Completes the error of undo_run(), which returned "rc"; "plan" may be NULL. */
void undo_explain(struct vbr_ctx *ctx, int rc, const struct vbr_config *plan);

/* Appends the first line of a plan to the error. */
void undo_append_line(struct vbr_ctx *ctx, const char *format,
		      const struct vbr_config *plan);

#endif
