/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds requests about the multicast database. */

#include "config.h"

#include "wire/mdb-request.h"

#include <endian.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/kernel.h"
#include "wire/request.h"

/* The kernel does not send values that are the defaults of the device. */
static bool is_number(bool has_value, uint32_t value, bool has_wanted,
		      uint32_t wanted)
{
	return !has_wanted || !has_value || value == wanted;
}

bool mdb_is_remote(const struct remote *remote, const struct remote *wanted)
{
	return (!wanted->has_dst ||
		(remote->has_dst &&
		 address_is_same(&remote->dst, &wanted->dst))) &&
	       is_number(remote->port, remote->port, wanted->port,
			 wanted->port) &&
	       is_number(remote->has_vni, remote->vni, wanted->has_vni,
			 wanted->vni) &&
	       is_number(remote->has_src_vni, remote->src_vni,
			 wanted->has_src_vni, wanted->src_vni) &&
	       (!wanted->via || remote->via == wanted->via);
}

bool mdb_is_entry(const struct vbr_mdb_entry *entry,
		  const struct mdb_change *change)
{
	return (!change->port || entry->port == change->port) &&
	       entry->vlan == change->vlan &&
	       address_is_same(&entry->group, change->group) &&
	       entry->has_source == (change->source != NULL) &&
	       (!change->source ||
		address_is_same(&entry->source, change->source)) &&
	       mdb_is_remote(&entry->remote, &change->remote);
}

void mdb_change_of(const struct vbr_mdb_entry *entry,
		   struct mdb_senders *ret_senders,
		   struct mdb_change *ret_change)
{
	struct attr_span sources = entry->sources;
	uint32_t timer;

	*ret_change = (struct mdb_change){
		.bridge = entry->bridge,
		.port = entry->port,
		.group = &entry->group,
		.source = entry->has_source ? &entry->source : NULL,
		.vlan = entry->vlan,
		.is_permanent = entry->state & MDB_PERMANENT,
		.remote = entry->remote,
	};
	/* The kernel accepts neither of the two for the host. */
	if (entry->port == entry->bridge && !entry->remote.has_dst)
		return;
	/* What was learned has a protocol that cannot be requested. */
	if (entry->protocol >= RTPROT_STATIC)
		ret_change->protocol = entry->protocol;
	if (!entry->has_mode || entry->has_source)
		return;
	ret_senders->mode = entry->mode ? VBR_MDB_MODE_INCLUDE
					: VBR_MDB_MODE_EXCLUDE;
	ret_senders->count = 0;
	while (ret_senders->count < MDB_SOURCES_MAX &&
	       mdb_take_source(&sources, entry->group.family,
			       &ret_senders->sources[ret_senders->count],
			       &timer))
		ret_senders->count++;
	ret_change->senders = ret_senders;
}

/* --- requests ------------------------------------------------------------- */

static void put_address(struct request *req, uint16_t type,
			const struct address *address)
{
	request_put(req, type, address->bytes, address_len(address->family));
}

static void put_u8(struct request *req, uint16_t type, uint8_t value)
{
	request_put(req, type, &value, sizeof(value));
}

static struct nlattr *begin_nest(struct request *req, uint16_t type)
{
	return mnl_attr_nest_start_check(&req->head, sizeof(req->bytes), type);
}

static void end_nest(struct request *req, struct nlattr *nest)
{
	mnl_attr_nest_end(&req->head, nest);
}

static uint16_t protocol_of(const struct address *group)
{
	switch (group->family) {
	case ADDRESS_IPV4:
		return htobe16(ETH_P_IP);
	case ADDRESS_IPV6:
		return htobe16(ETH_P_IPV6);
	default:
		return 0;
	}
}

static void put_group(struct br_mdb_entry *entry, const struct address *group)
{
	entry->addr.proto = protocol_of(group);
	memcpy(&entry->addr.u, group->bytes, address_len(group->family));
}

static void begin(struct request *req, uint16_t type, uint16_t flags,
		  int bridge)
{
	struct br_port_msg *head = request_begin(req, type, flags,
						 sizeof(*head));

	head->family = AF_BRIDGE;
	head->ifindex = (uint32_t)bridge;
}

static void put_senders(struct request *req, const struct mdb_senders *senders)
{
	struct nlattr *list, *item;

	put_u8(req, VB_MDBE_ATTR_GROUP_MODE,
	       senders->mode == VBR_MDB_MODE_INCLUDE);
	if (!senders->count)
		return;
	list = begin_nest(req, VB_MDBE_ATTR_SRC_LIST);
	for (size_t i = 0; i < senders->count; i++) {
		item = begin_nest(req, VB_MDBE_SRC_LIST_ENTRY);
		put_address(req, VB_MDBE_SRCATTR_ADDRESS, &senders->sources[i]);
		end_nest(req, item);
	}
	end_nest(req, list);
}

static const struct remote_types remote_types = {
	.dst = VB_MDBE_ATTR_DST,
	.port = VB_MDBE_ATTR_DST_PORT,
	.vni = VB_MDBE_ATTR_VNI,
	.src_vni = VB_MDBE_ATTR_SRC_VNI,
	.via = VB_MDBE_ATTR_IFINDEX,
};

/* The struct with its padding, which is sent as well. */
static void fill_entry(struct br_mdb_entry *ret_entry,
		       const struct mdb_change *change)
{
	memset(ret_entry, 0, sizeof(*ret_entry));
	ret_entry->ifindex = (uint32_t)change->port;
	ret_entry->state = change->is_permanent ? MDB_PERMANENT : MDB_TEMPORARY;
	ret_entry->vid = change->vlan;
	put_group(ret_entry, change->group);
}

/* Old kernels refuse attributes that they do not know, also empty nests. */
static void end_attrs(struct request *req, struct nlattr *attrs)
{
	if (mnl_nlmsg_get_payload_tail(&req->head) == attrs + 1)
		mnl_attr_nest_cancel(&req->head, attrs);
	else
		end_nest(req, attrs);
}

static void request_change(struct request *req, uint16_t type, uint16_t flags,
			   const struct mdb_change *change)
{
	struct br_mdb_entry entry;
	struct nlattr *attrs;

	begin(req, type, NLM_F_ACK | flags, change->bridge);
	fill_entry(&entry, change);
	request_put(req, MDBA_SET_ENTRY, &entry, sizeof(entry));
	attrs = begin_nest(req, MDBA_SET_ENTRY_ATTRS);
	if (change->source)
		put_address(req, MDBE_ATTR_SOURCE, change->source);
	if (type == RTM_NEWMDB && change->senders)
		put_senders(req, change->senders);
	if (type == RTM_NEWMDB && change->protocol)
		put_u8(req, VB_MDBE_ATTR_RTPROT, change->protocol);
	remote_put_attrs(req, &remote_types, &change->remote);
	end_attrs(req, attrs);
}

void mdb_request_list(struct request *req)
{
	begin(req, RTM_GETMDB, NLM_F_DUMP, 0);
}

void mdb_request_add(struct request *req, const struct mdb_change *change)
{
	request_change(req, RTM_NEWMDB,
		       change->replaces ? NLM_F_REPLACE
					: NLM_F_CREATE | NLM_F_EXCL,
		       change);
}

void mdb_request_del(struct request *req, const struct mdb_change *change)
{
	request_change(req, RTM_DELMDB, 0, change);
}

void mdb_request_get(struct request *req, const struct mdb_change *change)
{
	const struct remote src_vni = {
		.has_src_vni = change->remote.has_src_vni,
		.src_vni = change->remote.src_vni,
	};
	struct br_mdb_entry entry;
	struct nlattr *attrs;

	begin(req, RTM_GETMDB, 0, change->bridge);
	memset(&entry, 0, sizeof(entry));
	entry.vid = change->vlan;
	put_group(&entry, change->group);
	request_put(req, VB_MDBA_GET_ENTRY, &entry, sizeof(entry));
	attrs = begin_nest(req, VB_MDBA_GET_ENTRY_ATTRS);
	if (change->source)
		put_address(req, MDBE_ATTR_SOURCE, change->source);
	remote_put_attrs(req, &remote_types, &src_vni);
	end_attrs(req, attrs);
}

void mdb_request_flush(struct request *req, const struct mdb_flush *flush)
{
	struct br_mdb_entry entry;
	struct nlattr *attrs;

	begin(req, RTM_DELMDB, NLM_F_ACK | VB_NLM_F_BULK, flush->bridge);
	memset(&entry, 0, sizeof(entry));
	entry.ifindex = (uint32_t)flush->port;
	entry.vid = flush->vlan;
	entry.state = flush->is_permanent ? MDB_PERMANENT : MDB_TEMPORARY;
	request_put(req, MDBA_SET_ENTRY, &entry, sizeof(entry));
	attrs = begin_nest(req, MDBA_SET_ENTRY_ATTRS);
	if (flush->protocol)
		put_u8(req, VB_MDBE_ATTR_RTPROT, flush->protocol);
	if (flush->has_state)
		put_u8(req, VB_MDBE_ATTR_STATE_MASK, MDB_PERMANENT);
	remote_put_attrs(req, &remote_types, &flush->remote);
	end_attrs(req, attrs);
}
