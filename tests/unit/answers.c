/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds replies as the kernel does; each comment names the function of the
 * kernel. */

#include "unit.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/answers.h"

struct nlmsghdr *add_message(struct datagram *d, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *msg;

	check(d->len + 1024 < sizeof(d->bytes), "the datagram is too long");
	msg = put_header(d->bytes + d->len);
	msg->nlmsg_type = type;
	msg->nlmsg_flags = flags;
	return msg;
}

void done_message(struct datagram *d, const struct nlmsghdr *msg)
{
	d->len = (size_t)((const char *)msg - d->bytes) +
		 NLMSG_ALIGN(msg->nlmsg_len);
	check(d->len <= sizeof(d->bytes), "the datagram is too long");
}

static void put_id(struct nlmsghdr *msg, uint16_t type, uint8_t last)
{
	const uint8_t id[8] = { 0x80, 0, 2, 0, 0, 0, 0, last };

	put_attr(msg, type, sizeof(id), id);
}

/* br_fill_info() */
static void put_bridge_options(struct nlmsghdr *msg, const struct a_link *link)
{
	struct nlattr *data = nest_start(msg, IFLA_INFO_DATA);

	put_u32(msg, IFLA_BR_FORWARD_DELAY, 1500);
	put_u32(msg, IFLA_BR_HELLO_TIME, 200);
	put_u32(msg, IFLA_BR_MAX_AGE, 2000);
	put_u32(msg, IFLA_BR_AGEING_TIME, 30000);
	put_u32(msg, IFLA_BR_STP_STATE, 0);
	put_u16(msg, IFLA_BR_PRIORITY, link->priority ? link->priority : 32768);
	put_id(msg, IFLA_BR_BRIDGE_ID, (uint8_t)link->index);
	put_id(msg, IFLA_BR_ROOT_ID, 1);
	put_u64(msg, IFLA_BR_GC_TIMER, 4711);
	if (link->filters)
		put_u8(msg, IFLA_BR_VLAN_FILTERING, 1);
	nest_end(msg, data);
}

/* br_port_fill_attrs() */
static void put_port_options(struct nlmsghdr *msg, uint16_t nest,
			     const struct a_link *link)
{
	struct nlattr *data = nest_start(msg, nest);

	put_u8(msg, IFLA_BRPORT_STATE, link->state ? link->state : 3);
	put_u16(msg, IFLA_BRPORT_PRIORITY,
		link->priority ? link->priority : 32);
	put_u32(msg, IFLA_BRPORT_COST, link->cost ? link->cost : 2);
	put_u8(msg, IFLA_BRPORT_MODE, 1);
	put_id(msg, IFLA_BRPORT_ROOT_ID, 1);
	put_u16(msg, IFLA_BRPORT_NO, link->port_no);
	nest_end(msg, data);
}

/* Two consecutive pairs. */
static void put_map(struct nlmsghdr *msg, uint16_t type, uint32_t from,
		    uint32_t to)
{
	const struct ifla_vlan_qos_mapping pairs[] = {
		{ from, to },
		{ from + 1, to + 1 },
	};
	struct nlattr *map = nest_start(msg, type);

	for (size_t i = 0; i < COUNT(pairs); i++)
		put_attr(msg, IFLA_VLAN_QOS_MAPPING, sizeof(pairs[i]),
			 &pairs[i]);
	nest_end(msg, map);
}

/* vlan_fill_info() */
static void put_vlan_options(struct nlmsghdr *msg, const struct a_link *link)
{
	const struct ifla_vlan_flags flags = { link->vlan_flags, ~0u };
	struct nlattr *data = nest_start(msg, IFLA_INFO_DATA);

	put_u16(msg, IFLA_VLAN_PROTOCOL, htons(ETH_P_8021AD));
	put_u16(msg, IFLA_VLAN_ID, link->vid);
	if (link->vlan_flags)
		put_attr(msg, IFLA_VLAN_FLAGS, sizeof(flags), &flags);
	put_map(msg, IFLA_VLAN_INGRESS_QOS, 1, 100);
	put_map(msg, IFLA_VLAN_EGRESS_QOS, 200, 3);
	nest_end(msg, data);
}

static void put_info(struct nlmsghdr *msg, const struct a_link *link)
{
	struct nlattr *info = nest_start(msg, IFLA_LINKINFO);

	if (link->kind)
		put_string(msg, IFLA_INFO_KIND, link->kind);
	if (link->kind && strcmp(link->kind, "bridge") == 0)
		put_bridge_options(msg, link);
	if (link->kind && strcmp(link->kind, "vlan") == 0 && link->vid)
		put_vlan_options(msg, link);
	if (link->port_no) {
		put_string(msg, IFLA_INFO_SLAVE_KIND, "bridge");
		put_port_options(msg, IFLA_INFO_SLAVE_DATA, link);
	}
	nest_end(msg, info);
}

/* rtnl_fill_ifinfo(), or br_fill_ifinfo() for AF_BRIDGE. */
struct nlmsghdr *add_link(struct datagram *d, const struct a_link *link)
{
	static const char padding[512];
	struct nlmsghdr *msg = add_message(d, RTM_NEWLINK, 0);
	struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));

	head->ifi_family = link->family;
	head->ifi_index = link->index;
	head->ifi_flags = link->flags;
	head->ifi_type = link->type;
	if (link->name)
		put_string(msg, IFLA_IFNAME, link->name);
	put_u32(msg, IFLA_MTU, link->mtu ? link->mtu : 1500);
	if (link->max_mtu) {
		put_u32(msg, IFLA_MIN_MTU, 68);
		put_u32(msg, IFLA_MAX_MTU, link->max_mtu);
	}
	if (link->master)
		put_u32(msg, IFLA_MASTER, (uint32_t)link->master);
	if (link->parent)
		put_u32(msg, IFLA_LINK, (uint32_t)link->parent);
	if (link->is_parent_foreign)
		put_u32(msg, IFLA_LINK_NETNSID, 0);
	put_u32(msg, IFLA_GROUP, link->group);
	put_attr(msg, IFLA_ADDRESS, 6,
		 link->mac ? link->mac : "\x52\x54\x00\x40\xba\x3b");
	if (link->family == AF_BRIDGE && link->port_no)
		put_port_options(msg, IFLA_PROTINFO, link);
	else if (link->kind || link->port_no)
		put_info(msg, link);
	for (size_t left = link->padding; left;) {
		size_t piece = left < sizeof(padding) ? left : sizeof(padding);

		put_attr(msg, 0x3ff0, piece, padding);
		left -= piece;
	}
	done_message(d, msg);
	return msg;
}

/* fdb_fill_info() */
struct nlmsghdr *add_entry(struct datagram *d, const struct an_entry *entry)
{
	const struct nda_cacheinfo times = {
		.ndm_used = entry->used,
		.ndm_updated = entry->updated,
	};
	struct nlmsghdr *msg = add_message(d, RTM_NEWNEIGH, 0);
	struct ndmsg *head = put_extra_header(msg, sizeof(*head));

	head->ndm_family = entry->family ? entry->family : AF_BRIDGE;
	head->ndm_ifindex = entry->port;
	head->ndm_state = entry->state;
	head->ndm_flags = entry->flags;
	put_attr(msg, NDA_LLADDR, sizeof(entry->mac), entry->mac);
	if (entry->bridge)
		put_u32(msg, NDA_MASTER, (uint32_t)entry->bridge);
	put_u32(msg, NDA_FLAGS_EXT, entry->more_flags);
	put_attr(msg, NDA_CACHEINFO, sizeof(times), &times);
	if (entry->vlan)
		put_u16(msg, NDA_VLAN, entry->vlan);
	done_message(d, msg);
	return msg;
}

/* netlink_ack() and netlink_dump_done() */
struct nlmsghdr *add_verdict(struct datagram *d, const struct verdict *v)
{
	struct nlmsghdr *msg =
		add_message(d, v->is_done ? NLMSG_DONE : NLMSG_ERROR, 0);
	int *code = put_extra_header(msg, sizeof(*code));

	*code = v->error;
	if (!v->is_done) {
		struct nlmsghdr *asked;

		asked = put_extra_header(msg, sizeof(*asked));
		asked->nlmsg_len = (uint32_t)(sizeof(*asked) + v->echo);
		if (!v->capped && v->echo)
			memset(put_extra_header(msg, v->echo), 0x11, v->echo);
	}
	if (v->capped)
		msg->nlmsg_flags |= NLM_F_CAPPED;
	if (v->text || v->offset)
		msg->nlmsg_flags |= NLM_F_ACK_TLVS;
	if (v->text)
		put_attr(msg, NLMSGERR_ATTR_MSG,
			 v->text_len ? v->text_len : strlen(v->text) + 1,
			 v->text);
	if (v->offset)
		put_u32(msg, NLMSGERR_ATTR_OFFS, v->offset);
	done_message(d, msg);
	return msg;
}

struct nlmsghdr *add_ack(struct datagram *d)
{
	return add_verdict(d, &(struct verdict){ .capped = true });
}

struct nlmsghdr *add_error(struct datagram *d, int error)
{
	return add_verdict(d, &(struct verdict){ .error = error, .echo = 48 });
}

struct nlmsghdr *add_done(struct datagram *d)
{
	return add_verdict(d, &(struct verdict){ .is_done = true });
}
