/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Marks where a frame goes: tree --trace. */

#ifndef VBR_BRCTL_TREE_TRACE_H
#define VBR_BRCTL_TREE_TRACE_H

#include <stddef.h>
#include <stdio.h>

#include "commands.h"
#include "tree-layout.h"
#include "tree-words.h"

/* What happens at a device: the verdict of a step of the trace, or "in". */
struct tree_mark {
	const char *verdict;
	const char *step; /* that ends the frame's way here; or NULL */
	int vlan; /* of the frame that comes in or goes out; -1: no tag */
};

/* Traces the frame that cli->trace describes, through a bridge of the drawing.
 * Returns the status. */
int tree_trace(const struct cli *cli, struct tree *tree);

/* The next mark of a device after the first "*at"; else false. */
bool tree_next_mark(const struct tree *tree, const struct tree_device *device,
		    size_t *at, struct tree_mark *ret_mark);

/* Such as "trace: out VLAN 10". */
void tree_print_mark(FILE *stream, const struct tree_mark *mark);

enum tree_tone tree_mark_tone(const struct tree_mark *mark);

#endif
