/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The value of an option that is named; for the functions that set options from
 * text. */

#ifndef VBR_API_OPTION_H
#define VBR_API_OPTION_H

#include <stdint.h>

#include "vbridge.h"

/*
 * As vbr_option_parse(). For an option that does not exist, the value is 0: the
 * option is refused when it is set.
 */
int option_parse_named(struct vbr_ctx *ctx, enum vbr_scope scope,
		       const char *option, const char *text,
		       uint64_t *ret_value);

#endif
