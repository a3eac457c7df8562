/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* libnl-route reads the FDB entries that libvbridge adds, deletes and flushes;
 * libvbridge deletes and flushes entries that libnl made. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <netlink/cache.h>
#include <netlink/route/neighbour.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/context.h"
#include "wire/request.h"

/* NLM_F_BULK of Linux 5.19. */
#define BULK 0x200

/* br0 with the ports a and b. They are up, because a port that is down has no
 * entries. */
static void make_ports(struct oracle *o)
{
	static const char *const names[] = { "a", "a2", "b", "b2", "br0" };

	make_bridge(o, "br0");
	make_veth(o, "a", "a2");
	make_veth(o, "b", "b2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	for (size_t i = 0; i < COUNT(names); i++)
		set_up(o, names[i]);
	set_forwarding(o, "a");
	set_forwarding(o, "b");
}

/* The entry 02:00:00:00:00:LAST as libnl-route reads it, if it exists. */
struct theirs {
	bool is_there;
	int index, state, flags;
};

static struct theirs theirs(struct oracle *o, uint8_t last, int vlan)
{
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, last };
	struct theirs found = { 0 };
	struct nl_cache *cache;

	assert_int_equal(rtnl_neigh_alloc_cache_flags(o->sock, &cache,
						      NL_CACHE_AF_ITER),
			 0);
	for (struct nl_object *at = nl_cache_get_first(cache); at;
	     at = nl_cache_get_next(at)) {
		struct rtnl_neigh *neigh = (struct rtnl_neigh *)at;
		struct nl_addr *addr = rtnl_neigh_get_lladdr(neigh);

		if (rtnl_neigh_get_family(neigh) != AF_BRIDGE || !addr ||
		    nl_addr_get_len(addr) != 6 ||
		    memcmp(nl_addr_get_binary_addr(addr), mac, 6) != 0 ||
		    (rtnl_neigh_get_vlan(neigh) > 0 ? rtnl_neigh_get_vlan(neigh)
						    : 0) != vlan ||
		    !rtnl_neigh_get_master(neigh))
			continue;
		assert_false(found.is_there);
		found = (struct theirs){ true, rtnl_neigh_get_ifindex(neigh),
					 rtnl_neigh_get_state(neigh),
					 (int)rtnl_neigh_get_flags(neigh) };
	}
	nl_cache_free(cache);
	return found;
}

static void is_there(struct oracle *o, uint8_t last, int vlan, bool wanted)
{
	check(theirs(o, last, vlan).is_there == wanted, "%u in VLAN %d", last,
	      vlan);
}

static int add(struct oracle *o, const char *device, uint8_t last,
	       unsigned int vlan, enum vbr_fdb_state state, unsigned int flags)
{
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, last };

	return vbr_fdb_add(o->ctx, "br0", device, mac, vlan, state, flags);
}

static int del(struct oracle *o, const char *device, uint8_t last,
	       unsigned int vlan)
{
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, last };

	return vbr_fdb_del(o->ctx, "br0", device, mac, vlan);
}

/* Makes an entry with libnl. */
static void make(struct oracle *o, const char *port, uint8_t last, int nud,
		 int flags)
{
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, last };
	struct nl_addr *addr = nl_addr_build(AF_LLC, mac, sizeof(mac));
	struct rtnl_neigh *neigh = rtnl_neigh_alloc();

	assert_non_null(neigh);
	rtnl_neigh_set_family(neigh, AF_BRIDGE);
	rtnl_neigh_set_ifindex(neigh, index_of(o, port));
	rtnl_neigh_set_lladdr(neigh, addr);
	rtnl_neigh_set_flags(neigh, (unsigned int)flags | NTF_MASTER);
	rtnl_neigh_set_state(neigh, nud);
	assert_int_equal(rtnl_neigh_add(o->sock, neigh, NLM_F_CREATE), 0);
	nl_addr_put(addr);
	rtnl_neigh_put(neigh);
}

static const struct {
	const char *device;
	enum vbr_fdb_state state;
	unsigned int flags;
	int nud, ntf;
} kinds[] = {
	{ "a", VBR_FDB_LOCAL, 0, NUD_PERMANENT, 0 },
	{ "a", VBR_FDB_STATIC, 0, NUD_NOARP, 0 },
	{ "b", VBR_FDB_LEARNED, 0, NUD_REACHABLE, 0 },
	{ "b", VBR_FDB_STATIC, VBR_FDB_STICKY, NUD_NOARP, NTF_STICKY },
	{ "br0", VBR_FDB_LOCAL, 0, NUD_PERMANENT, 0 },
};

static void made_by_us(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	for (unsigned int i = 0; i < COUNT(kinds); i++) {
		struct theirs seen;

		check(add(o, kinds[i].device, i, 0, kinds[i].state,
			  kinds[i].flags) == 0,
		      "%s", vbr_ctx_error(o->ctx));
		seen = theirs(o, i, 0);
		check(seen.is_there && seen.state == kinds[i].nud &&
			      seen.flags == kinds[i].ntf &&
			      seen.index == index_of(o, kinds[i].device),
		      "row %u: %d, state %#x, flags %#x", i, seen.index,
		      seen.state, seen.flags);
		assert_int_equal(add(o, kinds[i].device, i, 0, kinds[i].state,
				     kinds[i].flags),
				 -EEXIST);
	}
	for (unsigned int i = 0; i < COUNT(kinds); i++) {
		assert_int_equal(del(o, kinds[i].device, i, 0), 0);
		is_there(o, i, 0, false);
		assert_int_equal(del(o, kinds[i].device, i, 0), -ENOENT);
	}
}

static void made_by_them(void **state)
{
	struct oracle *o = *state;
	struct vbr_fdb *fdb;
	size_t seen = 0;

	make_ports(o);
	for (unsigned int i = 0; i < COUNT(kinds) - 1; i++)
		make(o, kinds[i].device, i, kinds[i].nud, kinds[i].ntf);
	assert_int_equal(vbr_fdb_list(o->ctx, "br0", &fdb), 0);
	for (size_t i = 0; i < vbr_fdb_count(fdb); i++) {
		const struct vbr_fdb_entry *entry = vbr_fdb_at(fdb, i);
		const uint8_t *mac = vbr_fdb_entry_mac(entry);
		uint8_t last = mac[5];

		if (memcmp(mac, "\x02\0\0\0\0", 5) != 0 ||
		    last >= COUNT(kinds) || vbr_fdb_entry_vlan(entry))
			continue;
		seen++;
		assert_int_equal(vbr_fdb_entry_state(entry), kinds[last].state);
		assert_int_equal(vbr_fdb_entry_flags(entry), kinds[last].flags);
		assert_int_equal(vbr_fdb_entry_port_index(entry),
				 index_of(o, kinds[last].device));
	}
	vbr_fdb_free(fdb);
	assert_int_equal(seen, COUNT(kinds) - 1);
	for (unsigned int i = 0; i < COUNT(kinds) - 1; i++) {
		assert_int_equal(del(o, kinds[i].device, i, 0), 0);
		is_there(o, i, 0, false);
	}
}

/* A learned, a static and a sticky entry on each port. 1 and 2 are on a. */
static void make_some(struct oracle *o)
{
	make(o, "a", 1, NUD_REACHABLE, 0);
	make(o, "a", 2, NUD_NOARP, 0);
	make(o, "b", 3, NUD_REACHABLE, 0);
	make(o, "b", 4, NUD_NOARP, NTF_STICKY);
	make(o, "b", 5, NUD_REACHABLE, NTF_EXT_LEARNED);
	make(o, "b", 6, NUD_PERMANENT, 0);
}

static const struct {
	struct vbr_fdb_filter filter;
	bool stay[6];
} flushes[] = {
	{ { 0 }, { false, true, false, true, false, true } },
	{ { .port = "a" }, { false, true, true, true, true, true } },
	{ { .port = "b" }, { true, true, false, true, false, true } },
	{ { .port = "br0", .states = VBR_FDB_ANY },
	  { true, true, true, true, true, true } },
	{ { .states = 1 << VBR_FDB_STATIC },
	  { true, false, true, false, true, true } },
	{ { .states = 1 << VBR_FDB_LOCAL, .port = "b" },
	  { true, true, true, true, true, false } },
	{ { .states = 1 << VBR_FDB_LEARNED | 1 << VBR_FDB_STATIC, .port = "b" },
	  { true, true, false, false, false, true } },
	{ { .states = VBR_FDB_ANY,
	    .flags = VBR_FDB_STICKY,
	    .flags_mask = VBR_FDB_STICKY },
	  { true, true, true, false, true, true } },
	{ { .flags_mask = VBR_FDB_EXTERN },
	  { false, true, false, true, true, true } },
	{ { .flags = VBR_FDB_EXTERN, .flags_mask = VBR_FDB_EXTERN },
	  { true, true, true, true, false, true } },
	{ { .states = VBR_FDB_ANY, .port = "b" },
	  { true, true, false, false, false, false } },
	{ { .states = VBR_FDB_ANY },
	  { false, false, false, false, false, false } },
};

static void flushed(void **state)
{
	struct oracle *o = *state;

	for (size_t i = 0; i < COUNT(flushes); i++) {
		make_ports(o);
		make_some(o);
		check(vbr_fdb_flush(o->ctx, "br0", &flushes[i].filter) == 0,
		      "%s", vbr_ctx_error(o->ctx));
		for (uint8_t k = 0; k < 6; k++)
			check(theirs(o, (uint8_t)(k + 1), 0).is_there ==
				      flushes[i].stay[k],
			      "row %zu: entry %u", i, k + 1);
		delete_link(o, "a");
		delete_link(o, "b");
		delete_link(o, "br0");
	}
}

/* Like a kernel before 5.19, which does not know NLM_F_BULK. */
static int send_to_older(void *data, const void *bytes, size_t len)
{
	struct request req;

	assert_true(len <= sizeof(req));
	memcpy(&req, bytes, len);
	if (req.head.nlmsg_type == RTM_DELNEIGH)
		req.head.nlmsg_flags &= (uint16_t)~BULK;
	return kernel_transport.send(data, &req, len);
}

static void make_older(struct oracle *o)
{
	static struct transport older;

	older = kernel_transport;
	older.send = send_to_older;
	o->ctx->transport = &older;
}

static void flushed_slowly(void **state)
{
	make_older(*state);
	flushed(state);
}

static void refused(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	make_veth(o, "c", "c2");
	make_veth(o, "d", "d2");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "d"), 0);
	assert_int_equal(add(o, "c", 1, 0, VBR_FDB_STATIC, 0), -ENODATA);
	/* The port is down. */
	assert_int_equal(add(o, "d", 1, 0, VBR_FDB_LEARNED, 0), -EBUSY);
	assert_int_equal(add(o, "d", 1, 0, VBR_FDB_STATIC, 0), 0);
	assert_int_equal(del(o, "d", 1, 0), 0);
	assert_int_equal(add(o, "x", 1, 0, VBR_FDB_STATIC, 0), -ENODEV);
	/* Entries of the bridge itself must be local. */
	assert_int_equal(add(o, "br0", 1, 0, VBR_FDB_STATIC, 0), -EINVAL);
	assert_int_equal(del(o, "a", 1, 0), -ENOENT);
	make(o, "a", 1, NUD_NOARP, 0);
	/* The entry is on another port. */
	assert_int_equal(del(o, "b", 1, 0), -ENOENT);
	is_there(o, 1, 0, true);
	assert_int_equal(vbr_fdb_flush(o->ctx, "br0",
				       &(struct vbr_fdb_filter){ .port = "c" }),
			 -ENODATA);
	assert_int_equal(vbr_fdb_flush(o->ctx, "c", NULL), -EOPNOTSUPP);
}

/* VLANs, if the kernel supports them. */
static void vlans(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	if (!can_filter(o, "br0"))
		skip();
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_filtering"), 1);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "a", 5, 6, 0), 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "br0", 4094, 4094, 0), 0);
	assert_int_equal(add(o, "a", 1, 5, VBR_FDB_STATIC, 0), 0);
	assert_int_equal(add(o, "a", 1, 6, VBR_FDB_STATIC, 0), 0);
	assert_int_equal(add(o, "br0", 2, 4094, VBR_FDB_LOCAL, 0), 0);
	assert_int_equal(add(o, "a", 3, 7, VBR_FDB_STATIC, 0), -EINVAL);
	is_there(o, 1, 0, false);
	is_there(o, 1, 5, true);
	is_there(o, 1, 6, true);
	is_there(o, 2, 4094, true);
	assert_int_equal(theirs(o, 2, 4094).index, index_of(o, "br0"));
	assert_int_equal(vbr_fdb_flush(o->ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .vlan = 5,
					       .states = VBR_FDB_ANY }),
			 0);
	is_there(o, 1, 5, false);
	is_there(o, 1, 6, true);
	assert_int_equal(del(o, "a", 1, 6), 0);
	assert_int_equal(del(o, "br0", 2, 4094), 0);
	is_there(o, 1, 6, false);
	is_there(o, 2, 4094, false);
	/* Without a VLAN, the call adds and deletes it in all VLANs of the
	 * port. */
	assert_int_equal(add(o, "a", 4, 0, VBR_FDB_STATIC, 0), 0);
	is_there(o, 4, 1, true);
	is_there(o, 4, 5, true);
	is_there(o, 4, 6, true);
	assert_int_equal(del(o, "a", 4, 0), 0);
	is_there(o, 4, 5, false);
}

/* The address has a static entry in VLAN 1, and a learned one without VLAN. */
static void make_twice(struct oracle *o)
{
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "vlan_filtering"), 0);
	assert_int_equal(change_vlans(o, RTM_DELLINK, "a", 1, 1, 0), 0);
	make(o, "a", 1, NUD_REACHABLE, 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "a", 1, 1, 0), 0);
	assert_int_equal(add(o, "a", 1, 1, VBR_FDB_STATIC, 0), 0);
	is_there(o, 1, 0, true);
	is_there(o, 1, 1, true);
}

/* Without a VLAN in the request, the kernel deletes the address in all
 * VLANs. */
static void spared(void **state)
{
	struct oracle *o = *state;

	make_ports(o);
	if (!can_filter(o, "br0"))
		skip();
	make_older(o);
	make_twice(o);
	assert_int_equal(vbr_fdb_flush(o->ctx, "br0", NULL), 0);
	is_there(o, 1, 0, false);
	is_there(o, 1, 1, true);
	assert_int_equal(del(o, "a", 1, 1), 0);
	make_twice(o);
	assert_int_equal(vbr_fdb_flush(o->ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .flags_mask = VBR_FDB_STICKY }),
			 -EOPNOTSUPP);
	is_there(o, 1, 0, true);
	is_there(o, 1, 1, true);
}

/* Entries of the bridge itself must be local; a dry run checks that, too. */
static void dry_run(void **state)
{
	static const enum vbr_fdb_state states[] = {
		VBR_FDB_LOCAL,
		VBR_FDB_STATIC,
		VBR_FDB_LEARNED,
	};
	const uint8_t mac[6] = { 2, 0, 0, 0, 0, 9 };
	struct oracle *o = *state;

	make_bridge(o, "br0");
	for (size_t i = 0; i < 2 * COUNT(states); i++) {
		enum vbr_fdb_state wanted = states[i / 2];

		vbr_ctx_set_dry_run(o->ctx, i % 2 == 0);
		assert_int_equal(vbr_fdb_add(o->ctx, "br0", "br0", mac, 0,
					     wanted, 0),
				 wanted == VBR_FDB_LOCAL ? 0 : -EINVAL);
		if (wanted == VBR_FDB_LOCAL)
			assert_int_equal(vbr_fdb_del(o->ctx, "br0", "br0", mac,
						     0),
					 i % 2 ? 0 : -ENOENT);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libnl reads entries that we make", made_by_us),
		ORACLE_TEST("we read entries that libnl makes", made_by_them),
		ORACLE_TEST("entries are flushed by their fields", flushed),
		ORACLE_TEST("... also if each one needs a request",
			    flushed_slowly),
		ORACLE_TEST("invalid entries are refused", refused),
		ORACLE_TEST("entries are added in VLANs", vlans),
		ORACLE_TEST("entries of the same address in other VLANs stay",
			    spared),
		ORACLE_TEST("a dry run checks entries of the bridge itself",
			    dry_run),
	};

	return run_all(tests);
}
