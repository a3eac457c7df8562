/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* No memory in libvbridge-nl and in libnl: each allocation of each call fails
 * once, and the call returns -ENOMEM and writes nothing. */

#include "unit.h"

#include <errno.h>
#include <netlink/cache.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/vlan.h>
#include <netlink/route/neighbour.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "nl/vbridge-nl.h"
#include "unit/event-log.h"

/* The linker replaces these in both libraries (--wrap). */
static bool counting;
static unsigned int calls, fail_at;
static int set_error;

static bool fails_now(void)
{
	return counting && ++calls == fail_at;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
struct nl_msg *__real_nlmsg_alloc_size(size_t size);
struct nl_msg *__wrap_nlmsg_alloc_size(size_t size);
struct rtnl_link *__real_rtnl_link_alloc(void);
struct rtnl_link *__wrap_rtnl_link_alloc(void);
struct rtnl_link *__real_rtnl_link_bridge_alloc(void);
struct rtnl_link *__wrap_rtnl_link_bridge_alloc(void);
struct rtnl_link *__real_rtnl_link_vlan_alloc(void);
struct rtnl_link *__wrap_rtnl_link_vlan_alloc(void);
int __real_rtnl_link_set_slave_type(struct rtnl_link *link, const char *type);
int __wrap_rtnl_link_set_slave_type(struct rtnl_link *link, const char *type);
int __real_rtnl_link_bridge_set_cost(struct rtnl_link *link, uint32_t cost);
int __wrap_rtnl_link_bridge_set_cost(struct rtnl_link *link, uint32_t cost);
int __real_rtnl_link_vlan_set_egress_map(struct rtnl_link *link, uint32_t from,
					 int to);
int __wrap_rtnl_link_vlan_set_egress_map(struct rtnl_link *link, uint32_t from,
					 int to);

void *__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

struct nl_msg *__wrap_nlmsg_alloc_size(size_t size)
{
	return fails_now() ? NULL : __real_nlmsg_alloc_size(size);
}

struct rtnl_link *__wrap_rtnl_link_alloc(void)
{
	return fails_now() ? NULL : __real_rtnl_link_alloc();
}

struct rtnl_link *__wrap_rtnl_link_bridge_alloc(void)
{
	return fails_now() ? NULL : __real_rtnl_link_bridge_alloc();
}

struct rtnl_link *__wrap_rtnl_link_vlan_alloc(void)
{
	return fails_now() ? NULL : __real_rtnl_link_vlan_alloc();
}

int __wrap_rtnl_link_set_slave_type(struct rtnl_link *link, const char *type)
{
	return fails_now() ? set_error
			   : __real_rtnl_link_set_slave_type(link, type);
}

int __wrap_rtnl_link_bridge_set_cost(struct rtnl_link *link, uint32_t cost)
{
	return fails_now() ? set_error
			   : __real_rtnl_link_bridge_set_cost(link, cost);
}

int __wrap_rtnl_link_vlan_set_egress_map(struct rtnl_link *link, uint32_t from,
					 int to)
{
	return fails_now()
		       ? set_error
		       : __real_rtnl_link_vlan_set_egress_map(link, from, to);
}

static void begin(void)
{
	counting = false;
	set_error = -NLE_NOMEM;
}

/* --- what is tried -------------------------------------------------------- */

/* All calls get the same objects. */
static struct {
	struct rtnl_link *bridge, *member, *port, *vlan;
	struct rtnl_neigh *neigh;
	struct nl_cache *cache;
	struct vbr_bridge *our_bridge;
	struct vbr_port *our_member, *our_port;
	struct vbr_vlan *our_vlan;
} all;

static void name(struct rtnl_link *link, const char *its, int index)
{
	assert_non_null(link);
	rtnl_link_set_name(link, its);
	rtnl_link_set_ifindex(link, index);
}

static void make_links(void)
{
	all.bridge = rtnl_link_bridge_alloc();
	name(all.bridge, "br0", 7);
	all.member = rtnl_link_alloc();
	name(all.member, "eth0", 8);
	rtnl_link_set_family(all.member, AF_BRIDGE);
	rtnl_link_set_master(all.member, 7);
	assert_int_equal(rtnl_link_bridge_set_cost(all.member, 2), 0);
	all.port = rtnl_link_alloc();
	name(all.port, "eth0", 8);
	rtnl_link_set_master(all.port, 7);
	assert_int_equal(rtnl_link_set_slave_type(all.port, "bridge"), 0);
	all.vlan = rtnl_link_vlan_alloc();
	name(all.vlan, "eth0.5", 9);
	assert_int_equal(rtnl_link_vlan_set_egress_map(all.vlan, 1, 2), 0);
}

static int make_all(void **state)
{
	struct nl_addr *mac;

	make_links();
	assert_int_equal(vbr_nl_bridge_from_link(all.bridge, &all.our_bridge),
			 0);
	assert_int_equal(vbr_nl_port_from_link(all.member, &all.our_member), 0);
	assert_int_equal(vbr_nl_port_from_link(all.port, &all.our_port), 0);
	assert_int_equal(vbr_nl_vlan_from_link(all.vlan, &all.our_vlan), 0);
	/* In one cache, where the library looks for the port. */
	assert_int_equal(nl_cache_alloc_name("route/link", &all.cache), 0);
	assert_int_equal(nl_cache_add(all.cache, OBJ_CAST(all.member)), 0);
	assert_int_equal(nl_cache_add(all.cache, OBJ_CAST(all.port)), 0);
	all.neigh = rtnl_neigh_alloc();
	assert_int_equal(nl_addr_parse("02:00:00:00:00:01", AF_LLC, &mac), 0);
	rtnl_neigh_set_family(all.neigh, AF_BRIDGE);
	rtnl_neigh_set_ifindex(all.neigh, 8);
	rtnl_neigh_set_master(all.neigh, 7);
	rtnl_neigh_set_state(all.neigh, NUD_REACHABLE);
	rtnl_neigh_set_lladdr(all.neigh, mac);
	nl_addr_put(mac);
	(void)state;
	return 0;
}

static int free_all(void **state)
{
	(void)state;
	counting = false;
	nl_cache_free(all.cache);
	rtnl_link_put(all.bridge);
	rtnl_link_put(all.member);
	rtnl_link_put(all.port);
	rtnl_link_put(all.vlan);
	rtnl_neigh_put(all.neigh);
	vbr_bridge_free(all.our_bridge);
	vbr_port_free(all.our_member);
	vbr_port_free(all.our_port);
	vbr_vlan_free(all.our_vlan);
	return 0;
}

static int get_bridge(void *ret_result)
{
	return vbr_nl_bridge_from_link(all.bridge, ret_result);
}

static int get_port(void *ret_result)
{
	return vbr_nl_port_from_link(all.port, ret_result);
}

static int get_vlan(void *ret_result)
{
	return vbr_nl_vlan_from_link(all.vlan, ret_result);
}

static int back_from_bridge(void *ret_result)
{
	return vbr_nl_link_from_bridge(all.our_bridge, ret_result);
}

static int back_from_member(void *ret_result)
{
	return vbr_nl_link_from_port(all.our_member, ret_result);
}

static int back_from_port(void *ret_result)
{
	return vbr_nl_link_from_port(all.our_port, ret_result);
}

static int back_from_vlan(void *ret_result)
{
	return vbr_nl_link_from_vlan(all.our_vlan, ret_result);
}

static int emit_neigh(void *ret_result)
{
	struct event_log event_log = { "" };
	int rc = vbr_nl_emit(OBJ_CAST(all.neigh), NL_ACT_NEW, event_log_add,
			     &event_log);

	assert_int_equal(event_log.count, rc == 0);
	*(void **)ret_result = rc < 0 ? *(void **)ret_result : NULL;
	return rc;
}

static void free_bridge(void *result)
{
	vbr_bridge_free(result);
}

static void free_port(void *result)
{
	vbr_port_free(result);
}

static void free_vlan(void *result)
{
	vbr_vlan_free(result);
}

static void free_link(void *result)
{
	rtnl_link_put(result);
}

static void free_nothing(void *result)
{
	assert_null(result);
}

/* --- tests ---------------------------------------------------------------- */

static const struct trial {
	const char *what;
	int (*call)(void *ret_result);
	void (*release)(void *result);
	unsigned int allocations;
} trials[] = {
	{ "a bridge", get_bridge, free_bridge, 3 },
	{ "a port, and its member", get_port, free_port, 4 },
	{ "a VLAN device", get_vlan, free_vlan, 3 },
	{ "a bridge's link", back_from_bridge, free_link, 1 },
	{ "a member's link", back_from_member, free_link, 2 },
	{ "a port's link", back_from_port, free_link, 2 },
	{ "a VLAN device's link", back_from_vlan, free_link, 2 },
	{ "a neighbour", emit_neigh, free_nothing, 2 },
};

static void try(const struct trial *trial)
{
	unsigned int n = 0;
	int rc = -ENOMEM;

	while (rc == -ENOMEM) {
		void *result = &calls;

		fail_at = ++n;
		calls = 0;
		counting = true;
		rc = trial->call(&result);
		counting = false;
		check(rc == -ENOMEM || rc == 0, "%s: %d", trial->what, rc);
		if (rc < 0)
			assert_ptr_equal(result, &calls);
		else
			trial->release(result);
	}
	check(n - 1 == trial->allocations, "%s allocates %u times", trial->what,
	      n - 1);
}

static void each_allocation_may_fail(void **state)
{
	(void)state;
	begin();
	for (size_t i = 0; i < COUNT(trials); i++)
		try(&trials[i]);
}

/* Calls of libnl that do not fail in practice. */
static void libnl_may_refuse(void **state)
{
	static int (*const calls_with_setters[])(void *ret_result) = {
		back_from_member,
		back_from_port,
		back_from_vlan,
	};

	(void)state;
	begin();
	set_error = -NLE_OPNOTSUPP;
	for (size_t i = 0; i < COUNT(calls_with_setters); i++) {
		void *result = &calls;
		int rc;

		fail_at = 2;
		calls = 0;
		counting = true;
		rc = calls_with_setters[i](&result);
		counting = false;
		assert_int_equal(rc, -EPROTO);
		assert_ptr_equal(result, &calls);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "each allocation may fail", each_allocation_may_fail,
		  make_all, free_all, NULL },
		{ "what libnl refuses is EPROTO", libnl_may_refuse, make_all,
		  free_all, NULL },
	};

	return run_all(tests);
}
