/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses RTM_NEWLINK: skips unknown attributes, validates known ones. */

#include "config.h"

#include "wire/link.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static int read_name(const struct nlattr *attr, char ret_name[NAME_SIZE])
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len < 2 || len > NAME_SIZE ||
	    memchr(mnl_attr_get_payload(attr), '\0', len) !=
		    (const char *)mnl_attr_get_payload(attr) + len - 1)
		return -EBADMSG;
	memcpy(ret_name, mnl_attr_get_payload(attr), len);
	return 0;
}

static int read_index(const struct nlattr *attr, int *ret_index)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(uint32_t))
		return -EBADMSG;
	*ret_index = (int)mnl_attr_get_u32(attr);
	return 0;
}

static int read_byte(const struct nlattr *attr, uint8_t *ret_byte)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_byte))
		return -EBADMSG;
	*ret_byte = mnl_attr_get_u8(attr);
	return 0;
}

/* Some tunnels have IP addresses instead, InfiniBand has 20 bytes. */
static void read_mac(const struct nlattr *attr, struct link_info *link)
{
	link->has_mac = mnl_attr_get_payload_len(attr) == sizeof(link->mac);
	if (link->has_mac)
		memcpy(link->mac, mnl_attr_get_payload(attr),
		       sizeof(link->mac));
}

static enum link_kind read_kind(const struct nlattr *attr)
{
	static const struct {
		char name[8];
		enum link_kind kind;
	} kinds[] = {
		{ "bridge", LINK_BRIDGE },
		{ "vlan", LINK_VLAN },
		{ "vxlan", LINK_VXLAN },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t size = strlen(kinds[i].name) + 1;

		if (mnl_attr_get_payload_len(attr) >= size &&
		    memcmp(mnl_attr_get_payload(attr), kinds[i].name, size) ==
			    0)
			return kinds[i].kind;
	}
	return LINK_OTHER;
}

static const char *read_text(const struct nlattr *attr)
{
	const char *text = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);

	return len && text[len - 1] == '\0' ? text : NULL;
}

/* The kernel sends the kind before the data that depend on it. */
static void read_info(const struct nlattr *info, struct link_info *link)
{
	const struct nlattr *attr;
	bool slave_of_bridge = false;

	mnl_attr_for_each_nested(attr, info) {
		switch (mnl_attr_get_type(attr)) {
		case IFLA_INFO_KIND:
			link->kind = read_kind(attr);
			link->kind_name = read_text(attr);
			break;
		case IFLA_INFO_DATA:
			if (link->kind != LINK_OTHER)
				link->options = attr_nested(attr);
			break;
		case IFLA_INFO_SLAVE_KIND:
			slave_of_bridge = read_kind(attr) == LINK_BRIDGE;
			break;
		case IFLA_INFO_SLAVE_DATA:
			if (slave_of_bridge)
				link->port_options = attr_nested(attr);
			break;
		}
	}
	link->is_port = slave_of_bridge;
}

static int read_attr(const struct nlattr *attr, struct link_info *link)
{
	switch (mnl_attr_get_type(attr)) {
	case IFLA_IFNAME:
		return read_name(attr, link->name);
	case IFLA_MASTER:
		return read_index(attr, &link->master);
	case IFLA_LINK:
		return read_index(attr, &link->parent);
	case IFLA_LINK_NETNSID:
		link->has_foreign_parent = true;
		return read_index(attr, &link->netnsid);
	case IFLA_GROUP:
		return read_index(attr, (int *)&link->group);
	case IFLA_MTU:
		return read_index(attr, (int *)&link->mtu);
	case IFLA_PROMISCUITY:
		return read_index(attr, (int *)&link->promiscuity);
	case IFLA_MIN_MTU:
		return read_index(attr, (int *)&link->min_mtu);
	case IFLA_MAX_MTU:
		return read_index(attr, (int *)&link->max_mtu);
	case IFLA_OPERSTATE:
		return read_byte(attr, &link->oper_state);
	case IFLA_LINKMODE:
		return read_byte(attr, &link->link_mode);
	case IFLA_ADDRESS:
		read_mac(attr, link);
		return 0;
	case IFLA_LINKINFO:
		read_info(attr, link);
		return 0;
	case IFLA_PROTINFO:
		link->port_options = attr_nested(attr);
		return 0;
	case IFLA_AF_SPEC:
		link->vlans = attr_nested(attr);
		return 0;
	default:
		return 0;
	}
}

/*
 * A NIC's driver may send messages of its own about a link that is also a port,
 * with port options too. Only the message of the bridge contains the port
 * number. If the slave kind is "bridge", this check is not needed.
 */
static bool has_port_number(const struct link_info *link)
{
	struct attr_span options = link->port_options;

	return attr_take_of(&options, IFLA_BRPORT_NO) != NULL;
}

/* -ENOMSG: not about a link; -EBADMSG: malformed. */
int link_parse(const struct nlmsghdr *msg, struct link_info *ret_info)
{
	struct link_info link = { .netnsid = -1 };
	struct attr_span span = message_attrs(msg, sizeof(struct ifinfomsg));
	const struct ifinfomsg *head;
	const struct nlattr *attr;

	if (msg->nlmsg_type != RTM_NEWLINK)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if (head->ifi_family != AF_UNSPEC && head->ifi_family != AF_BRIDGE)
		return -ENOMSG;

	link.index = head->ifi_index;
	link.flags = head->ifi_flags;
	link.type = head->ifi_type;
	while ((attr = attr_take(&span))) {
		int rc = read_attr(attr, &link);

		if (rc < 0)
			return rc;
	}
	if (link.index <= 0 || link.master < 0 || !link.name[0])
		return -EBADMSG;

	/* The index of another namespace has no meaning in this one. */
	if (link.has_foreign_parent) {
		link.foreign_parent = link.parent;
		link.parent = 0;
	}
	link.is_port = link.master && (link.is_port || has_port_number(&link));
	*ret_info = link;
	return 0;
}
