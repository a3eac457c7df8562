/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the permanent multicast groups of ports. */

#ifndef VBR_CONFIG_MDB_H
#define VBR_CONFIG_MDB_H

#include "config/save.h"

void save_mdb(struct save *save, const struct save_bridge *bridge);

#endif
