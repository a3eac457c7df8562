/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds devices that would be on top of themselves. */

#ifndef VBR_CONFIG_LOOPS_H
#define VBR_CONFIG_LOOPS_H

#include "config/comparison.h"

/* Fails with -ELOOP, and names the line. */
int loops_check(struct diff *diff);

#endif
