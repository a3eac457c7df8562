/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A kernel before Linux 4.2, which does not list the groups of a socket. */

#ifndef UNIT_OLD_KERNEL_H
#define UNIT_OLD_KERNEL_H

#include <stdbool.h>

extern bool is_old_kernel;

#endif
