/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Pictures, which Graphviz draws. */

#ifndef VBR_BRCTL_TREE_SVG_H
#define VBR_BRCTL_TREE_SVG_H

#include <stddef.h>

struct cli;

/* Draws a graph in the language of Graphviz into a file; "-": stdout. Writes
 * nothing unless the drawing is complete. Returns the status. */
int tree_draw_svg(const struct cli *cli, const char *graph, size_t len,
		  const char *file);

#endif
