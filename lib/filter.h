/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What reading VLANs of ports and changing them share. */

#ifndef VBR_FILTER_H
#define VBR_FILTER_H

#include <stddef.h>

#include "base/arena.h"
#include "vbridge.h"
#include "wire/filter.h"

struct filter_list {
	size_t count, room;
	struct vbr_filter *rows;
	struct arena arena;		/* their options */
};

/* The VLANs of one device of a bridge, for who changes them: cheaper than all.
 * filter_list_clear() when done. */
int filter_read_device(struct vbr_ctx *ctx, int device,
		       enum option_scope scope, struct filter_list *ret_list);
void filter_list_clear(struct filter_list *list);

#endif
