/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Real frames between two stations of a random bridge. */

#ifndef ORACLE_PAIR_H
#define ORACLE_PAIR_H

#include "oracle/trace.h"

#define BR "br0"
#define FRAMES 4

/* Two stations, and the prediction about their frames. */
struct pair {
	struct world *world;
	char words[2][VBR_MAC_TEXT_SIZE];
	unsigned int vlan;
	struct vbr_reach *reach;
};

/* Deletes FDB entries of the addresses that replace unknown ones: frames of
 * other pairs may have used them. */
void pair_forget_stand_ins(struct world *world);

/* Sends one of the frames and returns whether it arrives. At the host, its tag
 * is not captured. */
bool pair_arrives(const struct pair *pair, size_t frame);

/* Whether a capture cannot show this stop: the ingress VLAN, a VLAN device of
 * the host, the tag at the host. */
bool pair_is_invisible(const struct vbr_trace_step *stop);

#endif
