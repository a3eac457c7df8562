/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Objects of libnl that do not come from a kernel: empty ones, those of other
 * kinds, and those that lack something. */

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <netlink/cache.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/vlan.h>
#include <netlink/route/mdb.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/route.h>
#include <string.h>
#include <sys/socket.h>

#include "nl/vbridge-nl.h"
#include "unit/event-log.h"

static struct rtnl_link *a_link(const char *name, int index)
{
	struct rtnl_link *link = rtnl_link_alloc();

	assert_non_null(link);
	if (name)
		rtnl_link_set_name(link, name);
	if (index)
		rtnl_link_set_ifindex(link, index);
	return link;
}

static struct rtnl_link *a_vlan(const char *name, int index)
{
	struct rtnl_link *link = rtnl_link_vlan_alloc();

	assert_non_null(link);
	rtnl_link_set_name(link, name);
	rtnl_link_set_ifindex(link, index);
	rtnl_link_set_link(link, 3);
	assert_int_equal(rtnl_link_vlan_set_id(link, 5), 0);
	return link;
}

/* A port, as in AF_BRIDGE. */
static struct rtnl_link *a_member(const char *name, int index, int master)
{
	struct rtnl_link *link = a_link(name, index);

	rtnl_link_set_family(link, AF_BRIDGE);
	rtnl_link_set_master(link, master);
	return link;
}

/* What each of the three functions returns for a link. Frees the link. */
static void is_none(struct rtnl_link *link, int bridge, int port, int vlan)
{
	void *const untouched = &bridge;
	struct vbr_bridge *its_bridge = untouched;
	struct vbr_port *its_port = untouched;
	struct vbr_vlan *its_vlan = untouched;

	assert_int_equal(vbr_nl_bridge_from_link(link, &its_bridge), bridge);
	assert_int_equal(vbr_nl_port_from_link(link, &its_port), port);
	assert_int_equal(vbr_nl_vlan_from_link(link, &its_vlan), vlan);
	assert_ptr_equal(its_bridge, untouched);
	assert_ptr_equal(its_port, untouched);
	assert_ptr_equal(its_vlan, untouched);
	if (link)
		rtnl_link_put(link);
}

/* --- links ---------------------------------------------------------------- */

static void nothing_is_refused(void **state)
{
	struct rtnl_link *link = (void *)state;
	struct event_log event_log = { "" };

	is_none(NULL, -EINVAL, -EINVAL, -EINVAL);
	assert_int_equal(vbr_nl_link_from_bridge(NULL, &link), -EINVAL);
	assert_int_equal(vbr_nl_link_from_port(NULL, &link), -EINVAL);
	assert_int_equal(vbr_nl_link_from_vlan(NULL, &link), -EINVAL);
	assert_ptr_equal(link, state);
	assert_int_equal(vbr_nl_emit(NULL, NL_ACT_NEW, event_log_add,
				     &event_log),
			 -EINVAL);
	for (int action = 0; action <= NL_ACT_MAX; action++)
		assert_int_equal(vbr_nl_emit_change(NULL, NULL, action,
						    event_log_add, &event_log),
				 -EINVAL);
	assert_int_equal(event_log.count, 0);
}

static void other_links_are_none_of_these(void **state)
{
	struct rtnl_link *link = a_link("eth0", 8);

	(void)state;
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_link("eth0", 8);
	rtnl_link_set_master(link, 7);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_link("eth0", 8);
	rtnl_link_set_master(link, 7);
	assert_int_equal(rtnl_link_set_slave_type(link, "bond"), 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	/* A former port of a bridge. */
	link = a_link("eth0", 8);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_link("dummy0", 8);
	assert_int_equal(rtnl_link_set_type(link, "dummy"), 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
}

/* It can only be a bridge, whatever else the object contains. */
static void nothing_is_its_own_port(void **state)
{
	struct vbr_bridge *bridge;
	struct rtnl_link *link = a_link("br0", 7);

	(void)state;
	rtnl_link_set_master(link, 7);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_vlan("eth0.5", 7);
	rtnl_link_set_family(link, AF_BRIDGE);
	rtnl_link_set_master(link, 7);
	assert_int_equal(vbr_nl_bridge_from_link(link, &bridge), -EOPNOTSUPP);
	rtnl_link_put(link);
}

/* A driver reports its device like this, with any master. */
static void a_member_without_cost_is_no_port(void **state)
{
	struct rtnl_link *link = a_member("eth0", 8, 7);

	(void)state;
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_member("eth0", 8, 7);
	assert_int_equal(rtnl_link_bridge_set_flags(link, RTNL_BRIDGE_LEARNING),
			 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
	link = a_member("eth0", 8, 0);
	assert_int_equal(rtnl_link_bridge_set_cost(link, 2), 0);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EINVAL);
}

static void half_a_link_is_broken(void **state)
{
	struct rtnl_link *link = rtnl_link_bridge_alloc();

	(void)state;
	rtnl_link_set_name(link, "br0");
	is_none(link, -EBADMSG, -ENODATA, -EINVAL);
	link = rtnl_link_bridge_alloc();
	rtnl_link_set_ifindex(link, 7);
	is_none(link, -EBADMSG, -ENODATA, -EINVAL);
	link = a_vlan("eth0.5", -1);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EBADMSG);
	link = a_vlan("", 9);
	is_none(link, -EOPNOTSUPP, -ENODATA, -EBADMSG);
	link = a_link(NULL, 8);
	rtnl_link_set_master(link, 7);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	is_none(link, -EOPNOTSUPP, -EBADMSG, -EINVAL);
}

static void a_map_has_an_end(void **state)
{
	struct rtnl_link *link = a_vlan("eth0.5", 9);
	struct vbr_vlan *vlan;
	uint32_t from, to;

	(void)state;
	for (uint32_t i = 0; i < 4096; i++)
		assert_int_equal(rtnl_link_vlan_set_egress_map(link, i, 7), 0);
	assert_int_equal(vbr_nl_vlan_from_link(link, &vlan), 0);
	assert_true(vbr_vlan_egress_at(vlan, 4095, &from, &to));
	assert_int_equal(from, 4095);
	assert_int_equal(to, 7);
	assert_false(vbr_vlan_egress_at(vlan, 4096, &from, &to));
	vbr_vlan_free(vlan);
	assert_int_equal(rtnl_link_vlan_set_egress_map(link, 4096, 7), 0);
	nl_object_get(OBJ_CAST(link));
	is_none(link, -EOPNOTSUPP, -ENODATA, -E2BIG);
	/* If it is also a port, all of it is checked. */
	rtnl_link_set_master(link, 7);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	is_none(link, -EOPNOTSUPP, -E2BIG, -E2BIG);
}

/* --- and back ------------------------------------------------------------- */

static void a_bridge_comes_back(void **state)
{
	(void)state;
	for (unsigned int up = 0; up < 2; up++) {
		struct rtnl_link *link = rtnl_link_bridge_alloc(), *back;
		struct vbr_bridge *bridge;

		rtnl_link_set_name(link, "br0");
		rtnl_link_set_ifindex(link, 7);
		rtnl_link_set_flags(link, up ? IFF_UP : 0);
		assert_int_equal(vbr_nl_bridge_from_link(link, &bridge), 0);
		rtnl_link_put(link);
		assert_true(vbr_bridge_is_up(bridge) == up);
		assert_int_equal(vbr_nl_link_from_bridge(bridge, &back), 0);
		vbr_bridge_free(bridge);
		assert_string_equal(rtnl_link_get_type(back), "bridge");
		assert_string_equal(rtnl_link_get_name(back), "br0");
		assert_int_equal(rtnl_link_get_ifindex(back), 7);
		assert_int_equal(rtnl_link_get_flags(back), up ? IFF_UP : 0);
		rtnl_link_put(back);
	}
}

static void a_port_without_options_comes_back(void **state)
{
	struct rtnl_link *link = a_link("eth0", 8), *back;
	struct vbr_port *port;
	uint64_t value;

	(void)state;
	rtnl_link_set_master(link, 7);
	assert_int_equal(rtnl_link_set_slave_type(link, "bridge"), 0);
	assert_int_equal(vbr_nl_port_from_link(link, &port), 0);
	rtnl_link_put(link);
	assert_string_equal(vbr_port_name(port), "eth0");
	assert_int_equal(vbr_port_index(port), 8);
	assert_int_equal(vbr_port_bridge_index(port), 7);
	for (size_t i = 0; vbr_option_at(VBR_SCOPE_PORT, i); i++)
		assert_int_equal(vbr_port_value(port,
						vbr_option_name(vbr_option_at(
							VBR_SCOPE_PORT, i)),
						&value),
				 -ENODATA);
	assert_int_equal(vbr_nl_link_from_port(port, &back), 0);
	vbr_port_free(port);
	assert_int_equal(rtnl_link_get_family(back), AF_UNSPEC);
	assert_string_equal(rtnl_link_get_slave_type(back), "bridge");
	assert_string_equal(rtnl_link_get_name(back), "eth0");
	assert_int_equal(rtnl_link_get_ifindex(back), 8);
	assert_int_equal(rtnl_link_get_master(back), 7);
	rtnl_link_put(back);
}

static void a_port_with_options_comes_back(void **state)
{
	struct rtnl_link *link = a_member("eth0", 8, 7), *back;
	struct vbr_port *port;
	uint32_t cost;

	(void)state;
	assert_int_equal(rtnl_link_bridge_set_cost(link, 0x12345), 0);
	assert_int_equal(rtnl_link_bridge_set_priority(link, 63), 0);
	assert_int_equal(rtnl_link_bridge_set_port_state(link, 3), 0);
	assert_int_equal(
		rtnl_link_bridge_set_flags(link, RTNL_BRIDGE_BPDU_GUARD |
							 RTNL_BRIDGE_LEARNING),
		0);
	assert_int_equal(vbr_nl_port_from_link(link, &port), 0);
	rtnl_link_put(link);
	assert_int_equal(vbr_nl_link_from_port(port, &back), 0);
	vbr_port_free(port);
	assert_true(rtnl_link_is_bridge(back));
	assert_int_equal(rtnl_link_get_master(back), 7);
	assert_int_equal(rtnl_link_bridge_get_cost(back, &cost), 0);
	assert_int_equal(cost, 0x12345);
	assert_int_equal(rtnl_link_bridge_get_priority(back), 63);
	assert_int_equal(rtnl_link_bridge_get_port_state(back), 3);
	assert_int_equal(rtnl_link_bridge_get_flags(back),
			 RTNL_BRIDGE_BPDU_GUARD | RTNL_BRIDGE_LEARNING);
	rtnl_link_put(back);
}

static void a_vlan_device_comes_back(void **state)
{
	struct rtnl_link *link = a_vlan("eth0.5", 9), *back;
	const struct vlan_map *map;
	struct vbr_vlan *vlan;
	int count;

	(void)state;
	rtnl_link_set_flags(link, IFF_UP);
	rtnl_link_vlan_set_protocol(link, htons(VBR_VLAN_8021AD));
	rtnl_link_vlan_set_flags(link, VBR_VLAN_GVRP | VBR_VLAN_MVRP);
	rtnl_link_vlan_set_ingress_map(link, 3, 77);
	rtnl_link_vlan_set_egress_map(link, 88, 5);
	rtnl_link_vlan_set_egress_map(link, 89, 6);
	assert_int_equal(vbr_nl_vlan_from_link(link, &vlan), 0);
	rtnl_link_put(link);
	assert_int_equal(vbr_nl_link_from_vlan(vlan, &back), 0);
	vbr_vlan_free(vlan);
	assert_true(rtnl_link_is_vlan(back));
	assert_string_equal(rtnl_link_get_name(back), "eth0.5");
	assert_int_equal(rtnl_link_get_ifindex(back), 9);
	assert_int_equal(rtnl_link_get_link(back), 3);
	assert_int_equal(rtnl_link_get_flags(back), IFF_UP);
	assert_int_equal(rtnl_link_vlan_get_id(back), 5);
	assert_int_equal(rtnl_link_vlan_get_protocol(back),
			 htons(VBR_VLAN_8021AD));
	assert_int_equal(rtnl_link_vlan_get_flags(back),
			 VBR_VLAN_GVRP | VBR_VLAN_MVRP);
	assert_int_equal(rtnl_link_vlan_get_ingress_map(back)[3], 77);
	map = rtnl_link_vlan_get_egress_map(back, &count);
	assert_int_equal(count, 2);
	assert_int_equal(map[0].vm_from, 88);
	assert_int_equal(map[0].vm_to, 5);
	assert_int_equal(map[1].vm_from, 89);
	rtnl_link_put(back);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("NULL is refused", nothing_is_refused),
		TEST("other links are not a bridge, port or VLAN device",
		     other_links_are_none_of_these),
		TEST("a link that is its own master is not a port",
		     nothing_is_its_own_port),
		TEST("a member without a cost is not a port",
		     a_member_without_cost_is_no_port),
		TEST("an incomplete link is broken", half_a_link_is_broken),
		TEST("a map has an end", a_map_has_an_end),
		TEST("a bridge is converted back", a_bridge_comes_back),
		TEST("a port without options is converted back",
		     a_port_without_options_comes_back),
		TEST("a port with options is converted back",
		     a_port_with_options_comes_back),
		TEST("a VLAN device is converted back",
		     a_vlan_device_comes_back),
	};

	return run_all(tests);
}
