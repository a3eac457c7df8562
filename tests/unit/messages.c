/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds attributes, with libmnl. */

#include "unit.h"

#include "unit/messages.h"

#include <libmnl/libmnl.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

static size_t header_size(const struct nlmsghdr *msg)
{
	switch (msg->nlmsg_type) {
	case RTM_NEWNEIGH:
	case RTM_DELNEIGH:
	case RTM_GETNEIGH:
		return sizeof(struct ndmsg);
	case RTM_NEWMDB:
	case RTM_DELMDB:
	case RTM_GETMDB:
		return sizeof(struct br_port_msg);
	case RTM_NEWVLAN:
	case RTM_DELVLAN:
	case RTM_GETVLAN:
		return sizeof(struct br_vlan_msg);
	default:
		return sizeof(struct ifinfomsg);
	}
}

static const struct nlattr *find(const struct nlattr *first, size_t len,
				 int type)
{
	const struct nlattr *attr = first;

	for (; mnl_attr_ok(attr, (int)((const char *)first + len -
				       (const char *)attr));
	     attr = mnl_attr_next(attr))
		if (mnl_attr_get_type(attr) == type)
			return attr;
	return NULL;
}

const struct nlattr *of_message(const struct nlmsghdr *msg, int type)
{
	size_t header = header_size(msg);

	return find(mnl_nlmsg_get_payload_offset(msg, header),
		    msg->nlmsg_len - 16 - MNL_ALIGN(header), type);
}

const struct nlattr *of_nest(const struct nlattr *nest, int type)
{
	assert_non_null(nest);
	assert_true(nest->nla_type & NLA_F_NESTED);
	return find(mnl_attr_get_payload(nest), mnl_attr_get_payload_len(nest),
		    type);
}

int count_attrs(const struct nlmsghdr *msg)
{
	const struct nlattr *attr;
	int n = 0;

	mnl_attr_for_each(attr, msg, header_size(msg)) n++;
	return n;
}
