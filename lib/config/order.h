/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes devices once each, after what they need. */

#ifndef VBR_CONFIG_ORDER_H
#define VBR_CONFIG_ORDER_H

#include "config/save.h"

int save_bridge(struct save *save, const struct vbr_bridge *bridge);
int save_vlan(struct save *save, const struct vbr_vlan *vlan);

#endif
