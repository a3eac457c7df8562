/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets of VLAN ids; knows no kernel and does no I/O. */

#ifndef VBR_BASE_VIDS_H
#define VBR_BASE_VIDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ids go from 0 to 4094: 4095 is reserved. */
#define VID_MAX 4094

struct vbr_vids {
	uint64_t bits[64];
};

int vids_parse(const char *text, struct vbr_vids *ret_vids);
void vids_add(struct vbr_vids *vids, unsigned int vid);
bool vids_has(const struct vbr_vids *vids, unsigned int vid);
size_t vids_count(const struct vbr_vids *vids);

/* The next id behind "after" (-1: the first); -1: none. */
int vids_next(const struct vbr_vids *vids, int after);

/* The next run of ids behind "after", its first; "ret_last" is its last. */
int vids_next_run(const struct vbr_vids *vids, int after, int *ret_last);

#endif
