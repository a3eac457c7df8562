/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The drawing as JSON. */

#ifndef VBR_BRCTL_TREE_JSON_H
#define VBR_BRCTL_TREE_JSON_H

#include "tree-layout.h"

/* Prints each device once, by index. */
void tree_print_json(const struct tree *tree);

#endif
