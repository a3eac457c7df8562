/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses RTM_NEWNEIGH of AF_BRIDGE, and builds requests. */

#include "config.h"

#include "wire/fdb.h"

#include <endian.h>
#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/message.h"
#include "wire/kernel.h"
#include "wire/request.h"

/* A known attribute has the size that its type says. */
static bool has_size(const struct nlattr *attr, size_t size)
{
	return mnl_attr_get_payload_len(attr) == size;
}

/* What tells programs that a station came or went. */
static int read_extensions(const struct nlattr *nest,
			   struct vbr_fdb_entry *entry)
{
	struct attr_span span = attr_nested(nest);
	const struct nlattr *attr = attr_take_of(&span,
						 VB_NFEA_ACTIVITY_NOTIFY);

	if (!attr)
		return 0;
	if (!has_size(attr, sizeof(uint8_t)))
		return -EBADMSG;
	entry->notify = mnl_attr_get_u8(attr);
	return 0;
}

static int read_times(const struct nlattr *attr, struct vbr_fdb_entry *entry)
{
	const struct nda_cacheinfo *times = mnl_attr_get_payload(attr);

	if (!has_size(attr, sizeof(*times)))
		return -EBADMSG;
	entry->used = times->ndm_used;
	entry->updated = times->ndm_updated;
	return 0;
}

static int read_attr(const struct nlattr *attr, struct vbr_fdb_entry *entry,
		     bool *ret_has_mac)
{
	switch (mnl_attr_get_type(attr)) {
	case NDA_LLADDR:
		if (!has_size(attr, MAC_LEN))
			return -EBADMSG;
		memcpy(entry->mac, mnl_attr_get_payload(attr), MAC_LEN);
		*ret_has_mac = true;
		return 0;
	case NDA_MASTER:
		if (!has_size(attr, sizeof(uint32_t)))
			return -EBADMSG;
		entry->bridge = (int)mnl_attr_get_u32(attr);
		return 0;
	case NDA_VLAN:
		if (!has_size(attr, sizeof(uint16_t)))
			return -EBADMSG;
		entry->vlan = mnl_attr_get_u16(attr);
		return 0;
	case NDA_PROTOCOL:
		if (!has_size(attr, sizeof(uint8_t)))
			return -EBADMSG;
		entry->protocol = mnl_attr_get_u8(attr);
		return 0;
	case VB_NDA_FLAGS_EXT:
		if (!has_size(attr, sizeof(uint32_t)))
			return -EBADMSG;
		entry->more_flags = (uint8_t)mnl_attr_get_u32(attr);
		return 0;
	case VB_NDA_FDB_EXT_ATTRS:
		return read_extensions(attr, entry);
	case NDA_CACHEINFO:
		return read_times(attr, entry);
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

/* --- destinations --------------------------------------------------------- */

static int read_ip(const struct nlattr *attr, struct fdb_remote *remote)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len != address_len(ADDRESS_IPV4) &&
	    len != address_len(ADDRESS_IPV6))
		return -EBADMSG;
	remote->has_ip = true;
	remote->ip.family = len == address_len(ADDRESS_IPV4) ? ADDRESS_IPV4
							     : ADDRESS_IPV6;
	memcpy(remote->ip.bytes, mnl_attr_get_payload(attr), len);
	return 1;
}

/* 1: the attribute is one of these; 0: it is another one. */
static int read_remote(const struct nlattr *attr, struct fdb_remote *remote)
{
	uint16_t type = mnl_attr_get_type(attr);

	switch (type) {
	case NDA_DST:
		return read_ip(attr, remote);
	case NDA_PORT:
		if (!has_size(attr, sizeof(uint16_t)))
			return -EBADMSG;
		remote->port = be16toh(mnl_attr_get_u16(attr));
		return 1;
	case NDA_VNI:
	case NDA_SRC_VNI:
	case NDA_IFINDEX:
	case VB_NDA_NH_ID:
		if (!has_size(attr, sizeof(uint32_t)))
			return -EBADMSG;
		break;
	default:
		return 0;
	}
	if (type == NDA_VNI)
		remote->has_vni = true;
	if (type == NDA_SRC_VNI)
		remote->has_src_vni = true;
	*(type == NDA_VNI	? &remote->vni
	  : type == NDA_SRC_VNI ? &remote->src_vni
	  : type == NDA_IFINDEX ? (uint32_t *)&remote->via
				: &remote->nhid) = mnl_attr_get_u32(attr);
	return 1;
}

int fdb_parse_remote(const struct nlmsghdr *msg, struct fdb_remote *ret_remote)
{
	struct attr_span span = message_attrs(msg, sizeof(struct ndmsg));
	struct fdb_remote remote = { 0 };
	const struct nlattr *attr;
	int found = 0;

	while ((attr = attr_take(&span))) {
		int rc = read_remote(attr, &remote);

		if (rc < 0)
			return rc;
		found |= rc;
	}
	if (found)
		*ret_remote = remote;
	return found;
}

/* --- requests ------------------------------------------------------------- */

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

static void put_u32(struct request *req, uint16_t type, uint32_t value)
{
	put(req, type, &value, sizeof(value));
}

static void put_place(struct request *req, const uint8_t mac[MAC_LEN],
		      uint16_t vlan)
{
	put(req, NDA_LLADDR, mac, MAC_LEN);
	if (vlan)
		put(req, NDA_VLAN, &vlan, sizeof(vlan));
}

static void put_remote(struct request *req, const struct fdb_remote *remote)
{
	const uint16_t port = htobe16(remote->port);

	if (remote->has_ip)
		put(req, NDA_DST, remote->ip.bytes,
		    address_len(remote->ip.family));
	if (remote->port)
		put(req, NDA_PORT, &port, sizeof(port));
	if (remote->has_vni)
		put_u32(req, NDA_VNI, remote->vni);
	if (remote->has_src_vni)
		put_u32(req, NDA_SRC_VNI, remote->src_vni);
	if (remote->via)
		put_u32(req, NDA_IFINDEX, (uint32_t)remote->via);
	if (remote->nhid)
		put_u32(req, VB_NDA_NH_ID, remote->nhid);
}

static void put_change(struct request *req, struct ndmsg *entry,
		       const struct fdb_change *change)
{
	entry->ndm_flags = change->is_self ? NTF_SELF : NTF_MASTER;
	put_place(req, change->mac, change->vlan);
	put_remote(req, &change->remote);
}

static void put_extensions(struct request *req, const struct fdb_change *change)
{
	struct nlattr *nest;

	if (!change->has_notify && !change->keeps_times)
		return;
	nest = mnl_attr_nest_start_check(&req->head, sizeof(req->bytes),
					 VB_NDA_FDB_EXT_ATTRS);
	if (change->has_notify)
		put(req, VB_NFEA_ACTIVITY_NOTIFY, &change->notify,
		    sizeof(change->notify));
	if (change->keeps_times)
		put(req, VB_NFEA_DONT_REFRESH, NULL, 0);
	mnl_attr_nest_end(&req->head, nest);
}

void fdb_request_add(struct request *req, const struct fdb_change *change)
{
	struct ndmsg *entry = start(req, RTM_NEWNEIGH, NLM_F_ACK | change->mode,
				    change->device);

	put_change(req, entry, change);
	put_extensions(req, change);
	entry->ndm_state = change->state;
	entry->ndm_flags |= change->flags;
}

void fdb_request_del(struct request *req, const struct fdb_change *change)
{
	struct ndmsg *entry = start(req, RTM_DELNEIGH, NLM_F_ACK,
				    change->device);

	put_change(req, entry, change);
	entry->ndm_state = change->state;
}

void fdb_request_get(struct request *req, int bridge, const uint8_t mac[6],
		     uint16_t vlan)
{
	start(req, RTM_GETNEIGH, 0, 0);
	put_u32(req, NDA_MASTER, (uint32_t)bridge);
	put_place(req, mac, vlan);
}

void fdb_request_flush(struct request *req, const struct fdb_flush *flush)
{
	struct ndmsg *head = start(req, RTM_DELNEIGH, NLM_F_ACK | VB_NLM_F_BULK,
				   flush->device);

	head->ndm_flags = NTF_SELF;
	if (flush->port)
		put_u32(req, NDA_IFINDEX, (uint32_t)flush->port);
	put_remote(req, &flush->remote);
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
