/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Keeps the last change in a network namespace in a file, so that it can be
 * undone even after the process that made it, or its guard, is gone.
 */

#ifndef VBR_GUARD_JOURNAL_H
#define VBR_GUARD_JOURNAL_H

#include "vbridge.h"

enum journal_state {
	JOURNAL_PENDING, /* not confirmed yet */
	JOURNAL_MADE,	 /* nobody waits for it */
	JOURNAL_UNDONE,	 /* nobody confirmed it in time */
	JOURNAL_FAILED,	 /* and it could not be undone */
};

struct journal {
	enum journal_state state;
	const char *what;	   /* the command */
	struct vbr_config *before; /* of vbr_config_capture_whole() */
	struct vbr_config *after;  /* NULL: the change was not finished */
	char *bytes;		   /* which "what" points into */
};

/* -ENOTUNIQ: the kernel has no name for the namespace. */
int journal_write(const struct vbr_ctx *ctx, const struct journal *journal);
/* -ENOENT: there is none; -EBADMSG: it is damaged, or of another version. */
int journal_read(struct vbr_ctx *ctx, struct journal *ret_journal);
int journal_remove(const struct vbr_ctx *ctx);
/* Of one that was read. */
void journal_drop(struct journal *journal);

#endif
