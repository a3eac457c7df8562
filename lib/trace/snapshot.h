/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the kernel looks at when it forwards a frame; the model reads nothing
 * else. read.c makes it. */

#ifndef VBR_TRACE_SNAPSHOT_H
#define VBR_TRACE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/arena.h"
#include "core/hooks.h"
#include "vbridge.h"

/* Consecutive VLANs of a port, or of the bridge, that are alike. */
struct trace_vlan {
	unsigned int first, last, flags; /* enum vbr_port_vlan_flag */
	unsigned int state;		 /* enum vbr_port_state */
	unsigned int multicast_router;
	bool has_tunnel, neigh_suppress;
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
	bool isolated, hairpin_mode, proxyarp, proxyarp_wifi;
	bool neigh_suppress, neigh_vlan_suppress;
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
	struct address group, source;
	bool has_source;
	unsigned int vlan, flags; /* enum vbr_mdb_flag */
	int index;		  /* that of the bridge: the host */
};

struct trace_router {
	int index;
	unsigned int vlan;
};

/* Multicast snooping of the bridge, or of some of its VLANs. */
struct trace_mcast {
	unsigned int first, last; /* the VLANs */
	bool snooping, querier;
	bool has_querier4, has_querier6; /* another one on the network */
	unsigned int igmp_version, mld_version;
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
	bool is_promiscuous;
	struct hooks hooks;
	/* The option by which br_netfilter passes frames to rules; or NULL. */
	const char *called_by[HOOK_OWNERS];
	bool calls_with_tags; /* also frames with a tag */
	/* Options that only kernels after TRACE_KERNEL have; or NULL. */
	const char *new_options;
	bool vlan_filtering, mst_enabled, fdb_local_vlan_0, no_linklocal_learn;
	bool stp_state, topology_change;
	struct trace_mcast mcast;
	bool mcast_vlan_snooping;
	struct trace_mcast *vlan_mcasts; /* with mcast_vlan_snooping */
	size_t vlan_mcast_count;
	unsigned int vlan_protocol, group_fwd_mask, group_addr;
	unsigned int multicast_router;
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

/* Which FDB entries are needed. The groups are read if "dst" is one. */
struct trace_query {
	const uint8_t *src, *dst; /* NULL: all entries */
	/* The frame, if it is only one: where it comes in, or 0 for the host,
	 * and its tag, or -1. */
	bool is_frame;
	int in, tag;
};

void trace_snapshot_drop(struct trace_snapshot *snapshot);

#endif
