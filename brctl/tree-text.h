/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The drawing as text. */

#ifndef VBR_BRCTL_TREE_TEXT_H
#define VBR_BRCTL_TREE_TEXT_H

#include "tree-layout.h"

/* Prints it on stdout. False: no memory. */
bool tree_print_text(const struct tree *tree);

#endif
