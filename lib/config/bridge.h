/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes a bridge, in the order in which the kernel accepts it. */

#ifndef VBR_CONFIG_BRIDGE_H
#define VBR_CONFIG_BRIDGE_H

#include "config/save.h"

/*
 * Reads the state of the devices of the bridge. The caller drops it, also after
 * a failure.
 */
int save_bridge_take(struct save *save, const struct vbr_bridge *bridge,
		     struct save_bridge *ret_bridge);
void save_bridge_drop(struct save_bridge *bridge);

int save_bridge_put(struct save *save, const struct save_bridge *bridge);

#endif
