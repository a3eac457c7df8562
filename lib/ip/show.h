/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What a move would do, as commands. */

#ifndef VBR_IP_SHOW_H
#define VBR_IP_SHOW_H

struct move;

int show_adopt(struct move *move);
int show_release(struct move *move);

#endif
