/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses RTM_NEWNEIGH of AF_BRIDGE, and builds requests. */

#include "config.h"

#include "wire/fdb.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/message.h"
#include "wire/kernel.h"
#include "wire/request.h"

static int read_attr(const struct nlattr *attr, struct vbr_fdb_entry *entry,
		     bool *ret_has_mac)
{
	const struct nda_cacheinfo *times;

	switch (mnl_attr_get_type(attr)) {
	case NDA_LLADDR:
		if (mnl_attr_get_payload_len(attr) != MAC_LEN)
			return -EBADMSG;
		memcpy(entry->mac, mnl_attr_get_payload(attr), MAC_LEN);
		*ret_has_mac = true;
		return 0;
	case NDA_MASTER:
		if (mnl_attr_get_payload_len(attr) != sizeof(uint32_t))
			return -EBADMSG;
		entry->bridge = (int)mnl_attr_get_u32(attr);
		return 0;
	case NDA_VLAN:
		if (mnl_attr_get_payload_len(attr) != sizeof(uint16_t))
			return -EBADMSG;
		entry->vlan = mnl_attr_get_u16(attr);
		return 0;
	case VB_NDA_FLAGS_EXT:
		if (mnl_attr_get_payload_len(attr) != sizeof(uint32_t))
			return -EBADMSG;
		entry->more_flags = mnl_attr_get_u32(attr);
		return 0;
	case NDA_CACHEINFO:
		if (mnl_attr_get_payload_len(attr) != sizeof(*times))
			return -EBADMSG;
		times = mnl_attr_get_payload(attr);
		entry->used = times->ndm_used;
		entry->updated = times->ndm_updated;
		return 0;
	default:
		return 0;
	}
}

/* -ENOMSG: not about an FDB entry; -EBADMSG: malformed. */
int fdb_parse(const struct nlmsghdr *msg, struct vbr_fdb_entry *ret_entry)
{
	struct vbr_fdb_entry entry = { 0 };
	struct attr_span span = message_attrs(msg, sizeof(struct ndmsg));
	const struct ndmsg *head;
	const struct nlattr *attr;
	bool has_mac = false;

	if (msg->nlmsg_type != RTM_NEWNEIGH)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if (head->ndm_family != AF_BRIDGE)
		return -ENOMSG;

	entry.port = head->ndm_ifindex;
	entry.state = head->ndm_state;
	entry.flags = head->ndm_flags;
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

static struct ndmsg *start(struct request *req, uint16_t type, uint16_t flags,
			   int device)
{
	struct ndmsg *entry = request_begin(req, type, flags, sizeof(*entry));

	entry->ndm_family = AF_BRIDGE;
	entry->ndm_ifindex = device;
	return entry;
}

/* These attributes always fit. */
static void put(struct request *req, uint16_t type, const void *data,
		size_t len)
{
	mnl_attr_put_check(&req->head, sizeof(req->bytes), type, len, data);
}

static void put_place(struct request *req, const uint8_t mac[MAC_LEN],
		      uint16_t vlan)
{
	put(req, NDA_LLADDR, mac, MAC_LEN);
	if (vlan)
		put(req, NDA_VLAN, &vlan, sizeof(vlan));
}

static void put_change(struct request *req, struct ndmsg *entry,
		       const struct fdb_change *change)
{
	entry->ndm_flags = change->is_bridge ? NTF_SELF : NTF_MASTER;
	put_place(req, change->mac, change->vlan);
}

void fdb_request_add(struct request *req, const struct fdb_change *change)
{
	struct ndmsg *entry = start(req, RTM_NEWNEIGH,
				    NLM_F_ACK | NLM_F_CREATE |
					    (change->may_exist ? 0
							       : NLM_F_EXCL),
				    change->device);

	put_change(req, entry, change);
	entry->ndm_state = change->state;
	entry->ndm_flags |= change->flags;
}

void fdb_request_del(struct request *req, const struct fdb_change *change)
{
	put_change(req, start(req, RTM_DELNEIGH, NLM_F_ACK, change->device),
		   change);
}

void fdb_request_get(struct request *req, const struct fdb_change *change,
		     uint16_t vlan)
{
	const uint32_t bridge = (uint32_t)change->bridge;

	start(req, RTM_GETNEIGH, 0, 0);
	put(req, NDA_MASTER, &bridge, sizeof(bridge));
	put_place(req, change->mac, vlan);
}

void fdb_request_flush(struct request *req, const struct fdb_flush *flush)
{
	struct ndmsg *head = start(req, RTM_DELNEIGH, NLM_F_ACK | VB_NLM_F_BULK,
				   flush->bridge);
	const uint32_t port = (uint32_t)flush->port;

	head->ndm_flags = NTF_SELF;
	if (port)
		put(req, NDA_IFINDEX, &port, sizeof(port));
	if (flush->vlan)
		put(req, NDA_VLAN, &flush->vlan, sizeof(flush->vlan));
	if (flush->state_mask) {
		head->ndm_state = flush->state;
		put(req, VB_NDA_NDM_STATE_MASK, &flush->state_mask,
		    sizeof(flush->state_mask));
	}
	if (flush->flags_mask) {
		head->ndm_flags |= flush->flags;
		put(req, VB_NDA_NDM_FLAGS_MASK, &flush->flags_mask,
		    sizeof(flush->flags_mask));
	}
}

bool fdb_is_flushed(const struct vbr_fdb_entry *entry,
		    const struct fdb_flush *flush)
{
	if (flush->port && flush->port != entry->port)
		return false;
	if (flush->vlan && flush->vlan != entry->vlan)
		return false;
	return (entry->state & flush->state_mask) == flush->state &&
	       (entry->flags & flush->flags_mask) == flush->flags;
}
