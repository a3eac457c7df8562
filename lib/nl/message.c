/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds messages from libnl's objects. */

#include "config.h"

#include "nl/message.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/addr.h>
#include <netlink/attr.h>
#include <netlink/cache.h>
#include <netlink/msg.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/vlan.h>
#include <string.h>
#include <sys/socket.h>

#include "nl/port.h"

#define ALL (VBR_WATCH_LINKS | VBR_WATCH_FDB | VBR_WATCH_GROUPS)

/* Everything but a map always fits; a pair of a map takes 12 bytes. */
#define MESSAGE_SIZE 1024
#define PAIR_SIZE 12

/* This many pairs fit the 16-bit length of an attribute. */
#define PAIRS 4096

struct message {
	struct nl_msg *msg;
	bool is_full;
};

static int begin(struct message *message, int type, size_t size,
		 const void *head, size_t head_size)
{
	struct nl_msg *msg = nlmsg_alloc_size(size);

	if (!msg)
		return -ENOMEM;
	message->msg = msg;
	message->is_full = !nlmsg_put(msg, 0, 0, type, 0, 0) ||
			   nlmsg_append(msg, (void *)head, head_size,
					NLMSG_ALIGNTO) < 0;
	return 0;
}

static void put(struct message *message, int type, const void *data, size_t len)
{
	if (nla_put(message->msg, type, (int)len, data) < 0)
		message->is_full = true;
}

static void put_text(struct message *message, int type, const char *text)
{
	put(message, type, text, strlen(text) + 1);
}

static void put_index(struct message *message, int type, int index)
{
	put(message, type, &index, sizeof(index));
}

static struct nlattr *begin_nest(struct message *message, int type)
{
	struct nlattr *nest = nla_nest_start(message->msg, type);

	if (!nest)
		message->is_full = true;
	return nest;
}

static void end_nest(struct message *message, struct nlattr *nest)
{
	if (nest)
		nla_nest_end(message->msg, nest);
}

/* Parses the message as if it came from the kernel, then frees it. */
static int emit(struct message *message, vbr_event_fn function, void *data)
{
	const struct nlmsghdr *head = nlmsg_hdr(message->msg);
	int rc = message->is_full ? -E2BIG
				  : vbr_event_read(head, head->nlmsg_len, ALL,
						   function, data);

	nlmsg_free(message->msg);
	return rc;
}

/* --- links ---------------------------------------------------------------- */

static bool is_text(const char *text, const char *wanted)
{
	return text && strcmp(text, wanted) == 0;
}

/* In AF_BRIDGE messages, a bridge is its own master. */
static bool is_own_master(struct rtnl_link *link)
{
	return rtnl_link_get_master(link) == rtnl_link_get_ifindex(link);
}

bool link_is_bridge(struct rtnl_link *link)
{
	const char *type = rtnl_link_get_type(link);

	if (type)
		return strcmp(type, "bridge") == 0;
	return rtnl_link_is_bridge(link) && rtnl_link_get_master(link) &&
	       is_own_master(link);
}

/* Drivers send AF_BRIDGE messages about their devices too, whatever the master
 * is; only a bridge's port has a cost. */
static bool is_member(struct rtnl_link *link)
{
	uint32_t cost = 0;

	return rtnl_link_is_bridge(link) && rtnl_link_get_master(link) &&
	       !is_own_master(link) &&
	       rtnl_link_bridge_get_cost(link, &cost) >= 0 && cost;
}

bool link_is_port(struct rtnl_link *link)
{
	return rtnl_link_get_master(link) && !is_own_master(link) &&
	       (is_text(rtnl_link_get_slave_type(link), "bridge") ||
		is_member(link));
}

bool link_is_vlan(struct rtnl_link *link)
{
	return rtnl_link_is_vlan(link);
}

/* The AF_BRIDGE object of a link: the link itself, the one in the same cache,
 * or NULL. Free with rtnl_link_put(). */
static int find_member(struct rtnl_link *link, struct rtnl_link **ret_member)
{
	struct nl_cache *cache = nl_object_get_cache(OBJ_CAST(link));
	struct rtnl_link *wanted, *found = NULL;

	if (is_member(link)) {
		nl_object_get(OBJ_CAST(link));
		*ret_member = link;
		return 0;
	}
	if (cache) {
		wanted = rtnl_link_alloc();
		if (!wanted)
			return -ENOMEM;
		rtnl_link_set_family(wanted, AF_BRIDGE);
		rtnl_link_set_ifindex(wanted, rtnl_link_get_ifindex(link));
		found = (struct rtnl_link *)nl_cache_search(cache,
							    OBJ_CAST(wanted));
		rtnl_link_put(wanted);
	}
	if (found && !is_member(found)) {
		rtnl_link_put(found);
		found = NULL;
	}
	*ret_member = found;
	return 0;
}

static void put_port_option(struct message *message, struct rtnl_link *member,
			    const struct port_option *option)
{
	uint32_t value;
	uint16_t value16;
	uint8_t value8;

	if (option->get(member, option->flag, &value) < 0)
		return;
	value8 = (uint8_t)value;
	value16 = (uint16_t)value;
	if (option->width == sizeof(value8))
		put(message, option->attr, &value8, sizeof(value8));
	else if (option->width == sizeof(value16))
		put(message, option->attr, &value16, sizeof(value16));
	else
		put(message, option->attr, &value, sizeof(value));
}

static int put_port(struct message *message, struct rtnl_link *link)
{
	struct rtnl_link *member;
	struct nlattr *nest;
	int rc = find_member(link, &member);

	if (rc < 0)
		return rc;
	put_text(message, IFLA_INFO_SLAVE_KIND, "bridge");
	if (!member)
		return 0;
	nest = begin_nest(message, IFLA_INFO_SLAVE_DATA);
	for (size_t i = 0; i < PORT_OPTIONS; i++)
		put_port_option(message, member, &port_options[i]);
	end_nest(message, nest);
	rtnl_link_put(member);
	return 0;
}

static void put_pair(struct message *message, uint32_t from, uint32_t to)
{
	const struct ifla_vlan_qos_mapping pair = { from, to };

	put(message, IFLA_VLAN_QOS_MAPPING, &pair, sizeof(pair));
}

/* The kernel omits priorities that are mapped to 0. */
static void put_ingress(struct message *message, struct rtnl_link *link)
{
	const uint32_t *map = rtnl_link_vlan_get_ingress_map(link);
	struct nlattr *nest;

	if (!map)
		return;
	nest = begin_nest(message, IFLA_VLAN_INGRESS_QOS);
	for (uint32_t i = 0; i <= VLAN_PRIO_MAX; i++)
		if (map[i])
			put_pair(message, i, map[i]);
	end_nest(message, nest);
}

static void put_egress(struct message *message, struct rtnl_link *link)
{
	int count = 0;
	const struct vlan_map *map = rtnl_link_vlan_get_egress_map(link,
								   &count);
	struct nlattr *nest;

	if (!map || count <= 0)
		return;
	nest = begin_nest(message, IFLA_VLAN_EGRESS_QOS);
	for (int i = 0; i < count; i++)
		if (map[i].vm_to)
			put_pair(message, map[i].vm_from, map[i].vm_to);
	end_nest(message, nest);
}

static void put_vlan(struct message *message, struct rtnl_link *link)
{
	const uint16_t id = (uint16_t)rtnl_link_vlan_get_id(link);
	/* In network byte order. */
	const uint16_t protocol = (uint16_t)rtnl_link_vlan_get_protocol(link);
	const struct ifla_vlan_flags flags = {
		(uint32_t)rtnl_link_vlan_get_flags(link),
		~0u,
	};

	put(message, IFLA_VLAN_ID, &id, sizeof(id));
	if (protocol)
		put(message, IFLA_VLAN_PROTOCOL, &protocol, sizeof(protocol));
	/* The kernel omits the flags while none is set. */
	if (flags.flags)
		put(message, IFLA_VLAN_FLAGS, &flags, sizeof(flags));
	put_ingress(message, link);
	put_egress(message, link);
}

static int put_info(struct message *message, struct rtnl_link *link)
{
	struct nlattr *info = begin_nest(message, IFLA_LINKINFO), *data;
	int rc = 0;

	if (link_is_bridge(link)) {
		put_text(message, IFLA_INFO_KIND, "bridge");
	} else if (link_is_vlan(link)) {
		put_text(message, IFLA_INFO_KIND, "vlan");
		data = begin_nest(message, IFLA_INFO_DATA);
		put_vlan(message, link);
		end_nest(message, data);
	}
	if (link_is_port(link))
		rc = put_port(message, link);
	end_nest(message, info);
	return rc;
}

static int put_link(struct message *message, struct rtnl_link *link)
{
	const char *name = rtnl_link_get_name(link);
	int master = rtnl_link_get_master(link);
	int parent = rtnl_link_get_link(link);

	if (name)
		put_text(message, IFLA_IFNAME, name);
	if (master && !is_own_master(link))
		put_index(message, IFLA_MASTER, master);
	if (parent)
		put_index(message, IFLA_LINK, parent);
	return put_info(message, link);
}

int message_emit_link(struct rtnl_link *link, bool is_gone,
		      vbr_event_fn function, void *data)
{
	const struct ifinfomsg head = {
		.ifi_type = (unsigned short)rtnl_link_get_arptype(link),
		.ifi_index = rtnl_link_get_ifindex(link),
		.ifi_flags = rtnl_link_get_flags(link),
	};
	struct message message;
	int pairs = 0, rc;

	if (link_is_vlan(link))
		rtnl_link_vlan_get_egress_map(link, &pairs);
	if (pairs > PAIRS)
		return -E2BIG;
	rc = begin(&message, is_gone ? RTM_DELLINK : RTM_NEWLINK,
		   MESSAGE_SIZE + (size_t)pairs * PAIR_SIZE, &head,
		   sizeof(head));
	if (rc < 0)
		return rc;
	rc = put_link(&message, link);
	if (rc < 0) {
		nlmsg_free(message.msg);
		return rc;
	}
	return emit(&message, function, data);
}

/* --- entries -------------------------------------------------------------- */

int message_emit_neigh(struct rtnl_neigh *neigh, bool is_gone,
		       vbr_event_fn function, void *data)
{
	int vlan = rtnl_neigh_get_vlan(neigh);
	int state = rtnl_neigh_get_state(neigh);
	const struct ndmsg head = {
		.ndm_family = AF_BRIDGE,
		.ndm_ifindex = rtnl_neigh_get_ifindex(neigh),
		.ndm_state = (uint16_t)state,
		.ndm_flags = (uint8_t)rtnl_neigh_get_flags(neigh),
	};
	const struct nl_addr *mac = rtnl_neigh_get_lladdr(neigh);
	const uint16_t vid = (uint16_t)vlan;
	struct message message;
	int rc;

	if (state < 0)
		return -EBADMSG;
	rc = begin(&message, is_gone ? RTM_DELNEIGH : RTM_NEWNEIGH,
		   MESSAGE_SIZE, &head, sizeof(head));
	if (rc < 0)
		return rc;
	if (mac)
		put(&message, NDA_LLADDR, nl_addr_get_binary_addr(mac),
		    nl_addr_get_len(mac));
	put_index(&message, NDA_MASTER, rtnl_neigh_get_master(neigh));
	if (vlan > 0)
		put(&message, NDA_VLAN, &vid, sizeof(vid));
	return emit(&message, function, data);
}

int message_emit_member(int bridge, struct rtnl_mdb_entry *entry, bool is_gone,
			vbr_event_fn function, void *data)
{
	const struct br_port_msg head = {
		.family = AF_BRIDGE,
		.ifindex = (uint32_t)bridge,
	};
	struct br_mdb_entry member = {
		.ifindex = (uint32_t)rtnl_mdb_entry_get_ifindex(entry),
		.state = (uint8_t)rtnl_mdb_entry_get_state(entry),
		.vid = (uint16_t)rtnl_mdb_entry_get_vid(entry),
		.addr.proto = htons(rtnl_mdb_entry_get_proto(entry)),
	};
	const struct nl_addr *group = rtnl_mdb_entry_get_addr(entry);
	struct nlattr *all, *one;
	struct message message;
	int rc;

	if (!group || nl_addr_get_len(group) > sizeof(member.addr.u))
		return -EBADMSG;
	memcpy(&member.addr.u, nl_addr_get_binary_addr(group),
	       nl_addr_get_len(group));
	rc = begin(&message, is_gone ? RTM_DELMDB : RTM_NEWMDB, MESSAGE_SIZE,
		   &head, sizeof(head));
	if (rc < 0)
		return rc;
	all = begin_nest(&message, MDBA_MDB);
	one = begin_nest(&message, MDBA_MDB_ENTRY);
	put(&message, MDBA_MDB_ENTRY_INFO, &member, sizeof(member));
	end_nest(&message, one);
	end_nest(&message, all);
	return emit(&message, function, data);
}
