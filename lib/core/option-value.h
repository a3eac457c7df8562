/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options by name, in what the kernel sent; for the library's own files. */

#ifndef VBR_CORE_OPTION_VALUE_H
#define VBR_CORE_OPTION_VALUE_H

#include "vbridge.h"
#include "wire/option.h"

/* What vbr_bridge_value() and vbr_bridge_text() do, for any scope. */
int option_value(struct attr_span options, enum vbr_scope scope,
		 const char *name, uint64_t *ret_value);
int option_value_text(struct vbr_ctx *ctx, struct attr_span options,
		      enum vbr_scope scope, const char *name, char *ret_text,
		      size_t size);

/* A value as text, in which a device has its name. 0, or -ENOSPC. */
int option_value_format(struct vbr_ctx *ctx, const struct vbr_option *option,
			uint64_t value, char *ret_text, size_t size);

/* "; NAME goes from MIN to MAX", behind the sentence about an error. */
void option_value_append_range(struct vbr_ctx *ctx,
			       const struct vbr_option *option);

#endif
