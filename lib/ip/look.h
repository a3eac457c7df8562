/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds, before a move, what does not move along. */

#ifndef VBR_IP_LOOK_H
#define VBR_IP_LOOK_H

struct move;

/*
 * Report it to the caller. -EBUSY: the move would break something, and was not
 * forced.
 */
int look_adopt(struct move *move);
int look_release(struct move *move);

#endif
