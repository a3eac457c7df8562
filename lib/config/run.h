/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Runs the lines of a plan. */

#ifndef VBR_CONFIG_RUN_H
#define VBR_CONFIG_RUN_H

#include <stdbool.h>

#include "vbridge.h"

/* Returns the error of the first line that the kernel refuses, and stops there,
 * unless it "goes_on". */
int run_plan(struct vbr_ctx *ctx, const struct vbr_config *plan, bool goes_on);

#endif
