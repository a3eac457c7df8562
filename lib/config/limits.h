/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options that limit the number of multicast groups. */

#ifndef VBR_CONFIG_LIMITS_H
#define VBR_CONFIG_LIMITS_H

#include "config/item.h"

/* Whether the item raises a limit of an object that exists: that comes before
 * new groups. */
bool limit_is_raised(const struct items *from, const struct item *item);

#endif
