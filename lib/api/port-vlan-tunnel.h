/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tunnel ids of VLANs: checked, and given back. */

#ifndef VBR_PORT_VLAN_TUNNEL_H
#define VBR_PORT_VLAN_TUNNEL_H

#include <stdint.h>

struct port_vlan_list;
struct vbr_ctx;
struct vbr_vids;
struct vlan_transaction;

int tunnel_refuse_bridge(struct vbr_ctx *ctx);
/* Whether there are ids for so many, from this one on. */
int tunnel_check_ids(struct vbr_ctx *ctx, const struct vbr_vids *vids,
		     uint32_t first);

/* Gives VLANs that are there the tunnel ids that they had, as far as they do
 * not have them now. */
int restore_tunnels(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now);

#endif
