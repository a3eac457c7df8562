/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* For tests of lists: sends a list of bridges, and checks the result. */

#ifndef UNIT_LISTS_H
#define UNIT_LISTS_H

#include "unit/fake-kernel.h"

void add_bridge(struct datagram *d, int index, const char *name);

/* Two datagrams: one or two bridges, and the end. */
void fake_list(struct fake_kernel *fake_kernel, const char *a, const char *b);

/* Checks that the list has exactly these bridges; NULL for the second: only
 * one. */
void lists(struct vbr_ctx *ctx, const char *a, const char *b);
void fails_to_list(struct vbr_ctx *ctx, int error);

#endif
