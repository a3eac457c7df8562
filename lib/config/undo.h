/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes a part of the running state what it was. */

#ifndef VBR_CONFIG_UNDO_H
#define VBR_CONFIG_UNDO_H

#include "config/item.h"
#include "vbridge.h"

/* What one pass has changed may have changed more, for example a new
 * default_pvid the VLANs of ports. */
#define PASSES_MAX 4

/* All that "named" names becomes as in "before". A line that fails does not keep
 * the others from being run. On failure "ret_plan" is what is still different, or
 * NULL; otherwise it says what was lost. */
int undo_run(struct vbr_ctx *ctx, const struct vbr_config *before,
	     const struct items *named, struct vbr_config **ret_plan);

/* Reads all that bridges have, and the addresses and routes of the devices that
 * "named" names. */
int undo_capture(struct vbr_ctx *ctx, const struct items *named,
		 struct vbr_config **ret_before);

/* Like undo_run(), and puts back the addresses and routes of these devices, if
 * "before" has any. */
int undo_run_whole(struct vbr_ctx *ctx, const struct vbr_config *before,
		   const struct items *named, struct vbr_config **ret_plan);

/* Completes the error of undo_run(), which returned "rc"; "plan" may be NULL. */
void undo_explain(struct vbr_ctx *ctx, int rc, const struct vbr_config *plan);

/* Appends the first line of a plan to the error. */
void undo_append_line(struct vbr_ctx *ctx, const char *format,
		      const struct vbr_config *plan);

#endif
