/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks one row of errnos. */

#include "unit/errnos.h"

#include <string.h>

static size_t errnos_wrong;

/* A failed call leaves an error sentence if it has a context. */
void errnos_row(const struct vbr_ctx *ctx, const char *call, const char *error,
		int expected, int got)
{
	const char *said = ctx ? vbr_ctx_error(ctx) : "";

	if (got == expected)
		return;
	errnos_wrong++;
	print_message("%s is %s and not %s: %s\n", call,
		      got < 0 ? strerrorname_np(-got) : "no error", error,
		      said);
}

void errnos_end(void)
{
	size_t wrong = errnos_wrong;

	errnos_wrong = 0;
	assert_int_equal(wrong, 0);
}
