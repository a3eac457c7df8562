/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Multicast groups on a real kernel: libnl-route reads members that libvbridge
 * makes, libnl reads their attributes, and libvbridge reads members that libnl
 * makes. */

#include "oracle/vlans.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <netlink/attr.h>
#include <netlink/cache.h>
#include <netlink/msg.h>
#include <netlink/route/mdb.h>
#include <string.h>
#include <sys/socket.h>

/* MDBA_SET_ENTRY_ATTRS of Linux 5.10, and an attribute in it. */
enum { SET_ENTRY_ATTRS = 2, ATTR_SOURCE = 1 };

/* br0, with multicast snooping, and the ports a and b; all are up. */
static void make_ports(struct oracle *o)
{
	static const char *const names[] = { "a", "a2", "b", "b2", "br0" };

	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	set_option(o, "br0",
		   known_find(VBR_SCOPE_BRIDGE, "multicast_igmp_version"), 3);
	set_option(o, "br0",
		   known_find(VBR_SCOPE_BRIDGE, "multicast_mld_version"), 2);
	for (size_t i = 0; i < COUNT(names); i++)
		set_up(o, names[i]);
	set_option(o, "a", known_find(VBR_SCOPE_PORT, "state"), 3);
	set_option(o, "b", known_find(VBR_SCOPE_PORT, "state"), 3);
}

struct member {
	const char *device, *group, *source;
	int vlan;
	bool permanent;
};

static const struct member members[] = {
	{ "a", "239.1.2.3", NULL, 0, true },
	{ "b", "239.1.2.3", NULL, 0, false },
	{ "a", "239.1.2.4", "10.0.0.1", 0, true },
	{ "b", "ff0e::fb", NULL, 0, true },
	{ "b", "ff0e::fc", "fe80::1", 0, false },
	{ "a", "01:00:5e:7f:00:01", NULL, 0, true },
	{ "br0", "239.1.2.3", NULL, 0, false },
	/* If a port were in this group too, the kernel would delete it with the
	 * last port (seen on 6.18). */
	{ "br0", "01:00:5e:7f:00:02", NULL, 0, true },
};

/* The bytes of the address, and its protocol in network byte order. */
static size_t parse(const char *text, void *ret_bytes, uint16_t *ret_protocol)
{
	*ret_protocol = htons(ETH_P_IP);
	if (inet_pton(AF_INET, text, ret_bytes) == 1)
		return 4;
	*ret_protocol = htons(ETH_P_IPV6);
	if (inet_pton(AF_INET6, text, ret_bytes) == 1)
		return 16;
	*ret_protocol = 0;
	assert_int_equal(vbr_parse_mac(text, ret_bytes), 0);
	return 6;
}

/* --- read by libnl -------------------------------------------------------- */

/* What libnl-route and libnl read about a member. */
struct search {
	const struct member *member;
	int index, bridge, found, state;
	bool has_source;
};

static void look_at(struct rtnl_mdb_entry *entry, void *data)
{
	struct search *search = data;
	struct nl_addr *addr = rtnl_mdb_entry_get_addr(entry);
	uint8_t bytes[16];
	uint16_t protocol;
	size_t len = parse(search->member->group, bytes, &protocol);

	if (rtnl_mdb_entry_get_ifindex(entry) != search->index ||
	    rtnl_mdb_entry_get_vid(entry) != search->member->vlan ||
	    nl_addr_get_len(addr) < len ||
	    memcmp(nl_addr_get_binary_addr(addr), bytes, len) != 0)
		return;
	search->found++;
	search->state = rtnl_mdb_entry_get_state(entry);
}

/* Counts how often the member exists. libnl-route does not read sources. */
static struct search look(struct oracle *o, const struct member *member)
{
	struct search search = { .member = member,
				 .index = index_of(o, member->device),
				 .bridge = index_of(o, "br0") };
	struct nl_cache *cache;

	assert_int_equal(rtnl_mdb_alloc_cache(o->sock, &cache), 0);
	for (struct nl_object *at = nl_cache_get_first(cache); at;
	     at = nl_cache_get_next(at)) {
		struct rtnl_mdb *mdb = (struct rtnl_mdb *)at;

		if ((int)rtnl_mdb_get_ifindex(mdb) == search.bridge)
			rtnl_mdb_foreach_entry(mdb, look_at, &search);
	}
	nl_cache_free(cache);
	return search;
}

static bool is_entry(const struct search *search, struct nlattr *info)
{
	const struct br_mdb_entry *entry = nla_data(info);
	uint8_t bytes[16];
	uint16_t protocol;
	size_t len = parse(search->member->group, bytes, &protocol);

	return (int)entry->ifindex == search->index &&
	       entry->vid == search->member->vlan &&
	       entry->addr.proto == protocol &&
	       memcmp(&entry->addr.u, bytes, len) == 0;
}

static void look_for_source(struct search *search, struct nlattr *info)
{
	int size = NLA_ALIGN((int)sizeof(struct br_mdb_entry));
	struct nlattr *source = nla_find((void *)((char *)nla_data(info) +
						  size),
					 nla_len(info) - size,
					 MDBA_MDB_EATTR_SOURCE);
	uint8_t bytes[16];
	uint16_t protocol;
	size_t len;

	if (!search->member->source || !source)
		return;
	len = parse(search->member->source, bytes, &protocol);
	assert_int_equal(nla_len(source), len);
	if (memcmp(nla_data(source), bytes, len) == 0)
		search->has_source = true;
}

static int look_at_message(struct nl_msg *msg, void *data)
{
	struct nlattr *mdb, *group, *info;
	struct search *search = data;
	int groups, infos;

	mdb = nlmsg_find_attr(nlmsg_hdr(msg), sizeof(struct br_port_msg),
			      MDBA_MDB);
	if (!mdb)
		return NL_OK;
	/* cppcheck-suppress unknownMacro */
	nla_for_each_nested(group, mdb, groups)
		nla_for_each_nested(info, group,
				    infos) if (is_entry(search, info))
			look_for_source(search, info);
	return NL_OK;
}

static bool has_source(struct oracle *o, const struct member *member)
{
	struct br_port_msg head = { .family = AF_BRIDGE };
	struct search search = look(o, member);
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);

	assert_non_null(cb);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, look_at_message, &search);
	assert_true(nl_send_simple(o->sock, RTM_GETMDB, NLM_F_DUMP, &head,
				   sizeof(head)) >= 0);
	assert_int_equal(nl_recvmsgs(o->sock, cb), 0);
	nl_cb_put(cb);
	return search.has_source;
}

/* --- made by libnl -------------------------------------------------------- */

static int make(struct oracle *o, const struct member *member)
{
	struct br_port_msg head = { .family = AF_BRIDGE };
	struct br_mdb_entry entry = {
		.ifindex = (uint32_t)index_of(o, member->device),
		.state = member->permanent ? MDB_PERMANENT : MDB_TEMPORARY,
		.vid = (uint16_t)member->vlan,
	};
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_NEWMDB,
						NLM_F_CREATE | NLM_F_EXCL);
	uint8_t bytes[16];
	uint16_t protocol;
	struct nlattr *attrs;
	int len;

	head.ifindex = (uint32_t)index_of(o, "br0");
	parse(member->group, &entry.addr.u, &entry.addr.proto);
	assert_int_equal(nlmsg_append(msg, &head, sizeof(head), NLMSG_ALIGNTO),
			 0);
	assert_int_equal(nla_put(msg, MDBA_SET_ENTRY, sizeof(entry), &entry),
			 0);
	if (member->source) {
		len = (int)parse(member->source, bytes, &protocol);
		attrs = nla_nest_start(msg, SET_ENTRY_ATTRS);
		assert_int_equal(nla_put(msg, ATTR_SOURCE, len, bytes), 0);
		nla_nest_end(msg, attrs);
	}
	return request(o, msg);
}

/* --- made by us ----------------------------------------------------------- */

static int add(struct oracle *o, const struct member *member)
{
	return vbr_mdb_add(o->ctx, "br0", member->device, member->group,
			   member->source, (unsigned int)member->vlan,
			   member->permanent);
}

static int del(struct oracle *o, const struct member *member)
{
	return vbr_mdb_del(o->ctx, "br0", member->device, member->group,
			   member->source, (unsigned int)member->vlan);
}

static bool is_member(struct oracle *o, const struct vbr_mdb_entry *entry,
		      const struct member *member)
{
	char group[VBR_ADDRESS_TEXT_SIZE], source[VBR_ADDRESS_TEXT_SIZE] = "";
	const char *wanted = member->source ? member->source : "";

	vbr_mdb_entry_group(entry, group);
	vbr_mdb_entry_source(entry, source);
	return strcmp(group, member->group) == 0 &&
	       strcmp(source, wanted) == 0 &&
	       (int)vbr_mdb_entry_vlan(entry) == member->vlan &&
	       vbr_mdb_entry_index(entry) == index_of(o, member->device);
}

/* Our list has it once, with all its fields. */
static void we_see(struct oracle *o, const struct member *member, bool wanted)
{
	const struct vbr_mdb_entry *entry;
	struct vbr_mdb *mdb;
	int found = 0;

	assert_int_equal(vbr_mdb_list(o->ctx, "br0", &mdb), 0);
	for (size_t i = 0; (entry = vbr_mdb_at(mdb, i)); i++) {
		if (!is_member(o, entry, member))
			continue;
		found++;
		assert_int_equal(vbr_mdb_entry_bridge_index(entry),
				 index_of(o, "br0"));
		assert_int_equal(vbr_mdb_entry_flags(entry) & VBR_MDB_PERMANENT,
				 member->permanent);
		/* Permanent members have no timer; others expire after 260
		 * s. */
		assert_in_range(vbr_mdb_entry_timer(entry), 0,
				member->permanent ? 0 : 26000);
	}
	vbr_mdb_free(mdb);
	check(found == wanted, "%s of %s is there %d times", member->group,
	      member->device, found);
}

static void they_see(struct oracle *o, const struct member *member, bool wanted)
{
	struct search seen = look(o, member);

	check(seen.found == wanted, "libnl finds %s of %s %d times",
	      member->group, member->device, seen.found);
	if (!wanted)
		return;
	assert_int_equal(seen.state & MDB_PERMANENT, member->permanent);
	assert_int_equal(has_source(o, member), member->source != NULL);
}

/* --- tests ---------------------------------------------------------------- */

static void made_by_us(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	for (size_t i = 0; i < COUNT(members); i++) {
		check(add(o, &members[i]) == 0, "%s", vbr_ctx_error(o->ctx));
		they_see(o, &members[i], true);
		we_see(o, &members[i], true);
		assert_int_equal(add(o, &members[i]), -EEXIST);
	}
	for (size_t i = 0; i < COUNT(members); i++) {
		check(del(o, &members[i]) == 0, "%s", vbr_ctx_error(o->ctx));
		they_see(o, &members[i], false);
		we_see(o, &members[i], false);
		assert_int_equal(del(o, &members[i]), -ENOENT);
	}
}

static void made_by_them(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	for (size_t i = 0; i < COUNT(members); i++) {
		assert_int_equal(make(o, &members[i]), 0);
		they_see(o, &members[i], true);
		we_see(o, &members[i], true);
	}
	for (size_t i = 0; i < COUNT(members); i++)
		assert_int_equal(del(o, &members[i]), 0);
	for (size_t i = 0; i < COUNT(members); i++)
		they_see(o, &members[i], false);
}

static void refused(void **state)
{
	static const struct member rows[] = {
		{ "a", "224.0.0.1", NULL, 0, true },
		{ "a", "ff02::1", NULL, 0, true },
		{ "a", "01:00:5e:7f:00:01", NULL, 0, false },
		{ "br0", "01:00:5e:7f:00:02", NULL, 0, false },
	};
	struct oracle *o = *state;
	struct vbr_mdb *mdb;

	make_ports(o);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(add(o, &rows[i]), -EINVAL);
	assert_int_equal(vbr_mdb_list(o->ctx, "br0", &mdb), 0);
	for (size_t i = 0; vbr_mdb_at(mdb, i); i++)
		for (size_t k = 0; k < COUNT(rows); k++)
			assert_false(
				is_member(o, vbr_mdb_at(mdb, i), &rows[k]));
	vbr_mdb_free(mdb);
	assert_int_equal(del(o, &members[0]), -ENOENT);
	assert_string_equal(vbr_ctx_error(o->ctx),
			    "cannot delete \"a\" of "
			    "bridge \"br0\" from group \"239.1.2.3\": it is "
			    "not a member");
	assert_int_equal(vbr_bridge_set(o->ctx, "br0", "multicast_snooping", 0),
			 0);
	assert_int_equal(add(o, &members[0]), -EINVAL);
}

static void vlans(void **state)
{
	static const struct member five = { "a", "239.1.2.3", NULL, 5, true };
	static const struct member six = { "a", "239.1.2.3", "10.0.0.1", 6,
					   true };
	struct oracle *o = *state;

	make_ports(o);
	if (!can_filter(o, "br0"))
		skip();
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_filtering"), 1);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "a", 5, 6, 0), 0);
	assert_int_equal(add(o, &five), 0);
	assert_int_equal(make(o, &six), 0);
	they_see(o, &five, true);
	they_see(o, &six, true);
	we_see(o, &five, true);
	we_see(o, &six, true);
	assert_int_equal(del(o, &five), 0);
	assert_int_equal(del(o, &six), 0);
	they_see(o, &five, false);
	we_see(o, &six, false);
}

/* The option of the port makes it a router port. */
static void routers(void **state)
{
	struct oracle *o = *state;
	struct vbr_mdb *mdb;

	make_ports(o);
	assert_int_equal(vbr_mdb_list(o->ctx, NULL, &mdb), 0);
	assert_int_equal(vbr_mdb_router_count(mdb), 0);
	vbr_mdb_free(mdb);
	set_option(o, "b", known_find(VBR_SCOPE_PORT, "multicast_router"), 2);
	assert_int_equal(vbr_mdb_list(o->ctx, NULL, &mdb), 0);
	assert_int_equal(vbr_mdb_router_count(mdb), 1);
	assert_int_equal(vbr_mdb_router_index(vbr_mdb_router_at(mdb, 0)),
			 index_of(o, "b"));
	assert_int_equal(vbr_mdb_router_bridge_index(vbr_mdb_router_at(mdb, 0)),
			 index_of(o, "br0"));
	assert_int_equal(vbr_mdb_router_type(vbr_mdb_router_at(mdb, 0)), 2);
	assert_int_equal(vbr_mdb_router_timer(vbr_mdb_router_at(mdb, 0)), 0);
	assert_int_equal(vbr_mdb_router_vlan(vbr_mdb_router_at(mdb, 0)), 0);
	vbr_mdb_free(mdb);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libnl reads members that we make", made_by_us),
		ORACLE_TEST("we read members that libnl makes", made_by_them),
		ORACLE_TEST("invalid members are refused", refused),
		ORACLE_TEST("members are added in VLANs", vlans),
		ORACLE_TEST("a router port is listed", routers),
	};

	return run_all(tests);
}
