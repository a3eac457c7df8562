/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the kernel looks at when it forwards a frame; the model reads nothing
 * else. */

#ifndef VBR_TRACE_SNAPSHOT_H
#define VBR_TRACE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/arena.h"
#include "vbridge.h"

/* Consecutive VLANs of a port, or of the bridge, that are alike. */
struct trace_vlan {
	unsigned int first, last, flags; /* enum vbr_port_vlan_flag */
	unsigned int state;		 /* enum vbr_port_state */
	bool has_tunnel;
	uint32_t tunnel; /* of the first VLAN */
};

/* A port; the bridge itself has only the first part. */
struct trace_port {
	const char *name;
	int index;
	bool is_up, has_carrier;
	uint8_t mac[6];
	uint32_t mtu;
	struct trace_vlan *vlans;
	size_t vlan_count;
	unsigned int state; /* enum vbr_port_state */
	unsigned int group_fwd_mask;
	int backup_port; /* 0: none */
	bool learning, locked, mab;
	bool unicast_flood, multicast_flood, broadcast_flood;
	bool isolated, hairpin_mode, proxyarp, proxyarp_wifi, neigh_suppress;
	bool vlan_tunnel, multicast_to_unicast;
	unsigned int multicast_router;
};

struct trace_fdb {
	uint8_t mac[6];
	unsigned int vlan;
	int port; /* the index of the bridge: the bridge's own */
	enum vbr_fdb_state state;
	unsigned int flags; /* enum vbr_fdb_flag */
};

struct trace_member {
	struct address group;
	bool has_source;
	unsigned int vlan, flags; /* enum vbr_mdb_flag */
	int index;		  /* that of the bridge: the host */
};

struct trace_router {
	int index;
	unsigned int vlan;
};

struct trace_device {
	const char *name;
	int parent;
	unsigned int id, protocol;
	bool is_up;
};

struct trace_snapshot {
	unsigned int kernel; /* as 0x0601 for 6.1; 0: unknown */
	struct trace_port bridge;
	bool is_promiscuous, is_netfiltered;
	bool vlan_filtering, mst_enabled, fdb_local_vlan_0, no_linklocal_learn;
	bool stp_state, topology_change;
	bool multicast_snooping, mcast_vlan_snooping, multicast_querier;
	bool has_querier4, has_querier6; /* another one on the network */
	unsigned int vlan_protocol, group_fwd_mask, group_addr;
	unsigned int multicast_router, igmp_version, mld_version;
	unsigned int default_pvid; /* of new ports; 0: none */
	uint64_t ageing_time, forward_delay, n_learned, max_learned;
	struct trace_port *ports;
	size_t port_count;
	struct trace_fdb *fdb; /* of the addresses that were asked for */
	size_t fdb_count;
	struct trace_member *members;
	size_t member_count;
	struct trace_router *routers;
	size_t router_count;
	struct trace_device *devices;
	size_t device_count;
	/* The names above, and what the reader grows. */
	struct arena arena;
	size_t fdb_room, member_room, router_room, device_room;
};

/* Reads it; the two addresses select the FDB entries. */
int trace_snapshot_read(struct vbr_ctx *ctx, const char *bridge,
			const uint8_t src[6], const uint8_t dst[6],
			struct trace_snapshot *ret_snapshot);
/* With the whole FDB, but without groups. */
int trace_snapshot_read_fdb(struct vbr_ctx *ctx, const char *bridge,
			    struct trace_snapshot *ret_snapshot);
/* Adds the VLANs of a bridge that does not filter them; only kernels that can
 * filter have some. */
int trace_snapshot_read_vlans(struct vbr_ctx *ctx,
			      struct trace_snapshot *snapshot);
void trace_snapshot_drop(struct trace_snapshot *snapshot);

#endif
