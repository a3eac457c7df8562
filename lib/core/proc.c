/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tells a missing module from a missing /proc. */

#include "config.h"

#include "core/proc.h"

#include <errno.h>

#include "core/context.h"

int proc_why_missing(struct vbr_ctx *ctx, const char *other_file)
{
	char text[16];
	int rc = ctx->transport->read_file(ctx->transport_data, other_file,
					   text, sizeof(text));

	return rc == -ENOENT ? -EOPNOTSUPP : -ENOENT;
}
