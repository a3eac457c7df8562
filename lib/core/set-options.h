/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of a device by name: all of them, or none. */

#ifndef VBR_SET_OPTIONS_H
#define VBR_SET_OPTIONS_H

#include <stddef.h>

#include "vbridge.h"
#include "wire/message.h"
#include "wire/option.h"

/* The device: a bridge, a port or a VLAN device. */
struct target {
	enum vbr_scope scope;
	const char *name;
	const char *bridge; /* of the port */
};

int set_options(struct vbr_ctx *ctx, const struct target *target,
		const struct vbr_setting *settings, size_t count);

/*
 * The steps, for callers with messages of their own: set_resolve() finds the
 * options by name; set_refuse() reports a value that cannot be encoded;
 * set_refuse_unknown() reports an option that this kernel does not send.
 */
int set_resolve(struct vbr_ctx *ctx, enum vbr_scope scope,
		const struct vbr_setting *settings, size_t count,
		struct option_value *ret_values);
int set_refuse(struct vbr_ctx *ctx, int error,
	       const struct option_value *value);
/* The result of sending; adds the range of a value that is out of range. */
int set_explain(struct vbr_ctx *ctx, int error,
		const struct option_value *values, size_t count);

/* For dry runs: -ERANGE if a value is out of range. */
int set_dry_run(struct vbr_ctx *ctx, const struct option_value *values,
		size_t count);

int set_refuse_unknown(struct vbr_ctx *ctx, const struct vbr_option *option);

/* The most options in one call; no device has as many. */
#define SET_MAX 64

#endif
