/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the kernel sends and accepts: attribute, size, byte order. The numbers
 * are written out: names would hide errors in the headers or in kernel.h. */

#include "unit.h"

#include "unit/options.h"

#include <string.h>

#define BRIDGE VBR_SCOPE_BRIDGE
#define PORT VBR_SCOPE_PORT
#define VLAN VBR_SCOPE_VLAN
#define PORT_VLAN VBR_SCOPE_PORT_VLAN
#define BRIDGE_VLAN VBR_SCOPE_BRIDGE_VLAN
#define RW true
#define RO false

/* Columns after the name: the containing nest or 0, the attribute, its size,
 * its form, whether it can be set, and the number of a bit. */
const struct known_option known_options[] = {
	{ BRIDGE, "forward_delay", 0, 1, 4, NATIVE, RW },
	{ BRIDGE, "hello_time", 0, 2, 4, NATIVE, RW },
	{ BRIDGE, "max_age", 0, 3, 4, NATIVE, RW },
	{ BRIDGE, "ageing_time", 0, 4, 4, NATIVE, RW },
	{ BRIDGE, "stp_state", 0, 5, 4, NATIVE, RW },
	{ BRIDGE, "stp_mode", 0, 50, 4, NATIVE, RW },
	{ BRIDGE, "priority", 0, 6, 2, NATIVE, RW },
	{ BRIDGE, "group_addr", 0, 20, 6, BIG, RW },
	{ BRIDGE, "group_fwd_mask", 0, 9, 2, NATIVE, RW },
	{ BRIDGE, "root_id", 0, 10, 8, BIG, RO },
	{ BRIDGE, "bridge_id", 0, 11, 8, BIG, RO },
	{ BRIDGE, "root_port", 0, 12, 2, NATIVE, RO },
	{ BRIDGE, "root_path_cost", 0, 13, 4, NATIVE, RO },
	{ BRIDGE, "topology_change", 0, 14, 1, NATIVE, RO },
	{ BRIDGE, "topology_change_detected", 0, 15, 1, NATIVE, RO },
	{ BRIDGE, "hello_timer", 0, 16, 8, NATIVE, RO },
	{ BRIDGE, "tcn_timer", 0, 17, 8, NATIVE, RO },
	{ BRIDGE, "topology_change_timer", 0, 18, 8, NATIVE, RO },
	{ BRIDGE, "gc_timer", 0, 19, 8, NATIVE, RO },
	{ BRIDGE, "vlan_filtering", 0, 7, 1, NATIVE, RW },
	{ BRIDGE, "vlan_protocol", 0, 8, 2, BIG, RW },
	{ BRIDGE, "default_pvid", 0, 39, 2, NATIVE, RW },
	{ BRIDGE, "vlan_stats_enabled", 0, 41, 1, NATIVE, RW },
	{ BRIDGE, "vlan_stats_per_port", 0, 45, 1, NATIVE, RW },
	{ BRIDGE, "mst_enabled", 0, 46, 8, BIT, RW, 2 },
	{ BRIDGE, "flush", 0, 21, 0, FLAG, RW },
	{ BRIDGE, "fdb_n_learned", 0, 48, 4, NATIVE, RO },
	{ BRIDGE, "fdb_max_learned", 0, 49, 4, NATIVE, RW },
	{ BRIDGE, "fdb_local_vlan_0", 0, 46, 8, BIT, RW, 4 },
	{ BRIDGE, "no_linklocal_learn", 0, 46, 8, BIT, RW, 0 },
	{ BRIDGE, "multicast_snooping", 0, 23, 1, NATIVE, RW },
	{ BRIDGE, "mcast_vlan_snooping", 0, 46, 8, BIT, RW, 1 },
	{ BRIDGE, "multicast_router", 0, 22, 1, NATIVE, RW },
	{ BRIDGE, "multicast_querier", 0, 25, 1, NATIVE, RW },
	{ BRIDGE, "multicast_query_use_ifaddr", 0, 24, 1, NATIVE, RW },
	{ BRIDGE, "multicast_igmp_version", 0, 43, 1, NATIVE, RW },
	{ BRIDGE, "multicast_mld_version", 0, 44, 1, NATIVE, RW },
	{ BRIDGE, "hash_elasticity", 0, 26, 4, NATIVE, RW },
	{ BRIDGE, "hash_max", 0, 27, 4, NATIVE, RW },
	{ BRIDGE, "multicast_last_member_count", 0, 28, 4, NATIVE, RW },
	{ BRIDGE, "multicast_last_member_interval", 0, 30, 8, NATIVE, RW },
	{ BRIDGE, "multicast_startup_query_count", 0, 29, 4, NATIVE, RW },
	{ BRIDGE, "multicast_startup_query_interval", 0, 35, 8, NATIVE, RW },
	{ BRIDGE, "multicast_query_interval", 0, 33, 8, NATIVE, RW },
	{ BRIDGE, "multicast_query_response_interval", 0, 34, 8, NATIVE, RW },
	{ BRIDGE, "multicast_membership_interval", 0, 31, 8, NATIVE, RW },
	{ BRIDGE, "multicast_querier_interval", 0, 32, 8, NATIVE, RW },
	{ BRIDGE, "multicast_stats_enabled", 0, 42, 1, NATIVE, RW },
	{ BRIDGE, "mdb_offload_fail_notification", 0, 46, 8, BIT, RW, 3 },
	{ BRIDGE, "querier_ipv4_address", 47, 1, 4, BIG, RO },
	{ BRIDGE, "querier_ipv4_port", 47, 2, 4, NATIVE, RO },
	{ BRIDGE, "querier_ipv4_timer", 47, 3, 8, NATIVE, RO },
	{ BRIDGE, "querier_ipv6_address", 47, 5, 16, BIG, RO },
	{ BRIDGE, "querier_ipv6_port", 47, 6, 4, NATIVE, RO },
	{ BRIDGE, "querier_ipv6_timer", 47, 7, 8, NATIVE, RO },
	{ BRIDGE, "nf_call_iptables", 0, 36, 1, NATIVE, RW },
	{ BRIDGE, "nf_call_ip6tables", 0, 37, 1, NATIVE, RW },
	{ BRIDGE, "nf_call_arptables", 0, 38, 1, NATIVE, RW },
	{ PORT, "state", 0, 1, 1, NATIVE, RW },
	{ PORT, "priority", 0, 2, 2, NATIVE, RW },
	{ PORT, "path_cost", 0, 3, 4, NATIVE, RW },
	{ PORT, "hairpin_mode", 0, 4, 1, NATIVE, RW },
	{ PORT, "bpdu_guard", 0, 5, 1, NATIVE, RW },
	{ PORT, "root_block", 0, 6, 1, NATIVE, RW },
	{ PORT, "designated_root", 0, 13, 8, BIG, RO },
	{ PORT, "designated_bridge", 0, 14, 8, BIG, RO },
	{ PORT, "designated_port", 0, 15, 2, NATIVE, RO },
	{ PORT, "designated_cost", 0, 16, 2, NATIVE, RO },
	{ PORT, "port_id", 0, 17, 2, NATIVE, RO },
	{ PORT, "port_no", 0, 18, 2, NATIVE, RO },
	{ PORT, "change_ack", 0, 19, 1, NATIVE, RO },
	{ PORT, "config_pending", 0, 20, 1, NATIVE, RO },
	{ PORT, "message_age_timer", 0, 21, 8, NATIVE, RO },
	{ PORT, "forward_delay_timer", 0, 22, 8, NATIVE, RO },
	{ PORT, "hold_timer", 0, 23, 8, NATIVE, RO },
	{ PORT, "learning", 0, 8, 1, NATIVE, RW },
	{ PORT, "learning_sync", 0, 11, 1, NATIVE, RW },
	{ PORT, "locked", 0, 39, 1, NATIVE, RW },
	{ PORT, "mab", 0, 40, 1, NATIVE, RW },
	{ PORT, "flush", 0, 24, 0, FLAG, RW },
	{ PORT, "unicast_flood", 0, 9, 1, NATIVE, RW },
	{ PORT, "multicast_flood", 0, 27, 1, NATIVE, RW },
	{ PORT, "broadcast_flood", 0, 30, 1, NATIVE, RW },
	{ PORT, "isolated", 0, 33, 1, NATIVE, RW },
	{ PORT, "group_fwd_mask", 0, 31, 2, NATIVE, RW },
	{ PORT, "proxyarp", 0, 10, 1, NATIVE, RW },
	{ PORT, "proxyarp_wifi", 0, 12, 1, NATIVE, RW },
	{ PORT, "neigh_suppress", 0, 32, 1, NATIVE, RW },
	{ PORT, "neigh_vlan_suppress", 0, 43, 1, NATIVE, RW },
	{ PORT, "neigh_forward_grat", 0, 45, 1, NATIVE, RW },
	{ PORT, "vlan_tunnel", 0, 29, 1, NATIVE, RW },
	{ PORT, "backup_port", 0, 34, 4, NATIVE, RW },
	{ PORT, "backup_nhid", 0, 44, 4, NATIVE, RW },
	{ PORT, "multicast_router", 0, 25, 1, NATIVE, RW },
	{ PORT, "multicast_fast_leave", 0, 7, 1, NATIVE, RW },
	{ PORT, "multicast_to_unicast", 0, 28, 1, NATIVE, RW },
	{ PORT, "mcast_n_groups", 0, 41, 4, NATIVE, RO },
	{ PORT, "mcast_max_groups", 0, 42, 4, NATIVE, RW },
	{ PORT, "mcast_eht_hosts_limit", 0, 37, 4, NATIVE, RW },
	{ PORT, "mcast_eht_hosts_cnt", 0, 38, 4, NATIVE, RO },
	{ PORT, "mrp_ring_open", 0, 35, 1, NATIVE, RO },
	{ PORT, "mrp_in_open", 0, 36, 1, NATIVE, RO },
	{ VLAN, "id", 0, 1, 2, NATIVE, RO },
	{ VLAN, "protocol", 0, 5, 2, BIG, RO },
	{ VLAN, "reorder_hdr", 0, 2, 8, BIT, RW, 0 },
	{ VLAN, "gvrp", 0, 2, 8, BIT, RW, 1 },
	{ VLAN, "loose_binding", 0, 2, 8, BIT, RW, 2 },
	{ VLAN, "mvrp", 0, 2, 8, BIT, RW, 3 },
	{ VLAN, "bridge_binding", 0, 2, 8, BIT, RW, 4 },
	{ VLAN, "ingress_qos_map", 0, 4, 0, MAP, RO },
	{ VLAN, "egress_qos_map", 0, 3, 0, MAP, RO },
	{ PORT_VLAN, "state", 0, 3, 1, NATIVE, RW },
	{ PORT_VLAN, "mcast_router", 0, 6, 1, NATIVE, RW },
	{ PORT_VLAN, "mcast_n_groups", 0, 7, 4, NATIVE, RO },
	{ PORT_VLAN, "mcast_max_groups", 0, 8, 4, NATIVE, RW },
	{ PORT_VLAN, "neigh_suppress", 0, 9, 1, NATIVE, RW },
	{ PORT_VLAN, "neigh_forward_grat", 0, 10, 1, NATIVE, RW },
	{ PORT_VLAN, "tunnel_id", 4, 1, 4, NATIVE, RO },
	{ PORT_VLAN, "rx_bytes", 5, 1, 8, NATIVE, RO },
	{ PORT_VLAN, "rx_packets", 5, 2, 8, NATIVE, RO },
	{ PORT_VLAN, "tx_bytes", 5, 3, 8, NATIVE, RO },
	{ PORT_VLAN, "tx_packets", 5, 4, 8, NATIVE, RO },
	{ BRIDGE_VLAN, "mcast_snooping", 0, 3, 1, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_querier", 0, 15, 1, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_igmp_version", 0, 4, 1, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_mld_version", 0, 5, 1, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_last_member_count", 0, 6, 4, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_last_member_interval", 0, 8, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_startup_query_count", 0, 7, 4, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_startup_query_interval", 0, 14, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_query_interval", 0, 12, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_query_response_interval", 0, 13, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_membership_interval", 0, 10, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "mcast_querier_interval", 0, 11, 8, NATIVE, RW },
	{ BRIDGE_VLAN, "msti", 0, 18, 2, NATIVE, RW },
	{ BRIDGE_VLAN, "querier_ipv4_address", 17, 1, 4, BIG, RO },
	{ BRIDGE_VLAN, "querier_ipv4_port", 17, 2, 4, NATIVE, RO },
	{ BRIDGE_VLAN, "querier_ipv4_timer", 17, 3, 8, NATIVE, RO },
	{ BRIDGE_VLAN, "querier_ipv6_address", 17, 5, 16, BIG, RO },
	{ BRIDGE_VLAN, "querier_ipv6_port", 17, 6, 4, NATIVE, RO },
	{ BRIDGE_VLAN, "querier_ipv6_timer", 17, 7, 8, NATIVE, RO },
};

const size_t known_count = COUNT(known_options);

const struct known_option *known_find(enum vbr_scope scope, const char *name)
{
	for (size_t i = 0; i < known_count; i++)
		if (known_options[i].scope == scope &&
		    strcmp(known_options[i].name, name) == 0)
			return &known_options[i];
	fail_msg("no option %s", name);
	return NULL;
}

const struct vbr_option *known_row(const struct known_option *known)
{
	const struct vbr_option *row = option_find(known->scope, known->name);

	check(row != NULL, "no option %s", known->name);
	return row;
}

uint64_t known_max(const struct known_option *known)
{
	switch (known->form) {
	case BIT:
	case FLAG:
		return 1;
	default:
		/* A map is not a number. */
		if (known->width == 0)
			return 0;
		return known->width > 8 ? UINT64_MAX
					: UINT64_MAX >> (64 - 8 * known->width);
	}
}
