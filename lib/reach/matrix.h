/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of who reaches whom, in each VLAN. The model asks no kernel. */

#ifndef VBR_REACH_MATRIX_H
#define VBR_REACH_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "trace/snapshot.h"

struct vbr_reach;

struct matrix {
	size_t member_count; /* the ports, and last the host */
	unsigned int *vlans; /* ascending; only 0: the bridge does not filter */
	size_t vlan_count;
	/* Of each VLAN and member: the number of its kind; 0: not in the VLAN. */
	size_t *kinds;
	size_t kind_count; /* with 0 */
	bool *works;	   /* of each two kinds, the lower member first */
	/* Of each VLAN and member: the first member that reaches the same. */
	size_t *groups;
	size_t *same; /* of each VLAN: the first VLAN with the same result */
};

/* The snapshot has the whole FDB, and loses entries that do not matter.
 * "notes" receives what the model does not know. -ENOMEM; then there is nothing
 * to drop. */
int matrix_make(struct trace_snapshot *snapshot, struct vbr_reach *notes,
		struct matrix *ret_matrix);
void matrix_drop(struct matrix *matrix);

/* Whether the member is in the VLAN; both are indexes of this matrix. */
bool matrix_has(const struct matrix *matrix, size_t vlan, size_t member);
bool matrix_works(const struct matrix *matrix, size_t vlan, size_t one,
		  size_t other);

#endif
