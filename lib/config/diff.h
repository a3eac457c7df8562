/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the changes from one configuration to another. */

#ifndef VBR_CONFIG_DIFF_H
#define VBR_CONFIG_DIFF_H

#include "config/comparison.h"

int diff_items(struct diff *diff);

#endif
