/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes devices once each, after what they need. */

#ifndef VBR_CONFIG_ORDER_H
#define VBR_CONFIG_ORDER_H

#include "config/save.h"

/* By their position in the list of bridges, and of VLAN devices. */
int save_bridge_at(struct save *save, size_t i);
int save_vlan_at(struct save *save, size_t i);

#endif
