/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Ports on a real kernel: libnl-route reads what libvbridge makes, and
 * libvbridge reads what libnl makes. */

#include "oracle/oracle.h"

#include <inttypes.h>
#include <netlink/route/link/bridge.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/link.h"

static void one_port(struct oracle *o)
{
	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
}

static void added(void **state)
{
	struct oracle *o = *state;
	struct rtnl_link *link;

	one_port(o);
	link = link_of(o, "a");
	assert_int_equal(rtnl_link_get_master(link), index_of(o, "br0"));
	assert_string_equal(rtnl_link_get_slave_type(link), "bridge");
	rtnl_link_put(link);
	assert_int_equal(master_of(o, "b"), 0);
}

static void released(void **state)
{
	struct oracle *o = *state;

	one_port(o);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	assert_int_equal(vbr_port_del(o->ctx, "br0", "a"), 0);
	assert_int_equal(master_of(o, "a"), 0);
	assert_int_equal(master_of(o, "b"), index_of(o, "br0"));
}

static const struct {
	const char *name;
	uint64_t values[5];
	size_t count;
} settings[] = {
	{ "priority", { 0, 1, 31, 63, 32 }, 5 },
	{ "path_cost", { 1, 2, 100, 65534, 65535 }, 5 },
	{ "hairpin_mode", { 1, 0, 1 }, 3 },
};

static void set(struct oracle *o, const char *name, uint64_t value)
{
	check(vbr_port_set(o->ctx, "br0", "a", name, value) == 0, "%s",
	      vbr_ctx_error(o->ctx));
}

static void libnl_reads(void **state)
{
	struct oracle *o = *state;

	one_port(o);
	for (size_t i = 0; i < COUNT(settings); i++) {
		const char *name = settings[i].name;

		for (size_t k = 0; k < settings[i].count; k++) {
			uint64_t value = settings[i].values[k], got;

			set(o, name, value);
			got = option_of(o, "a",
					known_find(VBR_SCOPE_PORT, name));
			check(got == value, "%s is %" PRIu64 ", not %" PRIu64,
			      name, got, value);
		}
	}
}

/* Options for which libnl-route has its own functions. */
static void libnl_route_reads(void **state)
{
	struct oracle *o = *state;
	struct nl_cache *cache;
	struct rtnl_link *link;
	uint32_t cost;

	one_port(o);
	set(o, "priority", 17);
	set(o, "path_cost", 4711);
	set(o, "hairpin_mode", 1);
	assert_int_equal(rtnl_link_alloc_cache(o->sock, AF_BRIDGE, &cache), 0);
	link = rtnl_link_get(cache, index_of(o, "a"));
	assert_non_null(link);
	assert_int_equal(rtnl_link_bridge_get_priority(link), 17);
	assert_int_equal(rtnl_link_bridge_get_cost(link, &cost), 0);
	assert_int_equal(cost, 4711);
	assert_true(rtnl_link_bridge_get_flags(link) &
		    RTNL_BRIDGE_HAIRPIN_MODE);
	assert_int_equal(rtnl_link_bridge_get_port_state(link), 0);
	rtnl_link_put(link);
	nl_cache_free(cache);
}

/* Reads the list of one bridge and the list of all, which have different
 * formats. */
static uint64_t ours(struct oracle *o, const char *bridge, const char *option)
{
	struct vbr_ports *ports;
	uint64_t value = 0;

	assert_int_equal(vbr_port_list(o->ctx, bridge, &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 1);
	check(vbr_port_value(vbr_ports_at(ports, 0), option, &value) == 0,
	      "no %s", option);
	vbr_ports_free(ports);
	return value;
}

static void libnl_sets(void **state)
{
	struct oracle *o = *state;

	one_port(o);
	for (size_t i = 0; i < COUNT(settings); i++) {
		const char *name = settings[i].name;

		for (size_t k = 0; k < settings[i].count; k++) {
			uint64_t value = settings[i].values[k];

			set_option(o, "a", known_find(VBR_SCOPE_PORT, name),
				   value);
			check(ours(o, "br0", name) == value,
			      "%s is not %" PRIu64, name, value);
			check(ours(o, NULL, name) == value,
			      "%s is not %" PRIu64, name, value);
		}
	}
}

static void same_row(const struct known_option *row, struct nlmsghdr *msg,
		     const struct link_info *info)
{
	uint64_t theirs, value;

	if (!option_in(msg, row, &theirs))
		return;
	check(option_get(info->port_options, known_row(row), &value) == 0,
	      "we have no %s", row->name);
	check(value == theirs, "%s is %" PRIu64 ", not %" PRIu64, row->name,
	      value, theirs);
}

/* Timers are running, so both libraries have to read the same message. */
static void every_row(void **state)
{
	struct oracle *o = *state;
	struct nlmsghdr *msg;
	struct link_info info;
	uint64_t value;

	one_port(o);
	assert_int_equal(vbr_bridge_set(o->ctx, "br0", "stp_state", 1), 0);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "b");
	msg = message_of(o, "a");
	assert_int_equal(link_parse(msg, &info), 0);
	assert_true(info.is_port);
	for (size_t i = 0; i < known_count; i++)
		if (known_options[i].scope == VBR_SCOPE_PORT)
			same_row(&known_options[i], msg, &info);
	/* The shorter format has all options, too. */
	for (size_t i = 0; i < known_count; i++)
		if (known_options[i].scope == VBR_SCOPE_PORT &&
		    option_in(msg, &known_options[i], &value))
			ours(o, NULL, known_options[i].name);
	free(msg);
}

/* Ports of two bridges, a slave of another device, and a bridge without
 * ports. */
static void make_many(struct oracle *o)
{
	char name[16], peer[16];

	make_bridge(o, "br1");
	make_bridge(o, "br0");
	make_bridge(o, "empty");
	for (int i = 39; i >= 0; i--) {
		snprintf(name, sizeof(name), "a%02d", i);
		snprintf(peer, sizeof(peer), "b%02d", i);
		make_veth(o, name, peer);
		assert_int_equal(rtnl_link_enslave_ifindex(o->sock,
							   index_of(o, "br1"),
							   index_of(o, name)),
				 0);
		if (i < 10)
			assert_int_equal(rtnl_link_enslave_ifindex(
						 o->sock, index_of(o, "br0"),
						 index_of(o, peer)),
					 0);
	}
}

static void are_ports(struct oracle *o, const struct vbr_ports *ports,
		      size_t first, size_t count, char letter,
		      const char *bridge)
{
	for (size_t i = 0; i < count; i++) {
		const struct vbr_port *port = vbr_ports_at(ports, first + i);
		char name[24];

		snprintf(name, sizeof(name), "%c%02zu", letter, i);
		assert_string_equal(vbr_port_name(port), name);
		assert_int_equal(vbr_port_index(port), index_of(o, name));
		assert_int_equal(vbr_port_bridge_index(port),
				 index_of(o, bridge));
	}
}

static void listed(void **state)
{
	struct oracle *o = *state;
	struct vbr_ports *ports;
	size_t first;

	make_many(o);
	assert_int_equal(vbr_port_list(o->ctx, "br1", &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 40);
	are_ports(o, ports, 0, 40, 'a', "br1");
	vbr_ports_free(ports);

	assert_int_equal(vbr_port_list(o->ctx, "empty", &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 0);
	vbr_ports_free(ports);

	/* br1 has the lower index. */
	assert_int_equal(vbr_port_list(o->ctx, NULL, &ports), 0);
	assert_int_equal(vbr_ports_count(ports), 50);
	are_ports(o, ports, 0, 40, 'a', "br1");
	are_ports(o, ports, 40, 10, 'b', "br0");
	assert_int_equal(vbr_ports_of(ports, index_of(o, "br0"), &first), 10);
	assert_int_equal(first, 40);
	assert_int_equal(vbr_ports_of(ports, index_of(o, "empty"), &first), 0);
	vbr_ports_free(ports);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libnl sees a port that we added", added),
		ORACLE_TEST("libnl sees that we removed a port", released),
		ORACLE_TEST("libnl reads each option that we set", libnl_reads),
		ORACLE_TEST("libnl-route's functions return the same as we do",
			    libnl_route_reads),
		ORACLE_TEST("we read each option that libnl set", libnl_sets),
		ORACLE_TEST("both libraries read the same options", every_row),
		ORACLE_TEST("ports that libnl added are listed by bridge",
			    listed),
	};

	return run_all(tests);
}
