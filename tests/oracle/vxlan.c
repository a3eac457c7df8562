/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VXLAN devices. */

#include "oracle/vxlan.h"

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>

/* IFLA_VXLAN_VNIFILTER of Linux 5.18. */
#define VNIFILTER 30

/* 127.0.0.1, port 4789. */
static void put_options(struct nl_msg *msg, uint32_t vni)
{
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	nla_put_u32(msg, IFLA_VXLAN_LOCAL, htonl(0x7f000001));
	nla_put_u16(msg, IFLA_VXLAN_PORT, htons(4789));
	if (vni) {
		nla_put_u32(msg, IFLA_VXLAN_ID, vni);
	} else {
		nla_put_u8(msg, IFLA_VXLAN_COLLECT_METADATA, 1);
		nla_put_u8(msg, VNIFILTER, 1);
	}
	nla_nest_end(msg, data);
}

bool make_vxlan(struct oracle *o, const char *name, uint32_t vni)
{
	struct ifinfomsg link = { 0 };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWLINK,
						NLM_F_REQUEST | NLM_F_CREATE |
							NLM_F_EXCL);
	struct nlattr *info;

	assert_non_null(msg);
	nlmsg_append(msg, &link, sizeof(link), NLMSG_ALIGNTO);
	nla_put_string(msg, IFLA_IFNAME, name);
	info = nla_nest_start(msg, IFLA_LINKINFO);
	nla_put_string(msg, IFLA_INFO_KIND, "vxlan");
	put_options(msg, vni);
	nla_nest_end(msg, info);
	return request(o, msg) == 0;
}
