/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Takes RTM_NEWNEIGH of AF_BRIDGE apart. */

#include "config.h"

#include "wire/fdb.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/attr.h"

static int read_attr(const struct nlattr *attr, struct vbr_fdb_entry *entry,
		     bool *ret_has_mac)
{
	const struct nda_cacheinfo *times;

	switch (attr_type(attr)) {
	case NDA_LLADDR:
		if (attr_len(attr) != MAC_LEN)
			return -EBADMSG;
		memcpy(entry->mac, attr_data(attr), MAC_LEN);
		*ret_has_mac = true;
		return 0;
	case NDA_MASTER:
		if (attr_len(attr) != sizeof(uint32_t))
			return -EBADMSG;
		entry->bridge = (int)attr_u32(attr);
		return 0;
	case NDA_VLAN:
		if (attr_len(attr) != sizeof(uint16_t))
			return -EBADMSG;
		entry->vlan = attr_u16(attr);
		return 0;
	case NDA_CACHEINFO:
		if (attr_len(attr) != sizeof(*times))
			return -EBADMSG;
		times = attr_data(attr);
		entry->used = times->ndm_used;
		entry->updated = times->ndm_updated;
		return 0;
	default:
		return 0;
	}
}

/* -ENOMSG: not about an FDB entry; -EBADMSG: broken. */
int fdb_parse(const struct nlmsghdr *msg, struct vbr_fdb_entry *ret_entry)
{
	struct vbr_fdb_entry entry = { 0 };
	struct attr_span span = msg_attrs(msg, sizeof(struct ndmsg));
	const struct ndmsg *head;
	const struct nlattr *attr;
	bool has_mac = false;

	if (msg->nlmsg_type != RTM_NEWNEIGH)
		return -ENOMSG;
	head = msg_header(msg, sizeof(*head));
	if (!head)
		return -EBADMSG;
	if (head->ndm_family != AF_BRIDGE)
		return -ENOMSG;

	entry.port = head->ndm_ifindex;
	entry.state = head->ndm_state;
	while ((attr = attr_take(&span))) {
		int rc = read_attr(attr, &entry, &has_mac);

		if (rc < 0)
			return rc;
	}
	if (!has_mac || entry.port <= 0)
		return -EBADMSG;

	*ret_entry = entry;
	return 0;
}
