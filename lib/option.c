/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options by name: values from text. */

#include "config.h"

#include <errno.h>

#include "vbridge.h"
#include "wire/option.h"

int vbr_option_parse(enum vbr_scope scope, const char *option,
		     const char *text, uint64_t *ret_value)
{
	const struct option_row *row = option_find(
		scope == VBR_SCOPE_PORT ? SCOPE_PORT : SCOPE_BRIDGE, option);

	if (!row)
		return -ENOENT;
	return option_parse(row, text, ret_value);
}
