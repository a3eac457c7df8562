/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The drawing in the language of Graphviz. */

#ifndef VBR_BRCTL_TREE_DOT_H
#define VBR_BRCTL_TREE_DOT_H

#include <stdio.h>

#include "tree-layout.h"

/* "netns": the name of the namespace of the bridges, or NULL. False: no
 * memory. */
bool tree_print_dot(FILE *stream, const struct tree *tree, const char *netns);

#endif
