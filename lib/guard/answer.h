/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the process that guards a change answers. */

#ifndef VBR_GUARD_ANSWER_H
#define VBR_GUARD_ANSWER_H

#include <stddef.h>

#include "vbridge.h"

/*
 * Sends an errno and its sentence, or the state that an undo has left, which
 * may be NULL.
 */
void answer_send(int connection, const struct vbr_ctx *ctx, int rc,
		 const struct vbr_config *left);
/*
 * The errnos: -EPERM: the process may not decide; -EAGAIN: the change is still
 * being made; -ECANCELED: it was undone.
 */
void answer_refuse(int connection, int error);

/* Sends the remaining time and the command of a change. */
void answer_tell(int connection, int seconds, const char *what);

/* Reads to the end of the connection; adds a NUL, and allocates the memory. */
int answer_read(int connection, char **ret_text, size_t *ret_len);
/* Reads what answer_send() sends, and sets the error of the context. "ret_left"
 * may be NULL. */
int answer_take(int connection, struct vbr_ctx *ctx,
		struct vbr_config **ret_left);

#endif
