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

static const struct remote_types remote_types = {
	.dst = NDA_DST,
	.port = NDA_PORT,
	.vni = NDA_VNI,
	.src_vni = NDA_SRC_VNI,
	.via = NDA_IFINDEX,
	.nhid = VB_NDA_NH_ID,
	.port_is_be16 = true,
};

int fdb_parse_remote(const struct nlmsghdr *msg, struct remote *ret_remote)
{
	struct attr_span span = message_attrs(msg, sizeof(struct ndmsg));
	struct remote remote = { 0 };
	const struct nlattr *attr;
	int found = 0;

	while ((attr = attr_take(&span))) {
		int rc = remote_read_attr(attr, &remote_types, &remote);

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

static void put_place(struct request *req, const uint8_t mac[MAC_LEN],
		      uint16_t vlan)
{
	request_put(req, NDA_LLADDR, mac, MAC_LEN);
	if (vlan)
		request_put(req, NDA_VLAN, &vlan, sizeof(vlan));
}

static void put_change(struct request *req, struct ndmsg *entry,
		       const struct fdb_change *change)
{
	entry->ndm_flags = change->is_self ? NTF_SELF : NTF_MASTER;
	put_place(req, change->mac, change->vlan);
	remote_put_attrs(req, &remote_types, &change->remote);
}

static void put_extensions(struct request *req, const struct fdb_change *change)
{
	struct nlattr *nest;

	if (!change->has_notify && !change->keeps_times)
		return;
	nest = mnl_attr_nest_start_check(&req->head, sizeof(req->bytes),
					 VB_NDA_FDB_EXT_ATTRS);
	if (change->has_notify)
		request_put(req, VB_NFEA_ACTIVITY_NOTIFY, &change->notify,
			    sizeof(change->notify));
	if (change->keeps_times)
		request_put(req, VB_NFEA_DONT_REFRESH, NULL, 0);
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
	request_put_u32(req, NDA_MASTER, (uint32_t)bridge);
	put_place(req, mac, vlan);
}

void fdb_request_flush(struct request *req, const struct fdb_flush *flush)
{
	struct ndmsg *head = start(req, RTM_DELNEIGH, NLM_F_ACK | VB_NLM_F_BULK,
				   flush->device);

	head->ndm_flags = NTF_SELF;
	if (flush->port)
		request_put_u32(req, NDA_IFINDEX, (uint32_t)flush->port);
	remote_put_attrs(req, &remote_types, &flush->remote);
	if (flush->vlan)
		request_put(req, NDA_VLAN, &flush->vlan, sizeof(flush->vlan));
	if (flush->state_mask) {
		head->ndm_state = flush->state;
		request_put(req, VB_NDA_NDM_STATE_MASK, &flush->state_mask,
			    sizeof(flush->state_mask));
	}
	if (flush->flags_mask) {
		head->ndm_flags |= flush->flags;
		request_put(req, VB_NDA_NDM_FLAGS_MASK, &flush->flags_mask,
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
