/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Settings of a caller: an option by its name, and its new value. */

#ifndef VBR_SETTING_H
#define VBR_SETTING_H

#include <stddef.h>

#include "vbridge.h"
#include "wire/option.h"

/* The most options in one call; no device has as many. */
#define SET_MAX 64

/* Finds the options by name. */
int set_resolve(struct vbr_ctx *ctx, enum vbr_scope scope,
		const struct vbr_setting *settings, size_t count,
		struct option_value *ret_values);

/* Reports a value that cannot be encoded. */
int set_refuse(struct vbr_ctx *ctx, int error,
	       const struct option_value *value);

/* Reports an option that this kernel does not send. */
int set_refuse_unknown(struct vbr_ctx *ctx, const struct vbr_option *option);

/* The result of sending; adds the range of a value that is out of range. */
int set_explain(struct vbr_ctx *ctx, int error,
		const struct option_value *values, size_t count);

/* For dry runs: -ERANGE if a value is out of range. */
int set_dry_run(struct vbr_ctx *ctx, const struct option_value *values,
		size_t count);

#endif
