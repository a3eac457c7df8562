/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the VLANs of one device, for who changes them. */

#ifndef VBR_PORT_VLAN_H
#define VBR_PORT_VLAN_H

#include "api/port-vlan-list.h"

/* The VLANs of one device of a bridge, for who changes them: cheaper than all.
 * port_vlan_list_clear() when done. */
int port_vlan_read_device(struct vbr_ctx *ctx, int device, enum vbr_scope scope,
			  struct port_vlan_list *ret_list);
/* The same, or -EOPNOTSUPP of a kernel that would have to list all links for
 * it: before Linux 5.6, or built without VLANs of bridges. */
int port_vlan_read_cheaply(struct vbr_ctx *ctx, int device,
			   struct port_vlan_list *ret_list);
#endif
