/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* libvbridge-nl and caches of libnl: links of a cache give the same snapshots
 * as our own reads, and are the same after conversion in both directions. */

#include "oracle/oracle.h"

#include <errno.h>
#include <netlink/cache.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <string.h>
#include <sys/socket.h>

#include "nl/vbridge-nl.h"
#include "oracle/nl-known.h"

/* A cache of links, of one family or of all. Free with rtnl_link_put() and
 * nl_cache_free(). */
static struct nl_cache *links_of(struct oracle *o, int family, bool is_all)
{
	struct nl_cache *cache;

	assert_int_equal(nl_cache_alloc_name("route/link", &cache), 0);
	if (is_all)
		nl_cache_set_flags(cache, NL_CACHE_AF_ITER);
	else
		nl_cache_set_arg1(cache, family);
	assert_int_equal(nl_cache_refill(o->sock, cache), 0);
	return cache;
}

/* The link in the cache; there can be another one of the same name, in another
 * family. */
static struct rtnl_link *find(struct nl_cache *cache, const char *name,
			      int family)
{
	struct nl_object *object = nl_cache_get_first(cache);

	for (; object; object = nl_cache_get_next(object)) {
		struct rtnl_link *link = (struct rtnl_link *)object;

		if (strcmp(rtnl_link_get_name(link), name) == 0 &&
		    rtnl_link_get_family(link) == family)
			return link;
	}
	fail_msg("no %s of family %d", name, family);
	return NULL;
}

/* --- ports ---------------------------------------------------------------- */

static void make_port(struct oracle *o)
{
	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
}

/* Compares the port from libnl's cache with ours, and again after its
 * conversion to a link and back. */
static void port_agrees(struct oracle *o, const char *about)
{
	struct nl_cache *cache = links_of(o, AF_BRIDGE, false);
	struct vbr_port *ours, *theirs, *again;
	struct rtnl_link *link;

	assert_int_equal(vbr_port_get(o->ctx, "br0", "a", &ours), 0);
	assert_int_equal(vbr_nl_port_from_link(find(cache, "a", AF_BRIDGE),
					       &theirs),
			 0);
	check(same_port(theirs, ours, true), "%s", about);
	assert_int_equal(vbr_nl_link_from_port(theirs, &link), 0);
	assert_int_equal(vbr_nl_port_from_link(link, &again), 0);
	check(same_port(again, ours, true), "%s, come back", about);
	rtnl_link_put(link);
	vbr_port_free(again);
	/* Our snapshot has more options than libnl supports. The link gets
	 * those that it can hold. */
	assert_int_equal(vbr_nl_link_from_port(ours, &link), 0);
	assert_int_equal(vbr_nl_port_from_link(link, &again), 0);
	check(same_port(again, ours, true), "ours by libnl, of %s", about);
	rtnl_link_put(link);
	vbr_port_free(again);
	vbr_port_free(theirs);
	vbr_port_free(ours);
	nl_cache_free(cache);
}

/* Each settable option, at both ends of its range, and back. */
static void each_option_of_a_port_agrees(void **state)
{
	struct oracle *o = *state;
	const struct vbr_option *option;
	unsigned int tried = 0;

	make_port(o);
	port_agrees(o, "a new port");
	for (size_t i = 0; (option = vbr_option_at(VBR_SCOPE_PORT, i)); i++) {
		const char *name = vbr_option_name(option);
		uint64_t ends[] = { vbr_option_max(option),
				    vbr_option_min(option) };

		if (!libnl_knows(VBR_SCOPE_PORT, name) ||
		    strcmp(name, "state") == 0)
			continue;
		for (size_t k = 0; k < COUNT(ends); k++) {
			assert_int_equal(vbr_port_set(o->ctx, "br0", "a", name,
						      ends[k]),
					 0);
			port_agrees(o, name);
			tried++;
		}
	}
	assert_int_equal(tried, 16);
}

static void the_state_of_a_port_agrees(void **state)
{
	struct oracle *o = *state;

	make_port(o);
	set_up(o, "a");
	set_up(o, "b");
	set_up(o, "br0");
	for (uint64_t value = 0; value <= 4; value++) {
		int rc = vbr_port_set(o->ctx, "br0", "a", "state", value);

		check(rc == 0, "%llu: %s", (unsigned long long)value,
		      vbr_ctx_error(o->ctx));
		port_agrees(o, "state");
	}
}

/* A link in AF_UNSPEC has no options of the port. In a cache with both
 * families, the library finds them in the other link. */
static void options_are_found_in_the_same_cache(void **state)
{
	struct oracle *o = *state;
	struct nl_cache *cache;
	struct vbr_port *ours, *theirs;
	uint64_t value;

	make_port(o);
	assert_int_equal(vbr_port_set(o->ctx, "br0", "a", "path_cost", 77), 0);
	assert_int_equal(vbr_port_get(o->ctx, "br0", "a", &ours), 0);
	cache = links_of(o, AF_UNSPEC, false);
	assert_int_equal(vbr_nl_port_from_link(find(cache, "a", AF_UNSPEC),
					       &theirs),
			 0);
	assert_string_equal(vbr_port_name(theirs), "a");
	assert_int_equal(vbr_port_bridge_index(theirs), index_of(o, "br0"));
	assert_int_equal(vbr_port_value(theirs, "path_cost", &value), -ENODATA);
	vbr_port_free(theirs);
	nl_cache_free(cache);

	cache = links_of(o, AF_UNSPEC, true);
	assert_int_equal(vbr_nl_port_from_link(find(cache, "a", AF_UNSPEC),
					       &theirs),
			 0);
	assert_true(same_port(theirs, ours, true));
	vbr_port_free(theirs);
	assert_int_equal(vbr_nl_port_from_link(find(cache, "b", AF_UNSPEC),
					       &theirs),
			 -ENODATA);
	nl_cache_free(cache);
	vbr_port_free(ours);
}

/* --- bridges -------------------------------------------------------------- */

static void bridge_agrees(struct oracle *o, struct rtnl_link *link)
{
	struct vbr_bridge *ours, *theirs, *again;
	struct rtnl_link *back;

	assert_int_equal(vbr_bridge_get(o->ctx, "br0", &ours), 0);
	assert_int_equal(vbr_nl_bridge_from_link(link, &theirs), 0);
	assert_true(same_bridge(theirs, ours, true));
	assert_int_equal(vbr_nl_link_from_bridge(theirs, &back), 0);
	assert_int_equal(vbr_nl_bridge_from_link(back, &again), 0);
	assert_true(same_bridge(again, ours, true));
	rtnl_link_put(back);
	vbr_bridge_free(again);
	vbr_bridge_free(theirs);
	vbr_bridge_free(ours);
}

static void a_bridge_agrees(void **state)
{
	static const int families[] = { AF_UNSPEC, AF_BRIDGE };
	struct oracle *o = *state;
	struct vbr_bridge *bridge = (void *)o;
	struct vbr_vlan *vlan = (void *)o;
	struct vbr_port *port = (void *)o;
	struct nl_cache *cache;

	make_port(o);
	for (size_t i = 0; i < COUNT(families); i++) {
		cache = links_of(o, families[i], false);
		/* libnl gives it AF_BRIDGE in both. */
		bridge_agrees(o, find(cache, "br0", AF_BRIDGE));
		assert_int_equal(vbr_nl_bridge_from_link(find(cache, "a",
							      families[i]),
							 &bridge),
				 -EOPNOTSUPP);
		assert_int_equal(vbr_nl_port_from_link(find(cache, "br0",
							    AF_BRIDGE),
						       &port),
				 -ENODATA);
		assert_int_equal(vbr_nl_vlan_from_link(find(cache, "br0",
							    AF_BRIDGE),
						       &vlan),
				 -EINVAL);
		nl_cache_free(cache);
		set_up(o, "br0");
	}
	assert_ptr_equal(bridge, o);
	assert_ptr_equal(port, o);
	assert_ptr_equal(vlan, o);
}

/* --- VLAN devices --------------------------------------------------------- */

static void make_vlan(struct oracle *o, unsigned int protocol)
{
	struct vbr_vids *vids;
	int rc;

	make_veth(o, "a", "b");
	assert_int_equal(vbr_vids_parse("5", &vids), 0);
	rc = vbr_vlan_add(o->ctx, "b", vids, protocol, "v");
	vbr_vids_free(vids);
	if (rc == -ENOPKG)
		skip();
	assert_int_equal(rc, 0);
}

static struct rtnl_link *vlan_agrees(struct oracle *o)
{
	struct nl_cache *cache = links_of(o, AF_UNSPEC, false);
	struct vbr_vlan *ours, *theirs, *again;
	struct rtnl_link *link;

	assert_int_equal(vbr_vlan_get(o->ctx, "v", &ours), 0);
	assert_int_equal(vbr_nl_vlan_from_link(find(cache, "v", AF_UNSPEC),
					       &theirs),
			 0);
	assert_true(same_vlan(o->ctx, theirs, ours, true));
	assert_int_equal(vbr_nl_link_from_vlan(theirs, &link), 0);
	assert_int_equal(vbr_nl_vlan_from_link(link, &again), 0);
	assert_true(same_vlan(o->ctx, again, ours, true));
	vbr_vlan_free(again);
	vbr_vlan_free(theirs);
	vbr_vlan_free(ours);
	nl_cache_free(cache);
	return link;
}

static void a_vlan_device_agrees(void **state)
{
	static const uint32_t flags[] = {
		0,
		VBR_VLAN_REORDER_HDR,
		VBR_VLAN_GVRP,
		VBR_VLAN_LOOSE_BINDING,
		VBR_VLAN_MVRP,
	};
	struct oracle *o = *state;

	make_vlan(o, VBR_VLAN_8021AD);
	rtnl_link_put(vlan_agrees(o));
	for (size_t i = 0; i < COUNT(flags); i++) {
		assert_int_equal(vbr_vlan_set_flags(o->ctx, "v", 0xf, false),
				 0);
		if (flags[i])
			assert_int_equal(vbr_vlan_set_flags(o->ctx, "v",
							    flags[i], true),
					 0);
		rtnl_link_put(vlan_agrees(o));
	}
	for (unsigned int i = 0; i < 8; i++) {
		assert_int_equal(vbr_vlan_map_ingress(o->ctx, "v", i, i + 100),
				 0);
		assert_int_equal(vbr_vlan_map_egress(o->ctx, "v", i + 200, i),
				 0);
	}
	set_up(o, "b");
	set_up(o, "v");
	rtnl_link_put(vlan_agrees(o));
}

/* libnl can create the device from the converted link. Not with maps: libnl 3.7
 * encodes them in a way that our kernels refuse. */
static void a_vlan_device_can_be_made_again(void **state)
{
	struct oracle *o = *state;
	struct vbr_vlan *vlan;
	struct rtnl_link *link;
	uint64_t value;

	make_vlan(o, VBR_VLAN_8021Q);
	assert_int_equal(vbr_vlan_set_flags(o->ctx, "v", VBR_VLAN_GVRP, true),
			 0);
	link = vlan_agrees(o);
	assert_int_equal(vbr_vlan_del(o->ctx, "v"), 0);
	rtnl_link_set_ifindex(link, 0);
	assert_int_equal(rtnl_link_add(o->sock, link, NLM_F_CREATE), 0);
	rtnl_link_put(link);
	assert_int_equal(vbr_vlan_get(o->ctx, "v", &vlan), 0);
	assert_int_equal(vbr_vlan_parent_index(vlan), index_of(o, "b"));
	assert_int_equal(vbr_vlan_value(vlan, "id", &value), 0);
	assert_int_equal(value, 5);
	assert_int_equal(vbr_vlan_value(vlan, "gvrp", &value), 0);
	assert_int_equal(value, 1);
	vbr_vlan_free(vlan);
}

/* --- contexts ------------------------------------------------------------- */

/* Both use it by turns, and libnl's sequence numbers continue. */
static void one_socket_serves_both(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridge *bridge;
	struct nl_cache *cache;
	struct vbr_ctx *ctx;

	assert_int_equal(vbr_nl_ctx_new(o->sock, &ctx), 0);
	make_bridge(o, "br0");
	assert_int_equal(vbr_bridge_add(ctx, "br1"), 0);
	cache = links_of(o, AF_UNSPEC, false);
	assert_int_equal(nl_cache_nitems(cache), 3);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	vbr_bridge_free(bridge);
	assert_int_equal(vbr_bridge_get(ctx, "lo", &bridge), -EOPNOTSUPP);
	delete_link(o, "br1");
	assert_int_equal(vbr_bridge_get(ctx, "br1", &bridge), -ENODEV);
	assert_int_equal(nl_cache_refill(o->sock, cache), 0);
	assert_int_equal(nl_cache_nitems(cache), 2);
	nl_cache_free(cache);
	vbr_ctx_unref(ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("options of a port agree, and are converted back",
			    each_option_of_a_port_agrees),
		ORACLE_TEST("the state of a port agrees, and is converted back",
			    the_state_of_a_port_agrees),
		ORACLE_TEST("options of a port are found in the same cache",
			    options_are_found_in_the_same_cache),
		ORACLE_TEST("a bridge agrees, and is converted back",
			    a_bridge_agrees),
		ORACLE_TEST("a VLAN device agrees, and is converted back",
			    a_vlan_device_agrees),
		ORACLE_TEST("a converted VLAN device can be created again",
			    a_vlan_device_can_be_made_again),
		ORACLE_TEST("one socket serves libnl and a context",
			    one_socket_serves_both),
	};

	return run_all(tests);
}
