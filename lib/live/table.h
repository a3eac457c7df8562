/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The tables of a live trace. */

#ifndef VBR_LIVE_TABLE_H
#define VBR_LIVE_TABLE_H

#include <stdint.h>

struct vbr_live;

/* Opens the socket, makes the tables, and listens. Returns 0 or a negative errno:
 * -EOPNOTSUPP: the kernel cannot; -EPERM. */
int live_table_make(struct vbr_live *live);

/* How many frames the rule has counted. */
int live_table_count(const struct vbr_live *live, uint64_t *ret_count);

#endif
