/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes VLAN devices. */

#ifndef VBR_CONFIG_VLAN_H
#define VBR_CONFIG_VLAN_H

#include <stdbool.h>

#include "config/save.h"

/*
 * "sets_up": the parent is not in the file, so its VLAN device is set up here
 * if needed.
 */
void save_vlan_put(struct save *save, const struct vbr_vlan *vlan,
		   bool sets_up);

#endif
