/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of VLAN devices, of port VLANs, and of bridge VLANs; each row is
 * one. */

#include "config.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>

#include "wire/kernel.h"
#include "wire/option.h"

/* Bit numbers in IFLA_VLAN_FLAGS; VLAN_FLAG_* of linux/if_vlan.h are masks. */
enum { REORDER_HDR, GVRP, LOOSE_BINDING, MVRP, BRIDGE_BINDING };

/* The kernel omits IFLA_VLAN_FLAGS while no flag is set. */
static const struct vbr_option device_rows[] = {
	{ "id", "", IFLA_VLAN_ID, NUMBER(WIRE_U16, 0, 4094), READABLE,
	  .since = "2.6.25", .help = N_("the VLAN's number") },
	{ "protocol", "", IFLA_VLAN_PROTOCOL, .wire = WIRE_BE16,
	  .type = VBR_OPTION_PROTOCOL, READABLE, .max = UINT16_MAX,
	  .since = "3.10", .help = N_("the tag: 802.1Q or 802.1ad") },
	{ "reorder_hdr", "", IFLA_VLAN_FLAGS, BOOL_BIT(REORDER_HDR), SPARSE,
	  .initial = 1, .since = "2.6.25",
	  .help = N_("the tag is taken out of frames") },
	{ "gvrp", "", IFLA_VLAN_FLAGS, BOOL_BIT(GVRP), SPARSE,
	  .since = "2.6.25", .help = N_("the VLAN is announced by GVRP") },
	{ "loose_binding", "", IFLA_VLAN_FLAGS, BOOL_BIT(LOOSE_BINDING), SPARSE,
	  .since = "2.6.32",
	  .help = N_("the device may be up though its parent is down") },
	{ "mvrp", "", IFLA_VLAN_FLAGS, BOOL_BIT(MVRP), SPARSE, .since = "3.9",
	  .help = N_("the VLAN is announced by MVRP") },
	{ "bridge_binding", "", IFLA_VLAN_FLAGS, BOOL_BIT(BRIDGE_BINDING),
	  SPARSE, .since = "5.2",
	  .help = N_("the device, on a bridge, is up while a port of its "
		     "VLAN is") },
	{ "ingress_qos_map", "ingress-qos-map", IFLA_VLAN_INGRESS_QOS,
	  .wire = WIRE_MAP, .type = VBR_OPTION_MAP, READABLE, .since = "2.6.25",
	  .help = N_("tag's priority:packet's priority, of frames that "
		     "come in") },
	{ "egress_qos_map", "egress-qos-map", IFLA_VLAN_EGRESS_QOS,
	  .wire = WIRE_MAP, .type = VBR_OPTION_MAP, READABLE, .since = "2.6.25",
	  .help = N_("packet's priority:tag's priority, of frames that go "
		     "out") },
};

const struct option_table option_vlan_table = OPTION_ROWS(device_rows);

#define COUNTER(attr) \
	(attr), BRIDGE_VLANDB_ENTRY_STATS, NUMBER(WIRE_U64, 0, UINT64_MAX), \
		READABLE, .since = "5.7"

static const struct vbr_option port_rows[] = {
	{ "state", "", BRIDGE_VLANDB_ENTRY_STATE,
	  ENUM(WIRE_U8, 4, "disabled listening learning forwarding blocking"),
	  SETTABLE, .initial = VARIES, .since = "5.6",
	  .help = N_("whether frames of the VLAN pass; not with STP or MST") },
	{ "mcast_router", "", VB_BRIDGE_VLANDB_ENTRY_MCAST_ROUTER,
	  NUMBER(WIRE_U8, 0, 3), SETTABLE, .initial = 1, .since = "5.15",
	  .help = N_("a multicast router is here: 0 never, 1 if heard, 2 "
		     "always, 3 for now") },
	{ "mcast_n_groups", "", VB_BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), READABLE, .since = "6.3",
	  .help = N_("how many multicast groups the port is in, on this "
		     "VLAN") },
	{ "mcast_max_groups", "", VB_BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), SPARSE, .since = "6.3",
	  .help = N_("the largest number of multicast groups on the port "
		     "and VLAN; 0: no limit") },
	{ "neigh_suppress", "", VB_BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS, BOOL,
	  SETTABLE, .since = "6.4",
	  .help = N_("ARP and ND are not sent through this port if the "
		     "bridge can answer them") },
	{ "neigh_forward_grat", "", VB_BRIDGE_VLANDB_ENTRY_NEIGH_FORWARD_GRAT,
	  BOOL, SETTABLE, .since = "7.2",
	  .help = N_("gratuitous ARP and ND are sent in spite of "
		     "neigh_suppress") },
	{ "tunnel_id", "", BRIDGE_VLANDB_TINFO_ID,
	  BRIDGE_VLANDB_ENTRY_TUNNEL_INFO, NUMBER(WIRE_U32, 0, UINT32_MAX),
	  READABLE, .since = "5.7",
	  .help = N_("the tunnel id that the VLAN is mapped to") },
	{ "rx_bytes", "", COUNTER(BRIDGE_VLANDB_STATS_RX_BYTES),
	  .help = N_("bytes that came in") },
	{ "rx_packets", "", COUNTER(BRIDGE_VLANDB_STATS_RX_PACKETS),
	  .help = N_("frames that came in") },
	{ "tx_bytes", "", COUNTER(BRIDGE_VLANDB_STATS_TX_BYTES),
	  .help = N_("bytes that went out") },
	{ "tx_packets", "", COUNTER(BRIDGE_VLANDB_STATS_TX_PACKETS),
	  .help = N_("frames that went out") },
};

const struct option_table option_port_vlan_table = OPTION_ROWS(port_rows);

#define GLOBAL(name) VB_BRIDGE_VLANDB_GOPTS_##name
#define QUERIER(name) VB_BRIDGE_QUERIER_##name, GLOBAL(MCAST_QUERIER_STATE)

static const struct vbr_option bridge_rows[] = {
	{ "mcast_snooping", "", GLOBAL(MCAST_SNOOPING), BOOL, SETTABLE,
	  .initial = 1, .since = "5.15",
	  .help = N_("multicast goes only to members that asked for it "
		     "(IGMP, MLD)") },
	{ "mcast_querier", "", GLOBAL(MCAST_QUERIER), BOOL, SETTABLE,
	  .since = "5.15",
	  .help = N_("the bridge sends multicast queries if there is no "
		     "other querier") },
	{ "mcast_igmp_version", "", GLOBAL(MCAST_IGMP_VERSION),
	  NUMBER(WIRE_U8, 2, 3), SETTABLE, .initial = 2, .since = "5.15",
	  .help = N_("IGMP version of the multicast queries") },
	{ "mcast_mld_version", "", GLOBAL(MCAST_MLD_VERSION),
	  NUMBER(WIRE_U8, 1, 2), SETTABLE, .initial = 1, .since = "5.15",
	  .help = N_("MLD version of the multicast queries") },
	{ "mcast_last_member_count", "", GLOBAL(MCAST_LAST_MEMBER_CNT),
	  NUMBER(WIRE_U32, 0, UINT32_MAX), SETTABLE, .initial = 2,
	  .since = "5.15",
	  .help = N_("how many queries are sent after a member has left, "
		     "before the group is deleted") },
	{ "mcast_last_member_interval", "", GLOBAL(MCAST_LAST_MEMBER_INTVL),
	  TICKS(WIRE_U64, 0, UINT32_MAX), STRICT, .initial = 100,
	  .since = "5.15",
	  .help = N_("time between the queries after a member has left") },
	{ "mcast_startup_query_count", "", GLOBAL(MCAST_STARTUP_QUERY_CNT),
	  NUMBER(WIRE_U32, 0, UINT32_MAX), SETTABLE, .initial = 2,
	  .since = "5.15",
	  .help = N_("how many queries are sent when a VLAN starts") },
	{ "mcast_startup_query_interval", "", GLOBAL(MCAST_STARTUP_QUERY_INTVL),
	  TICKS(WIRE_U64, 100, 8640000), STRICT, .initial = 3125,
	  .since = "5.15",
	  .help = N_("time between the queries when a VLAN starts") },
	{ "mcast_query_interval", "", GLOBAL(MCAST_QUERY_INTVL),
	  TICKS(WIRE_U64, 100, 8640000), STRICT, .initial = 12500,
	  .since = "5.15",
	  .help = N_("time between the queries after the start") },
	{ "mcast_query_response_interval", "",
	  GLOBAL(MCAST_QUERY_RESPONSE_INTVL), TICKS(WIRE_U64, 0, UINT32_MAX),
	  STRICT, .initial = 1000, .since = "5.15",
	  .help = N_("time that members have to answer a query") },
	{ "mcast_membership_interval", "", GLOBAL(MCAST_MEMBERSHIP_INTVL),
	  TICKS(WIRE_U64, 0, UINT32_MAX), STRICT, .initial = 26000,
	  .since = "5.15",
	  .help = N_("time without a report after which a member is gone") },
	{ "mcast_querier_interval", "", GLOBAL(MCAST_QUERIER_INTVL),
	  TICKS(WIRE_U64, 0, UINT32_MAX), STRICT, .initial = 25500,
	  .since = "5.15",
	  .help = N_("time without queries after which another querier is "
		     "considered gone") },
	{ "msti", "", GLOBAL(MSTI), NUMBER(WIRE_U16, 0, 4095), SETTABLE,
	  .since = "5.18",
	  .help = N_("the spanning tree that the VLAN belongs to") },
	{ "querier_ipv4_address", "", QUERIER(IP_ADDRESS), .wire = WIRE_IPV4,
	  .type = VBR_OPTION_IP, .max = UINT32_MAX, READABLE, .since = "5.15",
	  .help = N_("address of the querier for IPv4 groups") },
	{ "querier_ipv4_port", "", QUERIER(IP_PORT), .wire = WIRE_U32,
	  .type = VBR_OPTION_DEVICE, .max = INT32_MAX, READABLE,
	  .since = "5.15",
	  .help = N_("port where the querier for IPv4 groups is") },
	{ "querier_ipv4_timer", "", QUERIER(IP_OTHER_TIMER), TIMER, READABLE,
	  .since = "5.15",
	  .help = N_("time after which the querier for IPv4 groups is "
		     "considered gone") },
	{ "querier_ipv6_address", "", QUERIER(IPV6_ADDRESS), .wire = WIRE_IPV6,
	  .type = VBR_OPTION_IP, READABLE, .since = "5.15",
	  .help = N_("address of the querier for IPv6 groups") },
	{ "querier_ipv6_port", "", QUERIER(IPV6_PORT), .wire = WIRE_U32,
	  .type = VBR_OPTION_DEVICE, .max = INT32_MAX, READABLE,
	  .since = "5.15",
	  .help = N_("port where the querier for IPv6 groups is") },
	{ "querier_ipv6_timer", "", QUERIER(IPV6_OTHER_TIMER), TIMER, READABLE,
	  .since = "5.15",
	  .help = N_("time after which the querier for IPv6 groups is "
		     "considered gone") },
};

const struct option_table option_bridge_vlan_table = OPTION_ROWS(bridge_rows);
