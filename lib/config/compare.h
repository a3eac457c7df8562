/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares two configurations. */

#ifndef VBR_CONFIG_COMPARE_H
#define VBR_CONFIG_COMPARE_H

#include "config/comparison.h"

/* What a configuration says. */
int compare_items(struct vbr_ctx *ctx, const struct vbr_config *config,
		  struct items *items);

/* Sets the members of "diff" that depend on the configurations. */
int compare_configs(struct diff *diff, const struct vbr_config *from,
		    const struct vbr_config *to, struct vbr_config **ret_plan);

#endif
