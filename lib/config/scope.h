/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Which items a comparison may change although no line names them. */

#ifndef VBR_CONFIG_SCOPE_H
#define VBR_CONFIG_SCOPE_H

#include <stdbool.h>

#include "config/comparison.h"

/*
 * For an undo: whether the named configuration has the device, or a device
 * below it, on which it depends.
 */
bool scope_is_named(const struct diff *diff, const char *name);

bool scope_has(const struct diff *diff, const struct item *item);

/*
 * Whether an item of "from" is deleted although no line says so, and not as a
 * consequence of another deletion.
 */
bool scope_removes(const struct diff *diff, const struct item *item);

#endif
