/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the FDB entries that somebody added. */

#ifndef VBR_CONFIG_FDB_H
#define VBR_CONFIG_FDB_H

#include "config/save.h"

void save_fdb(struct save *save, const struct save_bridge *bridge);

#endif
