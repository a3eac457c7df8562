/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * The lock for restoring configurations: two processes at once would undo each
 * other's changes.
 */

#include "config.h"

#include "core/lock.h"

#include <errno.h>

#include "core/context.h"

#define LOCK_NAME "vbridge-restore"

/* Longer than the restore of a thousand bridges. */
#define WAIT_SECONDS 60

static int refuse(struct vbr_ctx *ctx, const struct lock *lock)
{
	if (!lock->process)
		return context_fail_why(
			ctx, -EBUSY,
			_("another process is restoring them, and has not finished within %d s"),
			WAIT_SECONDS);
	return context_fail_why(
		ctx, -EBUSY,
		_("process %d is restoring them, and has not finished within %d s"),
		lock->process, WAIT_SECONDS);
}

int restore_lock(struct vbr_ctx *ctx, struct lock *ret_lock)
{
	int rc;

	*ret_lock = (struct lock){ .name = LOCK_NAME,
				   .timeout = WAIT_SECONDS * 1000,
				   .fd = -1 };
	rc = ctx->transport->lock(ctx->transport_data, ret_lock);
	if (rc == 0)
		return 0;
	context_begin(ctx, N_("cannot restore the bridges"));
	return rc == -EBUSY ? refuse(ctx, ret_lock)
			    : context_fail(ctx, rc, NULL);
}

void restore_unlock(struct lock *lock)
{
	lock_release(lock);
}
