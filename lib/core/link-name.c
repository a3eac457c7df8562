/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names links by their index. Apart from link.c, because ioctls look up long
 * names there. */

#include "config.h"

#include "core/link-name.h"

#include "core/context.h"
#include "core/ioctl.h"

int link_name(struct vbr_ctx *ctx, int index, char ret_name[NAME_SIZE])
{
	/* In a callback or after an error, the sentence must still name the
	 * outer operation. */
	struct operation operation = ctx->operation;
	int rc;

	context_begin(ctx, N_("cannot name the device of an index"));
	rc = ioctl_name(ctx, index, ret_name);
	ctx->operation = operation;
	return rc;
}
