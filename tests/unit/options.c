/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the kernel sends and takes: attribute, bytes, byte order. */

#include "unit.h"

#include <linux/if_link.h>

#include "unit/options.h"

#define BRIDGE SCOPE_BRIDGE
#define PORT SCOPE_PORT
#define VLAN SCOPE_VLAN

/* The columns behind the attribute: bytes, big-endian, writable. */
const struct known_option known_options[] = {
	{ BRIDGE, "forward_delay", IFLA_BR_FORWARD_DELAY, 4, false, true },
	{ BRIDGE, "hello_time", IFLA_BR_HELLO_TIME, 4, false, true },
	{ BRIDGE, "max_age", IFLA_BR_MAX_AGE, 4, false, true },
	{ BRIDGE, "ageing_time", IFLA_BR_AGEING_TIME, 4, false, true },
	{ BRIDGE, "stp_state", IFLA_BR_STP_STATE, 4, false, true },
	{ BRIDGE, "priority", IFLA_BR_PRIORITY, 2, false, true },
	{ BRIDGE, "root_id", IFLA_BR_ROOT_ID, 8, true, false },
	{ BRIDGE, "bridge_id", IFLA_BR_BRIDGE_ID, 8, true, false },
	{ BRIDGE, "root_port", IFLA_BR_ROOT_PORT, 2, false, false },
	{ BRIDGE, "root_path_cost", IFLA_BR_ROOT_PATH_COST, 4, false, false },
	{ BRIDGE, "topology_change", IFLA_BR_TOPOLOGY_CHANGE, 1, false,
	  false },
	{ BRIDGE, "topology_change_detected",
	  IFLA_BR_TOPOLOGY_CHANGE_DETECTED, 1, false, false },
	{ BRIDGE, "hello_timer", IFLA_BR_HELLO_TIMER, 8, false, false },
	{ BRIDGE, "tcn_timer", IFLA_BR_TCN_TIMER, 8, false, false },
	{ BRIDGE, "topology_change_timer", IFLA_BR_TOPOLOGY_CHANGE_TIMER, 8,
	  false, false },
	{ BRIDGE, "gc_timer", IFLA_BR_GC_TIMER, 8, false, false },
	{ PORT, "state", IFLA_BRPORT_STATE, 1, false, false },
	{ PORT, "priority", IFLA_BRPORT_PRIORITY, 2, false, true },
	{ PORT, "path_cost", IFLA_BRPORT_COST, 4, false, true },
	{ PORT, "hairpin_mode", IFLA_BRPORT_MODE, 1, false, true },
	{ PORT, "designated_root", IFLA_BRPORT_ROOT_ID, 8, true, false },
	{ PORT, "designated_bridge", IFLA_BRPORT_BRIDGE_ID, 8, true, false },
	{ PORT, "designated_port", IFLA_BRPORT_DESIGNATED_PORT, 2, false,
	  false },
	{ PORT, "designated_cost", IFLA_BRPORT_DESIGNATED_COST, 2, false,
	  false },
	{ PORT, "port_id", IFLA_BRPORT_ID, 2, false, false },
	{ PORT, "port_no", IFLA_BRPORT_NO, 2, false, false },
	{ PORT, "change_ack", IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, 1, false,
	  false },
	{ PORT, "config_pending", IFLA_BRPORT_CONFIG_PENDING, 1, false,
	  false },
	{ PORT, "message_age_timer", IFLA_BRPORT_MESSAGE_AGE_TIMER, 8, false,
	  false },
	{ PORT, "forward_delay_timer", IFLA_BRPORT_FORWARD_DELAY_TIMER, 8,
	  false, false },
	{ PORT, "hold_timer", IFLA_BRPORT_HOLD_TIMER, 8, false, false },
	{ VLAN, "id", IFLA_VLAN_ID, 2, false, false },
	{ VLAN, "protocol", IFLA_VLAN_PROTOCOL, 2, true, false },
};

const size_t known_count = COUNT(known_options);
