/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The lists of bridges, ports and VLAN devices, from one dump of all devices. */

#ifndef VBR_LINK_LISTS_H
#define VBR_LINK_LISTS_H

#include <stdbool.h>

#include "vbridge.h"

struct link_info;

struct link_lists {
	struct vbr_bridges *bridges;
	struct vbr_ports *ports;
	struct vbr_vlans *vlans;
};

/* Empty lists; false: no memory. Zeroed lists can be freed, too. */
bool link_lists_begin(struct link_lists *lists);
void link_lists_free(struct link_lists *lists);

/* A device may belong to none of them, or to several. -ENOMEM. */
int link_lists_add(const struct link_lists *lists,
		   const struct link_info *info);
void link_lists_clear(const struct link_lists *lists);
void link_lists_sort(const struct link_lists *lists);

#endif
