/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Turns objects of libnl into events without a kernel; contexts on sockets of
 * libnl. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/addr.h>
#include <netlink/cache.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/vlan.h>
#include <netlink/route/mdb.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/route.h>
#include <netlink/socket.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nl/vbridge-nl.h"
#include "unit/event-log.h"

/* The events of an object that is new, changed or deleted. Frees the object. */
static void tells(void *object, int rc, const char *expected, const char *gone)
{
	static const int actions[] = { NL_ACT_NEW, NL_ACT_CHANGE, NL_ACT_DEL };

	for (size_t i = 0; i < COUNT(actions); i++) {
		struct event_log event_log = { "" };

		assert_int_equal(vbr_nl_emit(object, actions[i], event_log_add,
					     &event_log),
				 rc);
		assert_string_equal(event_log.text,
				    actions[i] == NL_ACT_DEL ? gone : expected);
	}
	nl_object_put(object);
}

static struct rtnl_link *a_slave(const char *name, int index, int master)
{
	struct rtnl_link *link = rtnl_link_alloc();

	assert_non_null(link);
	rtnl_link_set_name(link, name);
	rtnl_link_set_ifindex(link, index);
	if (!master)
		return link;
	rtnl_link_set_master(link, master);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	return link;
}

static struct rtnl_link *a_vlan(int master)
{
	struct rtnl_link *link = rtnl_link_vlan_alloc();

	assert_non_null(link);
	rtnl_link_set_name(link, "eth0.5");
	rtnl_link_set_ifindex(link, 9);
	rtnl_link_set_link(link, 3);
	rtnl_link_vlan_set_id(link, 5);
	if (!master)
		return link;
	rtnl_link_set_master(link, master);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	return link;
}

static void give_mac(struct rtnl_neigh *neigh)
{
	struct nl_addr *mac;

	assert_int_equal(nl_addr_parse("02:00:00:00:00:01", AF_LLC, &mac), 0);
	rtnl_neigh_set_lladdr(neigh, mac);
	nl_addr_put(mac);
}

static struct rtnl_neigh *a_neigh(int family, int master)
{
	struct rtnl_neigh *neigh = rtnl_neigh_alloc();

	assert_non_null(neigh);
	rtnl_neigh_set_family(neigh, family);
	rtnl_neigh_set_ifindex(neigh, 8);
	rtnl_neigh_set_state(neigh, NUD_REACHABLE);
	give_mac(neigh);
	if (master)
		rtnl_neigh_set_master(neigh, master);
	return neigh;
}

/* --- telling -------------------------------------------------------------- */

static void links_are_told(void **state)
{
	struct rtnl_link *bridge = rtnl_link_bridge_alloc();

	(void)state;
	rtnl_link_set_name(bridge, "br0");
	rtnl_link_set_ifindex(bridge, 7);
	tells(bridge, 0, "bridge br0 down; ", "gone bridge br0 down; ");
	tells(a_slave("eth0", 8, 7), 0, "port eth0 7; ", "gone port eth0 7; ");
	tells(a_vlan(0), 0, "device eth0.5 3; ", "gone device eth0.5 3; ");
	tells(a_vlan(7), 0, "device eth0.5 3; port eth0.5 7; ",
	      "gone device eth0.5 3; gone port eth0.5 7; ");
}

static void entries_are_told(void **state)
{
	struct rtnl_neigh *neigh = a_neigh(AF_BRIDGE, 7);

	(void)state;
	tells(neigh, 0, "mac 8 02:00:00:00:00:01 0; ",
	      "gone mac 8 02:00:00:00:00:01 0; ");
	neigh = a_neigh(AF_BRIDGE, 7);
	rtnl_neigh_set_vlan(neigh, 5);
	tells(neigh, 0, "mac 8 02:00:00:00:00:01 5; ",
	      "gone mac 8 02:00:00:00:00:01 5; ");
}

static void others_are_passed_over(void **state)
{
	(void)state;
	tells(a_slave("eth0", 8, 0), 0, "", "");
	tells(a_neigh(AF_INET, 7), 0, "", "");
	/* Entries of the device itself, not of a bridge. */
	tells(a_neigh(AF_BRIDGE, 0), 0, "", "");
	tells(rtnl_neigh_alloc(), 0, "", "");
	tells(rtnl_mdb_alloc(), 0, "", "");
	tells(rtnl_addr_alloc(), 0, "", "");
	tells(rtnl_route_alloc(), 0, "", "");
}

static void what_lacks_something_is_broken(void **state)
{
	struct rtnl_neigh *neigh = rtnl_neigh_alloc();

	(void)state;
	tells(a_slave("", 8, 7), -EBADMSG, "", "");
	rtnl_neigh_set_family(neigh, AF_BRIDGE);
	rtnl_neigh_set_ifindex(neigh, 8);
	rtnl_neigh_set_master(neigh, 7);
	tells(neigh, -EBADMSG, "", "");
	/* Without a state, it would look like a local entry. */
	neigh = rtnl_neigh_alloc();
	rtnl_neigh_set_family(neigh, AF_BRIDGE);
	rtnl_neigh_set_ifindex(neigh, 8);
	rtnl_neigh_set_master(neigh, 7);
	give_mac(neigh);
	tells(neigh, -EBADMSG, "", "");
}

static void other_actions_are_refused(void **state)
{
	static const int actions[] = { NL_ACT_UNSPEC, NL_ACT_GET, NL_ACT_SET,
				       NL_ACT_MAX + 1, -1 };
	struct rtnl_link *port = a_slave("eth0", 8, 7);
	struct event_log event_log = { "" };

	(void)state;
	for (size_t i = 0; i < COUNT(actions); i++) {
		assert_int_equal(vbr_nl_emit(OBJ_CAST(port), actions[i],
					     event_log_add, &event_log),
				 -EINVAL);
		assert_int_equal(vbr_nl_emit_change(OBJ_CAST(port),
						    OBJ_CAST(port), actions[i],
						    event_log_add, &event_log),
				 -EINVAL);
	}
	assert_string_equal(event_log.text, "");
	rtnl_link_put(port);
}

static void what_the_callback_returns_is_returned(void **state)
{
	static const int errors[] = { 42, -EBADMSG, -ENOMSG };
	struct rtnl_link *both = a_vlan(7);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct event_log event_log = { .fail_at = 1,
					       .error = errors[i] };

		assert_int_equal(vbr_nl_emit(OBJ_CAST(both), NL_ACT_NEW,
					     event_log_add, &event_log),
				 errors[i]);
		assert_string_equal(event_log.text, "device eth0.5 3; ");
	}
	rtnl_link_put(both);
}

/* --- changes -------------------------------------------------------------- */

static void changes(struct rtnl_link *before, struct rtnl_link *after,
		    const char *expected)
{
	int action = !before ? NL_ACT_NEW : after ? NL_ACT_CHANGE : NL_ACT_DEL;
	struct event_log event_log = { "" };

	assert_int_equal(vbr_nl_emit_change(before ? OBJ_CAST(before) : NULL,
					    after ? OBJ_CAST(after) : NULL,
					    action, event_log_add, &event_log),
			 0);
	assert_string_equal(event_log.text, expected);
	if (before)
		rtnl_link_put(before);
	if (after)
		rtnl_link_put(after);
}

static void a_port_that_leaves_is_told(void **state)
{
	(void)state;
	changes(NULL, a_slave("eth0", 8, 7), "port eth0 7; ");
	changes(a_slave("eth0", 8, 7), a_slave("eth0", 8, 7), "port eth0 7; ");
	changes(a_slave("eth0", 8, 7), a_slave("eth0", 8, 6),
		"gone port eth0 7; port eth0 6; ");
	changes(a_slave("eth0", 8, 7), a_slave("eth0", 8, 0),
		"gone port eth0 7; ");
	changes(a_slave("eth0", 8, 0), a_slave("eth0", 8, 7), "port eth0 7; ");
	changes(a_slave("eth0", 8, 7), NULL, "gone port eth0 7; ");
	/* The device remains. */
	changes(a_vlan(7), a_vlan(0), "gone port eth0.5 7; device eth0.5 3; ");
}

static void a_callback_may_end_a_change(void **state)
{
	struct rtnl_link *before = a_slave("eth0", 8, 7);
	struct rtnl_link *after = a_slave("eth0", 8, 6);
	struct event_log event_log = { .fail_at = 1 };

	(void)state;
	assert_int_equal(vbr_nl_emit_change(OBJ_CAST(before), OBJ_CAST(after),
					    NL_ACT_CHANGE, event_log_add,
					    &event_log),
			 42);
	assert_string_equal(event_log.text, "gone port eth0 7; ");
	rtnl_link_put(before);
	rtnl_link_put(after);
}

static void unlike_objects_are_refused(void **state)
{
	struct rtnl_link *link = a_slave("eth0", 8, 7);
	struct rtnl_neigh *neigh = a_neigh(AF_BRIDGE, 7);
	struct event_log event_log = { "" };

	(void)state;
	assert_int_equal(vbr_nl_emit_change(OBJ_CAST(link), OBJ_CAST(neigh),
					    NL_ACT_CHANGE, event_log_add,
					    &event_log),
			 -EINVAL);
	assert_string_equal(event_log.text, "");
	rtnl_link_put(link);
	rtnl_neigh_put(neigh);
}

/* --- contexts ------------------------------------------------------------- */

static void sockets_are_looked_at(void **state)
{
	struct nl_sock *sock = nl_socket_alloc();
	struct vbr_ctx *ctx = (void *)state;
	char name[VBR_NAME_SIZE];

	assert_non_null(sock);
	assert_int_equal(vbr_nl_ctx_new(NULL, &ctx), -EINVAL);
	assert_int_equal(vbr_nl_ctx_new(sock, &ctx), -EBADF);
	assert_int_equal(nl_connect(sock, NETLINK_GENERIC), 0);
	assert_int_equal(vbr_nl_ctx_new(sock, &ctx), -EPROTOTYPE);
	nl_close(sock);
	assert_int_equal(nl_connect(sock, NETLINK_ROUTE), 0);
	assert_int_equal(nl_socket_add_membership(sock, RTNLGRP_LINK), 0);
	assert_int_equal(vbr_nl_ctx_new(sock, &ctx), -EBUSY);
	assert_ptr_equal(ctx, state);
	assert_int_equal(nl_socket_drop_membership(sock, RTNLGRP_LINK), 0);
	assert_int_equal(vbr_nl_ctx_new(sock, &ctx), 0);
	assert_int_equal(vbr_link_name(ctx, 1, name), 0);
	assert_string_equal(name, "lo");
	vbr_ctx_unref(ctx);
	nl_socket_free(sock);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("links make events", links_are_told),
		TEST("FDB entries make events", entries_are_told),
		TEST("other objects are skipped", others_are_passed_over),
		TEST("incomplete objects are EBADMSG",
		     what_lacks_something_is_broken),
		TEST("other actions are refused", other_actions_are_refused),
		TEST("the return value of the callback is returned",
		     what_the_callback_returns_is_returned),
		TEST("a port that leaves its bridge makes an event",
		     a_port_that_leaves_is_told),
		TEST("a callback can end the events of a change",
		     a_callback_may_end_a_change),
		TEST("two objects of different kinds are refused",
		     unlike_objects_are_refused),
		TEST("unsuitable sockets are refused", sockets_are_looked_at),
	};

	return run_all(tests);
}
