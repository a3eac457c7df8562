/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets of VLAN ids; no kernel, no I/O. */

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

/* What is wrong with a text. */
struct vids_fault {
	enum vids_fault_kind {
		VIDS_UNEXPECTED, /* what follows "at", or its end */
		VIDS_DESCENDING, /* the range of "len" bytes at "at" */
		VIDS_TWICE,	 /* the id "vid" */
		VIDS_TOO_LARGE
	} kind;
	const char *at;
	int len;
	unsigned int vid;
};

/* "ret_fault" is written if the text is refused. */
int vids_parse(const char *text, struct vbr_vids *ret_vids,
	       struct vids_fault *ret_fault);
void vids_add(struct vbr_vids *vids, unsigned int vid);
bool vids_has(const struct vbr_vids *vids, unsigned int vid);
size_t vids_count(const struct vbr_vids *vids);

/* The next id after "after" (-1: the first), or -1 for none. */
int vids_next(const struct vbr_vids *vids, int after);

/* The first id of the next range after "after"; "ret_last" is its last id. */
int vids_next_run(const struct vbr_vids *vids, int after, int *ret_last);

#endif
