/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the attribute of a request that an extended ack points at. */

#include "config.h"

#include "wire/bad-attr.h"

#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "wire/message.h"
#include "wire/kernel.h"
#include "wire/option.h"

/* What a sequence of attributes describes. */
enum level {
	NOTHING,
	LINK,
	LINK_INFO,
	LINK_VLANS,
	NEIGHBOUR,
	GROUP,
	VLANS,
	/* OPTIONS + scope: the options of a scope. */
	OPTIONS,
};

/* An attribute of a level: the level of the attributes in it, and its name. */
static const struct known_attr {
	uint8_t level;
	uint8_t inner;
	uint16_t attr;
	char name[20];
} known_attrs[] = {
	{ LINK, NOTHING, IFLA_IFNAME, N_("name") },
	{ LINK, LINK_INFO, IFLA_LINKINFO, N_("link type") },
	{ LINK, OPTIONS + VBR_SCOPE_PORT, IFLA_PROTINFO, N_("port options") },
	{ LINK, LINK_VLANS, IFLA_AF_SPEC, N_("VLANs") },
	{ LINK_INFO, OPTIONS + VBR_SCOPE_BRIDGE, IFLA_INFO_DATA,
	  N_("options") },
	{ LINK_VLANS, NOTHING, IFLA_BRIDGE_VLAN_INFO, N_("VLAN id") },
	{ LINK_VLANS, NOTHING, IFLA_BRIDGE_VLAN_TUNNEL_INFO, N_("tunnel id") },
	{ NEIGHBOUR, NOTHING, NDA_LLADDR, N_("MAC address") },
	{ NEIGHBOUR, NOTHING, NDA_VLAN, N_("VLAN id") },
	{ NEIGHBOUR, NOTHING, NDA_IFINDEX, N_("port") },
	{ GROUP, NOTHING, MDBA_SET_ENTRY, N_("group") },
	{ GROUP, NOTHING, MDBA_SET_ENTRY_ATTRS, N_("group's sources") },
	{ VLANS, OPTIONS + VBR_SCOPE_PORT_VLAN, BRIDGE_VLANDB_ENTRY,
	  N_("VLAN") },
	{ VLANS, OPTIONS + VBR_SCOPE_BRIDGE_VLAN,
	  VB_BRIDGE_VLANDB_GLOBAL_OPTIONS, N_("VLAN") },
};

/* Types of messages that an extended ack can be about, and their header
 * size. */
static const struct {
	uint16_t type;
	uint8_t level;
	uint8_t header_size;
} messages[] = {
	{ RTM_NEWLINK, LINK, sizeof(struct ifinfomsg) },
	{ RTM_SETLINK, LINK, sizeof(struct ifinfomsg) },
	{ RTM_GETLINK, LINK, sizeof(struct ifinfomsg) },
	{ RTM_DELLINK, LINK, sizeof(struct ifinfomsg) },
	{ RTM_NEWNEIGH, NEIGHBOUR, sizeof(struct ndmsg) },
	{ RTM_DELNEIGH, NEIGHBOUR, sizeof(struct ndmsg) },
	{ RTM_NEWMDB, GROUP, sizeof(struct br_port_msg) },
	{ RTM_DELMDB, GROUP, sizeof(struct br_port_msg) },
	{ RTM_NEWVLAN, VLANS, sizeof(struct br_vlan_msg) },
};

static const struct known_attr *find_known_attr(unsigned int level,
						unsigned int attr)
{
	for (size_t i = 0; i < sizeof(known_attrs) / sizeof(known_attrs[0]);
	     i++)
		if (known_attrs[i].level == level &&
		    known_attrs[i].attr == attr)
			return &known_attrs[i];
	return NULL;
}

static bool covers(const struct nlattr *attr, const char *at)
{
	const char *begin = (const char *)attr;

	return at >= begin && at < begin + attr->nla_len;
}

/* The kind of a link precedes the options that depend on it. */
static bool is_vlan_kind(const struct nlattr *attr)
{
	return mnl_attr_get_type(attr) == IFLA_INFO_KIND &&
	       mnl_attr_get_payload_len(attr) == sizeof("vlan") &&
	       memcmp(mnl_attr_get_payload(attr), "vlan", sizeof("vlan")) == 0;
}

static const char *option_name(unsigned int scope, const struct nlattr *attr)
{
	const struct vbr_option *option = option_of_attr(scope, attr);

	return option ? option->name : NULL;
}

/* If a nest contains no known attribute at this place, returns the name of the
 * nest. */
static const char *name_within(unsigned int level, struct attr_span span,
			       const char *at, const char *outer_name)
{
	const struct nlattr *attr;
	const struct known_attr *known_attr;
	bool is_vlan = false;

	while ((attr = attr_take(&span)) && !covers(attr, at))
		is_vlan |= level == LINK_INFO && is_vlan_kind(attr);
	if (!attr)
		return outer_name;
	if (level >= OPTIONS) {
		const char *name = option_name(level - OPTIONS, attr);

		return name ? name : outer_name;
	}
	known_attr = find_known_attr(level, mnl_attr_get_type(attr));
	if (!known_attr)
		return outer_name;
	level = is_vlan ? OPTIONS + VBR_SCOPE_VLAN : known_attr->inner;
	return level == NOTHING ? known_attr->name
				: name_within(level, attr_nested(attr), at,
					      known_attr->name);
}

const char *bad_attr_name(const struct nlmsghdr *msg, size_t offset)
{
	const char *at = (const char *)msg + offset;

	if (offset >= msg->nlmsg_len)
		return NULL;
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (messages[i].type == msg->nlmsg_type)
			return name_within(
				messages[i].level,
				message_attrs(msg, messages[i].header_size), at,
				NULL);
	return NULL;
}
