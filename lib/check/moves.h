/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about addresses that move from port to port. */

#ifndef VBR_CHECK_MOVES_H
#define VBR_CHECK_MOVES_H

struct bridge_view;
struct check;
struct moves;
struct vbr_ctx;

/*
 * Notes from now on which addresses are learned. If the kernel does not report
 * moves, nothing is written to "ret_moves". -ENOMEM.
 */
int moves_watch(struct vbr_ctx *ctx, struct moves **ret_moves);
void moves_free(struct moves *moves);

void rule_mac_moves(struct check *check, const struct bridge_view *bridge);

#endif
