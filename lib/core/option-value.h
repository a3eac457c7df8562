/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options by name in the kernel's attributes; for the library's own files. */

#ifndef VBR_CORE_OPTION_VALUE_H
#define VBR_CORE_OPTION_VALUE_H

#include "vbridge.h"
#include "wire/option.h"

/* Like vbr_bridge_value() and vbr_bridge_text(), for any scope. */
int option_value(struct attr_span options, enum vbr_scope scope,
		 const char *name, uint64_t *ret_value);
int option_value_text(struct vbr_ctx *ctx, struct attr_span options,
		      enum vbr_scope scope, const char *name, char *ret_text,
		      size_t size);

/* Formats a value; the index of a device becomes its name. 0, or -ENOSPC. */
int option_value_format(struct vbr_ctx *ctx, const struct vbr_option *option,
			uint64_t value, char *ret_text, size_t size);

/* Appends the range of the option to the sentence about an error. */
void option_value_append_range(struct vbr_ctx *ctx,
			       const struct vbr_option *option);

#endif
