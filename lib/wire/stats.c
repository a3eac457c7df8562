/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of counters; parses RTM_NEWSTATS, and builds requests. */

#include "config.h"

#include "wire/stats.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "wire/request.h"

#define AT(type, member) (offsetof(struct type, member) / sizeof(uint64_t))
#define LINK(name, member, help) \
	{ \
		name, AT(rtnl_link_stats64, member), help \
	}
#define STP(name, help) \
	{ \
#name, AT(bridge_stp_xstats, name), help \
	}
#define MULTICAST(name, member, help) \
	{ "rx_" name, AT(br_mcast_stats, member), "received " help }, \
	{ \
		"tx_" name, AT(br_mcast_stats, member) + 1, "sent " help \
	}
#define VLAN(name, help) \
	{ \
#name, AT(bridge_vlan_xstats, name), help \
	}

/* clang-format off */
static const struct vbr_counter of_device[] = {
	LINK("rx_bytes", rx_bytes, "bytes that the device received"),
	LINK("rx_packets", rx_packets, "frames that the device received"),
	LINK("rx_errors", rx_errors, "invalid frames that the device received"),
	LINK("rx_dropped", rx_dropped,
	     "received frames that the driver or the kernel dropped"),
	LINK("rx_multicast", multicast, "multicast frames that the device received"),
	LINK("tx_bytes", tx_bytes, "bytes that the device sent"),
	LINK("tx_packets", tx_packets, "frames that the device sent"),
	LINK("tx_errors", tx_errors, "frames that the device could not send"),
	LINK("tx_dropped", tx_dropped,
	     "frames to send that the driver or the kernel dropped"),
	LINK("collisions", collisions, "collisions while the device sent"),
};

static const struct vbr_counter of_stp[] = {
	STP(rx_bpdu, "received configuration BPDUs of the spanning tree"),
	STP(tx_bpdu, "sent configuration BPDUs of the spanning tree"),
	STP(rx_tcn, "received topology change notifications"),
	STP(tx_tcn, "sent topology change notifications"),
	STP(transition_fwd, "changes to the state forwarding"),
	STP(transition_blk, "changes to the state blocking"),
};

static const struct vbr_counter of_multicast[] = {
	MULTICAST("mcast_bytes", mcast_bytes, "bytes of multicast frames"),
	MULTICAST("mcast_packets", mcast_packets, "multicast frames"),
	MULTICAST("igmp_v1_queries", igmp_v1queries, "IGMPv1 queries"),
	MULTICAST("igmp_v2_queries", igmp_v2queries, "IGMPv2 queries"),
	MULTICAST("igmp_v3_queries", igmp_v3queries, "IGMPv3 queries"),
	MULTICAST("igmp_leaves", igmp_leaves, "IGMP leave messages"),
	MULTICAST("igmp_v1_reports", igmp_v1reports, "IGMPv1 reports"),
	MULTICAST("igmp_v2_reports", igmp_v2reports, "IGMPv2 reports"),
	MULTICAST("igmp_v3_reports", igmp_v3reports, "IGMPv3 reports"),
	{ "igmp_parse_errors", AT(br_mcast_stats, igmp_parse_errors),
	  "malformed IGMP messages" },
	MULTICAST("mld_v1_queries", mld_v1queries, "MLDv1 queries"),
	MULTICAST("mld_v2_queries", mld_v2queries, "MLDv2 queries"),
	MULTICAST("mld_leaves", mld_leaves, "MLD done messages"),
	MULTICAST("mld_v1_reports", mld_v1reports, "MLDv1 reports"),
	MULTICAST("mld_v2_reports", mld_v2reports, "MLDv2 reports"),
	{ "mld_parse_errors", AT(br_mcast_stats, mld_parse_errors),
	  "malformed MLD messages" },
};

static const struct vbr_counter of_vlan[] = {
	VLAN(rx_bytes, "bytes received in the VLAN"),
	VLAN(rx_packets, "frames received in the VLAN"),
	VLAN(tx_bytes, "bytes sent in the VLAN"),
	VLAN(tx_packets, "frames sent in the VLAN"),
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const struct vbr_counter *counters;
	size_t count;
} groups[STATS_GROUPS] = {
	[VBR_STATS_DEVICE] = { of_device, COUNT(of_device) },
	[VBR_STATS_STP] = { of_stp, COUNT(of_stp) },
	[VBR_STATS_MULTICAST] = { of_multicast, COUNT(of_multicast) },
	[VBR_STATS_VLAN] = { of_vlan, COUNT(of_vlan) },
};

const struct vbr_counter *counter_at(enum vbr_stats_group group, size_t i)
{
	return i < groups[group].count ? &groups[group].counters[i] : NULL;
}

enum vbr_stats_group counter_group(const struct vbr_counter *counter)
{
	unsigned int group = 0;

	while (counter < groups[group].counters ||
	       counter >= groups[group].counters + groups[group].count)
		group++;
	return group;
}

int stats_parse(const struct nlmsghdr *msg, struct stats_reader *ret_reader)
{
	const struct if_stats_msg *head;

	if (msg->nlmsg_type != RTM_NEWSTATS)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if ((int)head->ifindex <= 0)
		return -EBADMSG;
	*ret_reader = (struct stats_reader){
		.index = (int)head->ifindex,
		.attrs = message_attrs(msg, sizeof(*head)),
	};
	return 0;
}

/* Later kernels may append counters. */
static int take_counters(const struct nlattr *attr, enum vbr_stats_group group,
			 struct stats_part *ret_part)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (!len || len % sizeof(uint64_t))
		return -EBADMSG;
	*ret_part = (struct stats_part){
		.group = group,
		.counters = mnl_attr_get_payload(attr),
		.count = len / sizeof(uint64_t),
	};
	return 1;
}

static int take_vlan(const struct nlattr *attr, struct stats_part *ret_part)
{
	const void *payload = mnl_attr_get_payload(attr);
	struct bridge_vlan_xstats vlan;

	if (mnl_attr_get_payload_len(attr) < sizeof(vlan))
		return -EBADMSG;
	/* It is aligned to 4 bytes only. */
	memcpy(&vlan, payload, sizeof(vlan));
	*ret_part = (struct stats_part){
		.group = VBR_STATS_VLAN,
		.vlan = vlan.vid,
		.counters = payload,
		.count = AT(bridge_vlan_xstats, vid),
	};
	return 1;
}

/* 0: a part that we do not know. */
static int take_of_bridge(const struct nlattr *attr,
			  struct stats_part *ret_part)
{
	switch (mnl_attr_get_type(attr)) {
	case BRIDGE_XSTATS_VLAN:
		return take_vlan(attr, ret_part);
	case BRIDGE_XSTATS_MCAST:
		return take_counters(attr, VBR_STATS_MULTICAST, ret_part);
	case BRIDGE_XSTATS_STP:
		return take_counters(attr, VBR_STATS_STP, ret_part);
	default:
		return 0;
	}
}

/* A bond, which may be a port, has statistics of its own type. */
static struct attr_span of_bridge(const struct nlattr *attr)
{
	struct attr_span types = attr_nested(attr);
	const struct nlattr *bridge = attr_take_of(&types,
						   LINK_XSTATS_TYPE_BRIDGE);

	return bridge ? attr_nested(bridge) : (struct attr_span){ 0 };
}

static int take_of_device(struct stats_reader *reader,
			  const struct nlattr *attr,
			  struct stats_part *ret_part)
{
	switch (mnl_attr_get_type(attr)) {
	case IFLA_STATS_LINK_64:
		return take_counters(attr, VBR_STATS_DEVICE, ret_part);
	case IFLA_STATS_LINK_XSTATS:
	case IFLA_STATS_LINK_XSTATS_SLAVE:
		reader->of_bridge = of_bridge(attr);
		return 0;
	default:
		return 0;
	}
}

int stats_take(struct stats_reader *reader, struct stats_part *ret_part)
{
	const struct nlattr *attr;
	int rc = 0;

	while (rc == 0) {
		attr = attr_take(&reader->of_bridge);
		if (attr) {
			rc = take_of_bridge(attr, ret_part);
			continue;
		}
		attr = attr_take(&reader->attrs);
		if (!attr)
			return 0;
		rc = take_of_device(reader, attr, ret_part);
	}
	return rc;
}

void stats_request(struct request *req, int index, unsigned int wanted)
{
	struct if_stats_msg *head = request_begin(req, RTM_GETSTATS,
						  index ? 0 : NLM_F_DUMP,
						  sizeof(*head));

	head->ifindex = (uint32_t)index;
	head->filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64);
	if (wanted & ~(1u << VBR_STATS_DEVICE))
		head->filter_mask |=
			IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS) |
			IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS_SLAVE);
}
