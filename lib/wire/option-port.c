/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options of ports; each row of the table is one. */

#include "config.h"

#include <linux/if_link.h>

#include "wire/kernel.h"
#include "wire/option.h"

static const struct vbr_option rows[] = {
	{ "state", "", IFLA_BRPORT_STATE,
	  ENUM(WIRE_U8, 4, "disabled listening learning forwarding blocking"),
	  SETTABLE, .initial = VARIES, .since = "3.8",
	  .help = N_("the port's STP state; the kernel or an STP daemon "
		     "sets it") },
	{ "priority", "", IFLA_BRPORT_PRIORITY, NUMBER(WIRE_U16, 0, 63),
	  EVERYWHERE, .initial = 32, .since = "3.8",
	  .help = N_("the port's priority; the lowest wins") },
	{ "path_cost", "cost", IFLA_BRPORT_COST,
	  NUMBER(WIRE_U32, 1, UINT16_MAX), EVERYWHERE, .initial = VARIES,
	  .since = "3.8", .help = N_("cost of the path through this port") },
	{ "hairpin_mode", "hairpin", IFLA_BRPORT_MODE, BOOL, EVERYWHERE,
	  .since = "3.8",
	  .help = N_("frames may leave through the port they came in by") },
	{ "bpdu_guard", "guard", IFLA_BRPORT_GUARD, BOOL, SETTABLE,
	  .since = "3.8",
	  .help = N_("a received STP packet disables the port") },
	{ "root_block", "", IFLA_BRPORT_PROTECT, BOOL, SETTABLE, .since = "3.8",
	  .help = N_("the port never becomes the root port") },
	{ "designated_root", "", IFLA_BRPORT_ROOT_ID, BRIDGE_ID, READABLE,
	  .since = "4.4",
	  .help = N_("id of the root bridge, as this port's segment knows "
		     "it") },
	{ "designated_bridge", "", IFLA_BRPORT_BRIDGE_ID, BRIDGE_ID, READABLE,
	  .since = "4.4", .help = N_("id of the segment's designated bridge") },
	{ "designated_port", "", IFLA_BRPORT_DESIGNATED_PORT,
	  NUMBER(WIRE_U16, 0, UINT16_MAX), READABLE, .since = "4.4",
	  .help = N_("id of the segment's designated port") },
	{ "designated_cost", "", IFLA_BRPORT_DESIGNATED_COST,
	  NUMBER(WIRE_U16, 0, UINT16_MAX), READABLE, .since = "4.4",
	  .help = N_("cost from the designated port to the root") },
	{ "port_id", "", IFLA_BRPORT_ID, MASK(WIRE_U16, UINT16_MAX), READABLE,
	  .since = "4.4",
	  .help = N_("id of the port: its priority above its number") },
	{ "port_no", "", IFLA_BRPORT_NO, NUMBER(WIRE_U16, 1, 1023), READABLE,
	  .since = "4.4", .help = N_("number of the port on its bridge") },
	{ "change_ack", "", IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, BOOL, READABLE,
	  .since = "4.4",
	  .help = N_("a topology change is to be acknowledged") },
	{ "config_pending", "", IFLA_BRPORT_CONFIG_PENDING, BOOL, READABLE,
	  .since = "4.4",
	  .help = N_("a configuration message waits for the hold timer") },
	{ "message_age_timer", "", IFLA_BRPORT_MESSAGE_AGE_TIMER, TIMER,
	  READABLE, .since = "4.4",
	  .help = N_("time until the received STP information expires") },
	{ "forward_delay_timer", "", IFLA_BRPORT_FORWARD_DELAY_TIMER, TIMER,
	  READABLE, .since = "4.4",
	  .help = N_("time to the port's next state") },
	{ "hold_timer", "", IFLA_BRPORT_HOLD_TIMER, TIMER, READABLE,
	  .since = "4.4",
	  .help = N_("time to the next configuration message") },

	{ "learning", "", IFLA_BRPORT_LEARNING, BOOL, SETTABLE, .initial = 1,
	  .since = "3.11", .help = N_("senders' addresses go into the FDB") },
	{ "learning_sync", "", IFLA_BRPORT_LEARNING_SYNC, BOOL,
	  .access = OPTION_WRITE | OPTION_SELF, .since = "3.19",
	  .help = N_(
		  "the FDB accepts what a switch chip learned; for its driver") },
	{ "locked", "", VB_IFLA_BRPORT_LOCKED, BOOL, SETTABLE, .since = "5.18",
	  .help = N_("only frames from addresses in the FDB of this port "
		     "are accepted (802.1X)") },
	{ "mab", "", VB_IFLA_BRPORT_MAB, BOOL, SETTABLE, .since = "6.2",
	  .help = N_("other senders get locked FDB entries; needs locked "
		     "and learning") },
	{ "flush", "fdb_flush", IFLA_BRPORT_FLUSH, ACTION, .since = "4.4",
	  .help = N_("forgets the addresses that were learned on the port") },

	{ "unicast_flood", "flood", IFLA_BRPORT_UNICAST_FLOOD, BOOL, SETTABLE,
	  .initial = 1, .since = "3.11",
	  .help = N_("frames to unknown addresses are sent through this "
		     "port, too") },
	{ "multicast_flood", "mcast_flood", IFLA_BRPORT_MCAST_FLOOD, BOOL,
	  SETTABLE, .initial = 1, .since = "4.9",
	  .help = N_("frames to unknown multicast groups are sent through "
		     "this port, too") },
	{ "broadcast_flood", "bcast_flood", IFLA_BRPORT_BCAST_FLOOD, BOOL,
	  SETTABLE, .initial = 1, .since = "4.12",
	  .help = N_("broadcast frames are sent through this port, too") },
	{ "isolated", "", IFLA_BRPORT_ISOLATED, BOOL, SETTABLE, .since = "4.18",
	  .help = N_("frames do not pass between isolated ports") },
	{ "group_fwd_mask", "", IFLA_BRPORT_GROUP_FWD_MASK,
	  MASK(WIRE_U16, 0xfffd), SETTABLE, .since = "4.15",
	  .help = N_("which of 01:80:c2:00:00:0X are forwarded, a bit "
		     "each; never 1") },
	{ "proxyarp", "proxy_arp", IFLA_BRPORT_PROXYARP, BOOL, SETTABLE,
	  .since = "3.19",
	  .help = N_("the bridge answers ARP on this port for neighbours "
		     "that the host knows") },
	{ "proxyarp_wifi", "proxy_arp_wifi", IFLA_BRPORT_PROXYARP_WIFI, BOOL,
	  SETTABLE, .since = "4.1",
	  .help = N_("the bridge answers ARP as an 802.11 access point must") },
	{ "neigh_suppress", "", IFLA_BRPORT_NEIGH_SUPPRESS, BOOL, SETTABLE,
	  .since = "4.15",
	  .help = N_("ARP and ND are not sent through this port if the "
		     "bridge can answer them") },
	{ "neigh_vlan_suppress", "", VB_IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, BOOL,
	  SETTABLE, .since = "6.4",
	  .help = N_("ARP and ND are suppressed by VLAN, each with its "
		     "own neigh_suppress") },
	{ "neigh_forward_grat", "", VB_IFLA_BRPORT_NEIGH_FORWARD_GRAT, BOOL,
	  SETTABLE, .since = "7.2",
	  .help = N_("gratuitous ARP and ND are sent in spite of "
		     "neigh_suppress") },
	{ "vlan_tunnel", "", IFLA_BRPORT_VLAN_TUNNEL, BOOL, SETTABLE,
	  .since = "4.11", .help = N_("VLANs map to tunnel ids (VXLAN)") },
	{ "backup_port", "", IFLA_BRPORT_BACKUP_PORT, .wire = WIRE_U32,
	  .type = VBR_OPTION_DEVICE, .max = INT32_MAX, SPARSE, .since = "4.19",
	  .help = N_("another port, for frames while this one has no "
		     "carrier") },
	{ "backup_nhid", "", VB_IFLA_BRPORT_BACKUP_NHID,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), SPARSE, .since = "6.6",
	  .help = N_("id of the next hop for frames that go to the backup "
		     "port; 0: none") },

	{ "multicast_router", "mcast_router", IFLA_BRPORT_MULTICAST_ROUTER,
	  NUMBER(WIRE_U8, 0, 3), SETTABLE, .initial = 1, .since = "4.4",
	  .help = N_("a multicast router is here: 0 never, 1 if heard, 2 "
		     "always, 3 for now") },
	{ "multicast_fast_leave", "mcast_fast_leave", IFLA_BRPORT_FAST_LEAVE,
	  BOOL, SETTABLE, .since = "3.8",
	  .help = N_("a group is deleted when its first member leaves") },
	{ "multicast_to_unicast", "mcast_to_unicast",
	  IFLA_BRPORT_MCAST_TO_UCAST, BOOL, SETTABLE, .since = "4.11",
	  .help = N_("multicast goes to each member by its own address") },
	{ "mcast_n_groups", "", VB_IFLA_BRPORT_MCAST_N_GROUPS,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), READABLE, .since = "6.3",
	  .help = N_("how many multicast groups the port is in") },
	{ "mcast_max_groups", "", VB_IFLA_BRPORT_MCAST_MAX_GROUPS,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), SETTABLE, .since = "6.3",
	  .help = N_("the largest number of multicast groups on the port; "
		     "0: no limit") },
	{ "mcast_eht_hosts_limit", "", VB_IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT,
	  NUMBER(WIRE_U32, 1, UINT32_MAX), SETTABLE, .initial = 512,
	  .since = "5.12",
	  .help = N_("the largest number of members that are tracked on "
		     "the port") },
	{ "mcast_eht_hosts_cnt", "", VB_IFLA_BRPORT_MCAST_EHT_HOSTS_CNT,
	  NUMBER(WIRE_U32, 0, UINT32_MAX), READABLE, .since = "5.12",
	  .help = N_("how many members are tracked on the port") },
	{ "mrp_ring_open", "", IFLA_BRPORT_MRP_RING_OPEN, BOOL, READABLE,
	  .since = "5.8", .help = N_("the port's ring (MRP) is open") },
	{ "mrp_in_open", "", IFLA_BRPORT_MRP_IN_OPEN, BOOL, READABLE,
	  .since = "5.9",
	  .help = N_("the ring that connects MRP rings is open") },
};

const struct option_table option_port_table = OPTION_ROWS(rows);
