/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes the library call that applies a line of a plan. */

#ifndef VBR_CONFIG_LINE_H
#define VBR_CONFIG_LINE_H

#include "config/item.h"

/* The items of one line. */
struct line {
	struct vbr_ctx *ctx;
	const struct item *items;
	size_t count;
};

int line_run(const struct line *line);

#endif
