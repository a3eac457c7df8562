/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Restores options of VLANs. */

#ifndef VBR_PORT_VLAN_SET_H
#define VBR_PORT_VLAN_SET_H

struct port_vlan_list;
struct vlan_transaction;

/* Restores the options of existing VLANs, where they differ from before. */
int restore_options(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now);

#endif
