/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The FDB on a real kernel: libnl-route makes entries, both libraries list
 * them. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <netlink/msg.h>
#include <netlink/route/neighbour.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/fdb.h"

/* A port learns addresses only if it forwards. */
static void forward(struct oracle *o, const char *port, const char *peer)
{
	set_up(o, peer);
	set_up(o, port);
	set_forwarding(o, port);
}

/* br0 with the ports a and b, and br1 with the port c. */
static void two_bridges(struct oracle *o)
{
	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	make_veth(o, "c", "c2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br1", "c"), 0);
	forward(o, "a", "a2");
	forward(o, "b", "b2");
}

struct entry {
	const char *port;
	const char *mac;
	int nud;
	enum vbr_fdb_state state;
};

static const struct entry entries[] = {
	{ "a", "02:00:00:00:00:01", NUD_NOARP, VBR_FDB_STATIC },
	{ "b", "02:00:00:00:00:02", NUD_REACHABLE, VBR_FDB_LEARNED },
	{ "a", "02:00:00:00:00:ff", NUD_PERMANENT, VBR_FDB_LOCAL },
	{ "b", "02:ff:00:00:00:00", NUD_NOARP, VBR_FDB_STATIC },
};

static int add_neigh(struct oracle *o, const struct entry *entry, int vlan)
{
	struct rtnl_neigh *neigh = rtnl_neigh_alloc();
	struct nl_addr *mac;
	int rc;

	assert_non_null(neigh);
	assert_int_equal(nl_addr_parse(entry->mac, AF_LLC, &mac), 0);
	rtnl_neigh_set_family(neigh, AF_BRIDGE);
	rtnl_neigh_set_ifindex(neigh, index_of(o, entry->port));
	rtnl_neigh_set_lladdr(neigh, mac);
	rtnl_neigh_set_flags(neigh, NTF_MASTER);
	rtnl_neigh_set_state(neigh, entry->nud);
	if (vlan)
		rtnl_neigh_set_vlan(neigh, vlan);
	rc = rtnl_neigh_add(o->sock, neigh, NLM_F_CREATE);
	nl_addr_put(mac);
	rtnl_neigh_put(neigh);
	return rc;
}

static void make_entries(struct oracle *o)
{
	for (size_t i = 0; i < COUNT(entries); i++)
		assert_int_equal(add_neigh(o, &entries[i], 0), 0);
}

static const struct vbr_fdb_entry *find(const struct vbr_fdb *fdb,
					const char *text)
{
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++) {
		const struct vbr_fdb_entry *entry = vbr_fdb_at(fdb, i);
		char mac[VBR_MAC_TEXT_SIZE];

		vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
		if (strcmp(mac, text) == 0)
			return entry;
	}
	return NULL;
}

static void made_by_libnl(void **state)
{
	struct oracle *o = *state;
	struct vbr_fdb *fdb;

	two_bridges(o);
	make_entries(o);
	assert_int_equal(vbr_fdb_list(o->ctx, "br0", &fdb), 0);
	for (size_t i = 0; i < COUNT(entries); i++) {
		const struct vbr_fdb_entry *entry = find(fdb, entries[i].mac);

		check(entry != NULL, "no %s", entries[i].mac);
		assert_int_equal(vbr_fdb_entry_port_index(entry),
				 index_of(o, entries[i].port));
		assert_int_equal(vbr_fdb_entry_bridge_index(entry),
				 index_of(o, "br0"));
		assert_int_equal(vbr_fdb_entry_state(entry), entries[i].state);
		assert_int_equal(vbr_fdb_entry_vlan(entry), 0);
		/* Made just now; a minute allows for slow machines. */
		assert_in_range(vbr_fdb_entry_age(entry), 0, 6000);
		assert_in_range(vbr_fdb_entry_idle(entry), 0, 6000);
	}
	vbr_fdb_free(fdb);
	/* The other bridge has none of the entries. */
	assert_int_equal(vbr_fdb_list(o->ctx, "br1", &fdb), 0);
	for (size_t i = 0; i < COUNT(entries); i++)
		assert_null(find(fdb, entries[i].mac));
	vbr_fdb_free(fdb);
}

/* Compares each message that libnl reads about the bridge with our list. */
struct comparison {
	struct vbr_fdb *fdb;
	int bridge;
	size_t count;
};

static void compare_times(struct nlmsghdr *msg)
{
	struct nlattr *attr = nlmsg_find_attr(msg, sizeof(struct ndmsg),
					      NDA_CACHEINFO);
	const struct nda_cacheinfo *times = nla_data(attr);
	struct vbr_fdb_entry ours;

	assert_int_equal(fdb_parse(msg, &ours), 0);
	assert_int_equal(vbr_fdb_entry_age(&ours), times->ndm_updated);
	assert_int_equal(vbr_fdb_entry_idle(&ours), times->ndm_used);
}

static int compare_entry(struct nl_msg *msg, void *data)
{
	struct comparison *comparison = data;
	const struct vbr_fdb_entry *ours;
	struct rtnl_neigh *theirs;
	char mac[32];

	assert_int_equal(rtnl_neigh_parse(nlmsg_hdr(msg), &theirs), 0);
	if (rtnl_neigh_get_master(theirs) != comparison->bridge) {
		rtnl_neigh_put(theirs);
		return NL_OK;
	}
	comparison->count++;
	nl_addr2str(rtnl_neigh_get_lladdr(theirs), mac, sizeof(mac));
	ours = find(comparison->fdb, mac);
	check(ours != NULL, "we have no %s", mac);
	assert_int_equal(ours->bridge, comparison->bridge);
	assert_int_equal(vbr_fdb_entry_port_index(ours),
			 rtnl_neigh_get_ifindex(theirs));
	assert_int_equal(ours->state, rtnl_neigh_get_state(theirs));
	compare_times(nlmsg_hdr(msg));
	rtnl_neigh_put(theirs);
	return NL_OK;
}

static void compare(struct oracle *o, const char *bridge)
{
	struct ndmsg head = { .ndm_family = AF_BRIDGE };
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	struct comparison comparison = { .bridge = index_of(o, bridge) };

	assert_non_null(cb);
	assert_int_equal(vbr_fdb_list(o->ctx, bridge, &comparison.fdb), 0);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, compare_entry, &comparison);
	assert_true(nl_send_simple(o->sock, RTM_GETNEIGH, NLM_F_DUMP, &head,
				   sizeof(head)) >= 0);
	assert_int_equal(nl_recvmsgs(o->sock, cb), 0);
	nl_cb_put(cb);
	assert_true(comparison.count > 0);
	assert_int_equal(vbr_fdb_count(comparison.fdb), comparison.count);
	vbr_fdb_free(comparison.fdb);
}

static void both_list(void **state)
{
	struct oracle *o = *state;

	two_bridges(o);
	make_entries(o);
	compare(o, "br0");
	compare(o, "br1");
}

static int count_entry(const struct vbr_fdb_entry *entry, void *data)
{
	size_t *count = data;

	assert_non_null(entry);
	++*count;
	return 0;
}

static int stop_at_once(const struct vbr_fdb_entry *entry, void *data)
{
	(void)entry;
	(void)data;
	return -EXDEV;
}

/* A thousand entries need several datagrams. */
static void many(void **state)
{
	struct oracle *o = *state;
	struct vbr_fdb *fdb;
	size_t count = 0;
	char mac[VBR_MAC_TEXT_SIZE];

	two_bridges(o);
	for (unsigned int i = 0; i < 1000; i++) {
		const struct entry entry = { i & 1 ? "a" : "b", mac, NUD_NOARP,
					     VBR_FDB_STATIC };

		snprintf(mac, sizeof(mac), "02:01:00:00:%02x:%02x", i >> 8,
			 i & 255);
		assert_int_equal(add_neigh(o, &entry, 0), 0);
	}
	assert_int_equal(vbr_fdb_list(o->ctx, "br0", &fdb), 0);
	assert_true(vbr_fdb_count(fdb) >= 1000);
	for (size_t i = 1; i < vbr_fdb_count(fdb); i++)
		assert_true(memcmp(vbr_fdb_entry_mac(vbr_fdb_at(fdb, i - 1)),
				   vbr_fdb_entry_mac(vbr_fdb_at(fdb, i)),
				   6) <= 0);
	assert_int_equal(vbr_fdb_foreach(o->ctx, "br0", count_entry, &count),
			 0);
	assert_int_equal(count, vbr_fdb_count(fdb));
	vbr_fdb_free(fdb);

	/* An iteration that ends early does not disturb the next one. */
	assert_int_equal(vbr_fdb_foreach(o->ctx, "br0", stop_at_once, NULL),
			 -EXDEV);
	compare(o, "br0");
}

static void no_entries(void **state)
{
	struct oracle *o = *state;
	struct vbr_fdb *fdb;
	size_t before;

	two_bridges(o);
	assert_int_equal(vbr_fdb_list(o->ctx, "br1", &fdb), 0);
	before = vbr_fdb_count(fdb);
	vbr_fdb_free(fdb);
	assert_int_equal(vbr_port_del(o->ctx, "br1", "c"), 0);
	assert_int_equal(vbr_fdb_list(o->ctx, "br1", &fdb), 0);
	assert_true(vbr_fdb_count(fdb) < before);
	vbr_fdb_free(fdb);
}

/* The same address in a VLAN, if the kernel supports VLANs. */
static void vlans(void **state)
{
	struct oracle *o = *state;
	struct vbr_fdb *fdb;

	two_bridges(o);
	if (!can_filter(o, "br0"))
		skip();
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_filtering"), 1);
	/* By default, a port is in VLAN 1 only. */
	assert_int_equal(add_neigh(o, &entries[0], 1), 0);
	assert_int_equal(vbr_fdb_list(o->ctx, "br0", &fdb), 0);
	assert_non_null(find(fdb, entries[0].mac));
	assert_int_equal(vbr_fdb_entry_vlan(find(fdb, entries[0].mac)), 1);
	vbr_fdb_free(fdb);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("we list entries that libnl made", made_by_libnl),
		ORACLE_TEST("we and libnl list the same entries", both_list),
		ORACLE_TEST("a thousand entries are listed in order", many),
		ORACLE_TEST("entries are deleted with their port", no_entries),
		ORACLE_TEST("an entry has its VLAN", vlans),
	};

	return run_all(tests);
}
