/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Real frames of two stations of a random bridge. */

#ifndef ORACLE_PAIR_H
#define ORACLE_PAIR_H

#include "oracle/trace.h"

#define BR "br0"
#define FRAMES 4

/* Two stations of a world, and what was predicted of them. */
struct pair {
	struct world *world;
	char words[2][VBR_MAC_TEXT_SIZE];
	unsigned int vlan;
	struct vbr_reach *reach;
};

/* Frames of other pairs may have had the addresses that stand for unknown
 * ones. */
void pair_forget_stand_ins(struct world *world);

/* Sends one of the frames. Which tag it has at the host is not captured. */
bool pair_arrives(const struct pair *pair, size_t frame);

/* It stops by what a capture does not show: the VLAN in which it came in, a VLAN
 * device of the host, the tag at the host. */
bool pair_is_invisible(const struct vbr_trace_step *stop);

#endif
