/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses RTM_NEWMDB. */

#include "config.h"

#include "wire/mdb.h"

#include <endian.h>
#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/kernel.h"

int mdb_parse(const struct nlmsghdr *msg, struct mdb_message *ret_message)
{
	struct attr_span span = message_attrs(msg, sizeof(struct br_port_msg));
	const struct br_port_msg *head;
	const struct nlattr *attr;

	/* Dumps have the type of their request (seen on 6.18). */
	if (msg->nlmsg_type != RTM_NEWMDB && msg->nlmsg_type != RTM_GETMDB)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if ((int)head->ifindex <= 0)
		return -EBADMSG;
	*ret_message = (struct mdb_message){ .bridge = (int)head->ifindex };
	while ((attr = attr_take(&span))) {
		if (mnl_attr_get_type(attr) == MDBA_MDB)
			ret_message->groups = attr_nested(attr);
		else if (mnl_attr_get_type(attr) == MDBA_ROUTER)
			ret_message->routers = attr_nested(attr);
	}
	return 0;
}

/* --- entries -------------------------------------------------------------- */

/* The attributes that follow a struct within an attribute. */
static struct attr_span behind(const struct nlattr *attr, size_t size)
{
	struct attr_span span = attr_nested(attr);
	size_t offset = NLMSG_ALIGN(size);

	if (offset > span.len)
		offset = span.len;
	return (struct attr_span){ (const char *)span.bytes + offset,
				   span.len - offset };
}

static struct address read_group(const struct br_mdb_entry *info)
{
	struct address group = { 0 };

	switch (be16toh(info->addr.proto)) {
	case ETH_P_IP:
		group.family = ADDRESS_IPV4;
		break;
	case ETH_P_IPV6:
		group.family = ADDRESS_IPV6;
		break;
	}
	memcpy(group.bytes, &info->addr.u, address_len(group.family));
	return group;
}

/* False if the length does not match the group's family. */
static bool read_address(const struct nlattr *attr, uint8_t family,
			 struct address *ret_address)
{
	struct address address = { .family = family };

	if (mnl_attr_get_payload_len(attr) != address_len(family))
		return false;
	memcpy(address.bytes, mnl_attr_get_payload(attr),
	       mnl_attr_get_payload_len(attr));
	*ret_address = address;
	return true;
}

static bool read_u8(const struct nlattr *attr, uint8_t *ret_value)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(uint8_t))
		return false;
	*ret_value = mnl_attr_get_u8(attr);
	return true;
}

static bool read_u32(const struct nlattr *attr, uint32_t *ret_value)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(uint32_t))
		return false;
	*ret_value = mnl_attr_get_u32(attr);
	return true;
}

static bool read_u16(const struct nlattr *attr, uint16_t *ret_value)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(uint16_t))
		return false;
	*ret_value = mnl_attr_get_u16(attr);
	return true;
}

static const struct remote_types remote_types = {
	.dst = VB_MDBA_MDB_EATTR_DST,
	.port = VB_MDBA_MDB_EATTR_DST_PORT,
	.vni = VB_MDBA_MDB_EATTR_VNI,
	.src_vni = VB_MDBA_MDB_EATTR_SRC_VNI,
	.via = VB_MDBA_MDB_EATTR_IFINDEX,
};

static bool read_extra(const struct nlattr *attr, struct vbr_mdb_entry *entry)
{
	switch (mnl_attr_get_type(attr)) {
	case MDBA_MDB_EATTR_TIMER:
		return read_u32(attr, &entry->timer);
	case MDBA_MDB_EATTR_SRC_LIST:
		entry->sources = attr_nested(attr);
		return true;
	case MDBA_MDB_EATTR_GROUP_MODE:
		entry->has_mode = true;
		return read_u8(attr, &entry->mode);
	case MDBA_MDB_EATTR_SOURCE:
		entry->has_source = true;
		return read_address(attr, entry->group.family, &entry->source);
	case MDBA_MDB_EATTR_RTPROT:
		return read_u8(attr, &entry->protocol);
	default:
		return remote_read_attr(attr, &remote_types, &entry->remote) >=
		       0;
	}
}

static int read_entry(const struct nlattr *attr,
		      struct vbr_mdb_entry *ret_entry)
{
	struct attr_span extras = behind(attr, sizeof(struct br_mdb_entry));
	struct vbr_mdb_entry entry = { 0 };
	struct br_mdb_entry info;

	if (mnl_attr_get_payload_len(attr) < sizeof(info))
		return -EBADMSG;
	memcpy(&info, mnl_attr_get_payload(attr), sizeof(info));
	entry.port = (int)info.ifindex;
	entry.state = info.state;
	entry.flags = info.flags;
	entry.vlan = info.vid;
	entry.group = read_group(&info);
	while ((attr = attr_take(&extras)))
		if (!read_extra(attr, &entry))
			return -EBADMSG;
	if (entry.port <= 0)
		return -EBADMSG;
	*ret_entry = entry;
	return 1;
}

/* A group is a nest with an attribute for each port. */
static const struct nlattr *next_port(struct mdb_message *message)
{
	for (;;) {
		const struct nlattr *attr = attr_take_of(&message->ports,
							 MDBA_MDB_ENTRY_INFO);

		if (attr)
			return attr;
		attr = attr_take_of(&message->groups, MDBA_MDB_ENTRY);
		if (!attr)
			return NULL;
		message->ports = attr_nested(attr);
	}
}

int mdb_take_entry(struct mdb_message *message, struct vbr_mdb_entry *ret_entry)
{
	const struct nlattr *attr = next_port(message);
	int rc;

	if (!attr)
		return 0;
	rc = read_entry(attr, ret_entry);
	ret_entry->bridge = message->bridge;
	return rc;
}

bool mdb_take_source(struct attr_span *sources, uint8_t family,
		     struct address *ret_source, uint32_t *ret_timer)
{
	const struct nlattr *entry;

	while ((entry = attr_take(sources))) {
		const struct nlattr *attr;
		bool has_address = false;
		uint32_t timer = 0;

		if (mnl_attr_get_type(entry) != MDBA_MDB_SRCLIST_ENTRY)
			continue;
		mnl_attr_for_each_nested(attr, entry) {
			if (mnl_attr_get_type(attr) == MDBA_MDB_SRCATTR_ADDRESS)
				has_address = read_address(attr, family,
							   ret_source);
			else if (mnl_attr_get_type(attr) ==
				 MDBA_MDB_SRCATTR_TIMER)
				read_u32(attr, &timer);
		}
		if (!has_address)
			continue;
		*ret_timer = timer;
		return true;
	}
	return false;
}

/* --- routers -------------------------------------------------------------- */

static bool read_router_extra(const struct nlattr *attr,
			      struct vbr_mdb_router *router)
{
	switch (mnl_attr_get_type(attr)) {
	case MDBA_ROUTER_PATTR_TIMER:
		return read_u32(attr, &router->timer);
	case MDBA_ROUTER_PATTR_TYPE:
		return read_u8(attr, &router->type);
	case VB_MDBA_ROUTER_PATTR_VID:
		return read_u16(attr, &router->vlan);
	default:
		return true;
	}
}

int mdb_take_router(struct mdb_message *message,
		    struct vbr_mdb_router *ret_router)
{
	struct vbr_mdb_router router = { .bridge = message->bridge };
	const struct nlattr *attr = attr_take_of(&message->routers,
						 MDBA_ROUTER_PORT);
	struct attr_span extras;

	if (!attr)
		return 0;
	if (mnl_attr_get_payload_len(attr) < sizeof(uint32_t))
		return -EBADMSG;
	router.port = (int)mnl_attr_get_u32(attr);
	extras = behind(attr, sizeof(uint32_t));
	while ((attr = attr_take(&extras)))
		if (!read_router_extra(attr, &router))
			return -EBADMSG;
	if (router.port <= 0)
		return -EBADMSG;
	*ret_router = router;
	return 1;
}
