/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds attributes with libnl-3. */

#include "unit.h"

#include "unit/messages.h"

#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

#include "unit/attrs.h"

static int header_size(const struct nlmsghdr *msg)
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

const struct nlattr *of_message(const struct nlmsghdr *msg, int type)
{
	int header = header_size(msg);

	return nla_find(nlmsg_attrdata(msg, header), nlmsg_attrlen(msg, header),
			type);
}

const struct nlattr *of_nest(const struct nlattr *nest, int type)
{
	assert_non_null(nest);
	assert_true(nla_is_nested(nest));
	return nla_find(nla_data(nest), nla_len(nest), type);
}

int count_attrs(const struct nlmsghdr *msg)
{
	const struct nlattr *attr;
	int n = 0, left;

	nlmsg_for_each_attr(attr, msg, header_size(msg), left) n++;
	assert_int_equal(left, 0);
	return n;
}
