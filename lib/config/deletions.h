/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Consecutive lines of a plan that delete bridges and VLAN devices. */

#ifndef VBR_CONFIG_DELETIONS_H
#define VBR_CONFIG_DELETIONS_H

#include "core/link-group.h"
#include "vbridge.h"

struct deletions {
	struct link_member *members;
	size_t count, room;
	const char *first, *end; /* the lines */
};

/* Adds the device that the first line of the text deletes, or the first two.
 * Returns the length of these; 0: they delete none. */
size_t deletions_take(struct vbr_ctx *ctx, struct deletions *deletions,
		      const char *text);

/* Deletes all, or none, and empties the list. */
int deletions_run(struct vbr_ctx *ctx, struct deletions *deletions);

void deletions_drop(struct deletions *deletions);

#endif
