/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the VLANs of one device, for the functions that change them. */

#ifndef VBR_PORT_VLAN_H
#define VBR_PORT_VLAN_H

#include "api/port-vlan-list.h"

/* The VLANs of one device of a bridge; cheaper than reading all. Free with
 * port_vlan_list_clear(). */
int port_vlan_read_device(struct vbr_ctx *ctx, int device, enum vbr_scope scope,
			  struct port_vlan_list *ret_list);
/* The same, but returns -EOPNOTSUPP if the kernel would have to list all links:
 * before Linux 5.6, or if it was built without bridge VLANs. */
int port_vlan_read_cheaply(struct vbr_ctx *ctx, int device,
			   struct port_vlan_list *ret_list);

/*
 * The position of the first row of a port, or of the bridge itself, in a list
 * of all; if there is none, the position where it would be.
 */
size_t port_vlans_of(const struct vbr_port_vlans *vlans, int bridge,
		     int member);

#endif
