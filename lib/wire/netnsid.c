/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about the ids of network namespaces: skips unknown attributes,
 * validates known ones. */

#include "config.h"

#include "wire/netnsid.h"

#include <errno.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>

#include "wire/message.h"
#include "wire/request.h"

void netnsid_request(struct request *req, int netns)
{
	request_begin(req, RTM_GETNSID, 0, sizeof(struct rtgenmsg));
	mnl_attr_put_u32_check(&req->head, sizeof(req->bytes), NETNSA_FD,
			       (uint32_t)netns);
}

int netnsid_parse(const struct nlmsghdr *msg, int *ret_netnsid)
{
	struct attr_span span = message_attrs(msg, sizeof(struct rtgenmsg));
	const struct nlattr *attr;

	if (msg->nlmsg_type != RTM_NEWNSID)
		return -ENOMSG;
	attr = attr_take_of(&span, NETNSA_NSID);
	if (!attr || mnl_attr_get_payload_len(attr) != sizeof(uint32_t))
		return -EBADMSG;
	*ret_netnsid = (int)mnl_attr_get_u32(attr);
	return 0;
}
