/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The port options that libnl knows. It also has learning_sync, an option of
 * drivers that the bridge does not send. */

#include "config.h"

#include "nl/port.h"

#include <linux/if_link.h>
#include <netlink/route/link/bridge.h>

static int get_state(struct rtnl_link *link, unsigned int flag,
		     uint32_t *ret_value)
{
	int rc = rtnl_link_bridge_get_port_state(link);

	(void)flag;
	if (rc >= 0)
		*ret_value = (uint32_t)rc;
	return rc;
}

static int set_state(struct rtnl_link *link, unsigned int flag, uint32_t value)
{
	(void)flag;
	return rtnl_link_bridge_set_port_state(link, (uint8_t)value);
}

static int get_priority(struct rtnl_link *link, unsigned int flag,
			uint32_t *ret_value)
{
	int rc = rtnl_link_bridge_get_priority(link);

	(void)flag;
	if (rc >= 0)
		*ret_value = (uint32_t)rc;
	return rc;
}

static int set_priority(struct rtnl_link *link, unsigned int flag,
			uint32_t value)
{
	(void)flag;
	return rtnl_link_bridge_set_priority(link, (uint16_t)value);
}

static int get_cost(struct rtnl_link *link, unsigned int flag,
		    uint32_t *ret_value)
{
	(void)flag;
	return rtnl_link_bridge_get_cost(link, ret_value);
}

static int set_cost(struct rtnl_link *link, unsigned int flag, uint32_t value)
{
	(void)flag;
	return rtnl_link_bridge_set_cost(link, value);
}

static int get_flag(struct rtnl_link *link, unsigned int flag,
		    uint32_t *ret_value)
{
	int rc = rtnl_link_bridge_get_flags(link);

	if (rc >= 0)
		*ret_value = ((unsigned int)rc & flag) != 0;
	return rc;
}

static int set_flag(struct rtnl_link *link, unsigned int flag, uint32_t value)
{
	return value ? rtnl_link_bridge_set_flags(link, flag)
		     : rtnl_link_bridge_unset_flags(link, flag);
}

#define FLAG(name) sizeof(uint8_t), RTNL_BRIDGE_##name, get_flag, set_flag

const struct port_option port_options[PORT_OPTIONS] = {
	{ "state", IFLA_BRPORT_STATE, sizeof(uint8_t), 0, get_state,
	  set_state },
	{ "priority", IFLA_BRPORT_PRIORITY, sizeof(uint16_t), 0, get_priority,
	  set_priority },
	{ "path_cost", IFLA_BRPORT_COST, sizeof(uint32_t), 0, get_cost,
	  set_cost },
	{ "hairpin_mode", IFLA_BRPORT_MODE, FLAG(HAIRPIN_MODE) },
	{ "bpdu_guard", IFLA_BRPORT_GUARD, FLAG(BPDU_GUARD) },
	{ "root_block", IFLA_BRPORT_PROTECT, FLAG(ROOT_BLOCK) },
	{ "multicast_fast_leave", IFLA_BRPORT_FAST_LEAVE, FLAG(FAST_LEAVE) },
	{ "unicast_flood", IFLA_BRPORT_UNICAST_FLOOD, FLAG(UNICAST_FLOOD) },
	{ "learning", IFLA_BRPORT_LEARNING, FLAG(LEARNING) },
};
