/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options of a device set by name: all of them, or none. */

#ifndef VBR_SET_OPTIONS_H
#define VBR_SET_OPTIONS_H

#include <stddef.h>

#include "vbridge.h"
#include "wire/message.h"
#include "wire/option.h"

/* Whose options they are: a bridge's, a port's or a VLAN device's. */
struct target {
	enum vbr_scope scope;
	const char *name;
	const char *bridge; /* of a port */
};

int set_options(struct vbr_ctx *ctx, const struct target *target,
		const struct vbr_setting *settings, size_t count);

/*
 * The same in steps, for who has other messages to send. Names become rows;
 * rows that this kernel lacks, which it says by not sending them, are refused;
 * and so is what a message cannot carry.
 */
int set_resolve(struct vbr_ctx *ctx, enum vbr_scope scope,
		const struct vbr_setting *settings, size_t count,
		struct option_value *ret_values);
int set_refuse(struct vbr_ctx *ctx, int error,
	       const struct option_value *value);
/* What sending them came to; if one is out of range, its range is said. */
int set_explain(struct vbr_ctx *ctx, int error,
		const struct option_value *values, size_t count);

/* What the kernel would say of a number that is out of range. */
int set_dry_run(struct vbr_ctx *ctx, const struct option_value *values,
		size_t count);

int set_refuse_unknown(struct vbr_ctx *ctx, const struct vbr_option *option);

/* As many as a call takes: more than any device has. */
#define SET_MAX 64

#endif
