/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Checks and restores the tunnel ids of VLANs. */

#ifndef VBR_PORT_VLAN_TUNNEL_H
#define VBR_PORT_VLAN_TUNNEL_H

#include <stdint.h>

struct port_vlan_list;
struct vbr_ctx;
struct vbr_vids;
struct vlan_transaction;

int tunnel_refuse_bridge(struct vbr_ctx *ctx);
/* -ERANGE: there are not enough ids from "first" on. */
int tunnel_check_ids(struct vbr_ctx *ctx, const struct vbr_vids *vids,
		     uint32_t first);

/* Restores the tunnel ids of existing VLANs, where they differ from before. */
int restore_tunnels(const struct vlan_transaction *txn,
		    const struct port_vlan_list *now);

#endif
