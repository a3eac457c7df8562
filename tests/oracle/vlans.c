/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes and reads VLANs of ports with libnl. Constants newer than Linux 5.10
 * are numbers here. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <netlink/attr.h>
#include <netlink/cache.h>
#include <netlink/msg.h>
#include <netlink/route/link/bridge.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* BRIDGE_VLANDB_*: of a port, of a bridge, and of both. */
enum { ENTRY = 1, GLOBAL_OPTIONS = 2, INFO_OR_ID = 1, RANGE = 2 };
/* BRIDGE_VLANDB_DUMPF_STATS and _GLOBAL. */
enum { DUMPF_STATS = 1, DUMPF_GLOBAL = 2 };
/* BRIDGE_VLAN_INFO_ONLY_OPTS */
enum { ONLY_OPTS = 64 };

bool can_filter(struct oracle *o, const char *bridge)
{
	struct nlmsghdr *msg = message_of(o, bridge);
	uint64_t value;
	/* Only kernels with VLAN filtering send this. */
	bool can = option_in(msg, known_find(VBR_SCOPE_BRIDGE, "default_pvid"),
			     &value);

	free(msg);
	return can;
}

static bool has_bit(const uint32_t *bits, unsigned int vid)
{
	return bits[vid / 32] >> vid % 32 & 1;
}

void read_vlans(struct oracle *o, const char *name,
		struct their_vlans *ret_vlans)
{
	const struct rtnl_link_bridge_vlan *vlans;
	struct nl_cache *cache;
	struct rtnl_link *link;

	memset(ret_vlans, 0, sizeof(*ret_vlans));
	assert_int_equal(rtnl_link_alloc_cache(o->sock, AF_BRIDGE, &cache), 0);
	link = rtnl_link_get(cache, index_of(o, name));
	assert_non_null(link);
	/* NULL: it has no VLANs. */
	vlans = rtnl_link_bridge_get_port_vlan(link);
	for (unsigned int vid = 0; vlans && vid < 4096; vid++) {
		if (!has_bit(vlans->vlan_bitmap, vid))
			continue;
		ret_vlans->flags[vid] = THEIR_MEMBER;
		if (has_bit(vlans->untagged_bitmap, vid))
			ret_vlans->flags[vid] |= THEIR_UNTAGGED;
		if (vlans->pvid == vid)
			ret_vlans->flags[vid] |= THEIR_PVID;
	}
	rtnl_link_put(link);
	nl_cache_free(cache);
}

static struct nl_msg *begin(int type, int flags, const void *head, size_t size)
{
	struct nl_msg *msg = nlmsg_alloc_simple(type, flags);
	void *room;

	assert_non_null(msg);
	room = nlmsg_reserve(msg, size, NLMSG_ALIGNTO);
	assert_non_null(room);
	memcpy(room, head, size);
	return msg;
}

static void put_info(struct nl_msg *msg, int attr, unsigned int flags,
		     unsigned int vid)
{
	const struct bridge_vlan_info info = { (uint16_t)flags, (uint16_t)vid };

	assert_int_equal(nla_put(msg, attr, sizeof(info), &info), 0);
}

int change_vlans(struct oracle *o, int type, const char *name,
		 unsigned int first, unsigned int last, unsigned int flags)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE,
					.ifi_index = index_of(o, name) };
	struct nl_msg *msg = begin(type, 0, &head, sizeof(head));
	struct rtnl_link *link = link_of(o, name);
	struct nlattr *spec = nla_nest_start(msg, IFLA_AF_SPEC);

	if (rtnl_link_is_bridge(link))
		assert_int_equal(nla_put_u16(msg, IFLA_BRIDGE_FLAGS,
					     BRIDGE_FLAGS_SELF),
				 0);
	rtnl_link_put(link);
	if (first == last) {
		put_info(msg, IFLA_BRIDGE_VLAN_INFO, flags, first);
	} else {
		put_info(msg, IFLA_BRIDGE_VLAN_INFO,
			 flags | BRIDGE_VLAN_INFO_RANGE_BEGIN, first);
		put_info(msg, IFLA_BRIDGE_VLAN_INFO,
			 flags | BRIDGE_VLAN_INFO_RANGE_END, last);
	}
	nla_nest_end(msg, spec);
	return request(o, msg);
}

/* The VLAN to find in a dump, and the result. */
struct search {
	int index;
	unsigned int vid;
	enum vbr_scope scope;
	struct nlattr *found;
};

static bool is_it(const struct search *search, struct nlattr *entry)
{
	struct nlattr *id = nla_find(nla_data(entry), nla_len(entry),
				     INFO_OR_ID);
	struct nlattr *range = nla_find(nla_data(entry), nla_len(entry), RANGE);
	const struct bridge_vlan_info *info = nla_data(id);
	unsigned int first, last;

	first = search->scope == VBR_SCOPE_PORT_VLAN ? info->vid
						     : nla_get_u16(id);
	last = range ? nla_get_u16(range) : first;
	return search->vid >= first && search->vid <= last;
}

static int look(struct nl_msg *msg, void *data)
{
	struct nlmsghdr *head = nlmsg_hdr(msg);
	const struct br_vlan_msg *vlan = nlmsg_data(head);
	struct search *search = data;
	int wanted = search->scope == VBR_SCOPE_PORT_VLAN ? ENTRY
							  : GLOBAL_OPTIONS;
	struct nlattr *entry;
	int left;

	if ((int)vlan->ifindex != search->index)
		return NL_OK;
	nlmsg_for_each_attr(entry, head, sizeof(*vlan), left)
	{
		if (nla_type(entry) != wanted || !is_it(search, entry))
			continue;
		assert_null(search->found);
		search->found = malloc(entry->nla_len);
		assert_non_null(search->found);
		memcpy(search->found, entry, entry->nla_len);
	}
	return NL_OK;
}

struct nlattr *entry_of(struct oracle *o, const char *name, unsigned int vid,
			enum vbr_scope scope)
{
	const struct br_vlan_msg head = { .family = AF_BRIDGE };
	struct search search = { index_of(o, name), vid, scope, NULL };
	struct nl_msg *msg = begin(RTM_GETVLAN, NLM_F_DUMP, &head,
				   sizeof(head));
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);

	assert_non_null(cb);
	assert_int_equal(nla_put_u32(msg, BRIDGE_VLANDB_DUMP_FLAGS,
				     scope == VBR_SCOPE_PORT_VLAN
					     ? DUMPF_STATS
					     : DUMPF_GLOBAL),
			 0);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, look, &search);
	assert_true(nl_send_auto(o->sock, msg) >= 0);
	nlmsg_free(msg);
	assert_int_equal(nl_recvmsgs(o->sock, cb), 0);
	nl_cb_put(cb);
	return search.found;
}

int try_vlan_option(struct oracle *o, const char *name, unsigned int vid,
		    const struct known_option *known, uint64_t value)
{
	const struct br_vlan_msg head = {
		.family = AF_BRIDGE, .ifindex = (uint32_t)index_of(o, name)
	};
	struct nl_msg *msg = begin(RTM_NEWVLAN, 0, &head, sizeof(head));
	bool of_port = known->scope == VBR_SCOPE_PORT_VLAN;
	struct nlattr *entry = nla_nest_start(msg,
					      of_port ? ENTRY : GLOBAL_OPTIONS);

	if (of_port)
		put_info(msg, INFO_OR_ID, ONLY_OPTS, vid);
	else
		assert_int_equal(nla_put_u16(msg, INFO_OR_ID, (uint16_t)vid),
				 0);
	put_option(msg, known, value);
	nla_nest_end(msg, entry);
	return request(o, msg);
}

void make_filtering(struct oracle *o)
{
	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	if (!can_filter(o, "br0"))
		skip();
}

int add_vlans(struct oracle *o, const char *device, const char *ids,
	      unsigned int flags)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_add(o->ctx, "br0", device, vids, flags);

	vbr_vids_free(vids);
	return rc;
}

int del_vlans(struct oracle *o, const char *device, const char *ids)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_del(o->ctx, "br0", device, vids);

	vbr_vids_free(vids);
	return rc;
}

struct vbr_vids *vids_of(const char *text)
{
	struct vbr_vids *vids;

	assert_int_equal(vbr_vids_parse(text, &vids), 0);
	return vids;
}
