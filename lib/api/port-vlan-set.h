/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options of VLANs, given back. */

#ifndef VBR_PORT_VLAN_SET_H
#define VBR_PORT_VLAN_SET_H

struct port_vlan_list;
struct vlan_transaction;

/* Gives VLANs that are there the options that they had, as far as they do not
 * have them now. */
int restore_options(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now);

#endif
