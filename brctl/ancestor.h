/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The environment of the processes that started this one. */

#ifndef BRCTL_ANCESTOR_H
#define BRCTL_ANCESTOR_H

#include <stdbool.h>
#include <stddef.h>

/* Finds the variable in the nearest ancestor that was started with it. Returns
 * false if there is none, or it cannot be read; then nothing is written. */
bool ancestor_getenv(const char *name, char *ret_value, size_t size);

#endif
