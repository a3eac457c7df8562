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

#include "wire/request.h"

static bool is_same(const struct address *a, const struct address *b)
{
	return a->family == b->family &&
	       memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool mdb_is_entry(const struct vbr_mdb_entry *entry,
		  const struct mdb_change *change)
{
	return entry->port == change->port && entry->vlan == change->vlan &&
	       is_same(&entry->group, change->group) &&
	       entry->has_source == (change->source != NULL) &&
	       (!change->source || is_same(&entry->source, change->source));
}

void mdb_request_list(struct request *req)
{
	struct br_port_msg *head = request_begin(req, RTM_GETMDB, NLM_F_DUMP,
						 sizeof(*head));

	head->family = AF_BRIDGE;
}

/* These attributes always fit. */
static void put(struct request *req, uint16_t type, const void *data,
		size_t len)
{
	mnl_attr_put_check(&req->head, sizeof(req->bytes), type, len, data);
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

static void request_change(struct request *req, uint16_t type, uint16_t flags,
			   const struct mdb_change *change)
{
	struct br_port_msg *head = request_begin(req, type, NLM_F_ACK | flags,
						 sizeof(*head));
	struct br_mdb_entry entry;
	struct nlattr *attrs;

	head->family = AF_BRIDGE;
	head->ifindex = (uint32_t)change->bridge;
	/* The padding of the struct is sent as well. */
	memset(&entry, 0, sizeof(entry));
	entry.ifindex = (uint32_t)change->port;
	entry.state = change->is_permanent ? MDB_PERMANENT : MDB_TEMPORARY;
	entry.vid = change->vlan;
	entry.addr.proto = protocol_of(change->group);
	memcpy(&entry.addr.u, change->group->bytes,
	       address_len(change->group->family));
	put(req, MDBA_SET_ENTRY, &entry, sizeof(entry));
	if (!change->source)
		return;
	attrs = mnl_attr_nest_start_check(&req->head, sizeof(req->bytes),
					  MDBA_SET_ENTRY_ATTRS);
	put(req, MDBE_ATTR_SOURCE, change->source->bytes,
	    address_len(change->source->family));
	mnl_attr_nest_end(&req->head, attrs);
}

void mdb_request_add(struct request *req, const struct mdb_change *change)
{
	request_change(req, RTM_NEWMDB, NLM_F_CREATE | NLM_F_EXCL, change);
}

void mdb_request_del(struct request *req, const struct mdb_change *change)
{
	request_change(req, RTM_DELMDB, 0, change);
}
