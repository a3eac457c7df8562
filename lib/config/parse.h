/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the text of a configuration. */

#ifndef VBR_CONFIG_PARSE_H
#define VBR_CONFIG_PARSE_H

#include "config/item.h"

/* Reads "len" bytes; "name" is that of their file. */
int parse_items(struct vbr_ctx *ctx, const char *name, const char *text,
		size_t len, struct items *items);

#endif
