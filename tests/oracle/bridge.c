/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Bridges on a real kernel: libnl reads what libvbridge makes, and libvbridge
 * reads what libnl makes. */

#include "oracle/oracle.h"

#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/link.h"

static void added(void **state)
{
	struct oracle *o = *state;
	struct rtnl_link *link;

	assert_int_equal(vbr_bridge_add(o->ctx, "br0"), 0);
	link = link_of(o, "br0");
	assert_string_equal(rtnl_link_get_name(link), "br0");
	assert_string_equal(rtnl_link_get_type(link), "bridge");
	assert_false(rtnl_link_get_flags(link) & IFF_UP);
	assert_int_equal(rtnl_link_get_master(link), 0);
	rtnl_link_put(link);
}

static void longest_name(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridge *bridge;

	assert_int_equal(vbr_bridge_add(o->ctx, "123456789012345"), 0);
	assert_true(link_exists(o, "123456789012345"));
	assert_int_equal(vbr_bridge_get(o->ctx, "123456789012345", &bridge), 0);
	assert_string_equal(vbr_bridge_name(bridge), "123456789012345");
	vbr_bridge_free(bridge);
	assert_int_equal(vbr_bridge_del(o->ctx, "123456789012345"), 0);
	assert_false(link_exists(o, "123456789012345"));
}

/* The kernel replaces %d with a number. */
static void numbered_name(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	assert_int_equal(vbr_bridge_add(o->ctx, "br%d"), 0);
	assert_int_equal(vbr_bridge_add(o->ctx, "br%d"), 0);
	assert_true(link_exists(o, "br1"));
	assert_true(link_exists(o, "br2"));
}

static bool is_up(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	bool up = rtnl_link_get_flags(link) & IFF_UP;

	rtnl_link_put(link);
	return up;
}

static void up_and_down(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	for (int twice = 0; twice < 2; twice++) {
		assert_int_equal(vbr_link_set_up(o->ctx, "br0", true), 0);
		assert_true(is_up(o, "br0"));
	}
	vbr_ctx_set_dry_run(o->ctx, true);
	assert_int_equal(vbr_link_set_up(o->ctx, "br0", false), 0);
	assert_true(is_up(o, "br0"));
	vbr_ctx_set_dry_run(o->ctx, false);
	for (int twice = 0; twice < 2; twice++) {
		assert_int_equal(vbr_link_set_up(o->ctx, "br0", false), 0);
		assert_false(is_up(o, "br0"));
	}
	assert_int_equal(vbr_link_set_up(o->ctx, "nope", true), -ENODEV);
	assert_string_equal(vbr_ctx_error(o->ctx),
			    "cannot set \"nope\" up: No such device");
}

static void deleted(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_bridge_del(o->ctx, "br0"), 0);
	assert_false(link_exists(o, "br0"));
	assert_true(link_exists(o, "br1"));
	assert_int_equal(master_of(o, "a"), 0);
}

/*
 * Even numbers of ticks: a kernel with a clock that is not a multiple of 100 Hz
 * cannot store odd ones. While STP is off, forward_delay can have any value.
 */
static const struct {
	const char *name;
	uint64_t values[5];
	size_t count;
} settings[] = {
	{ "forward_delay", { 200, 1600, 3000, 0, 6000 }, 5 },
	{ "hello_time", { 100, 300, 1000 }, 3 },
	{ "max_age", { 600, 1800, 4000 }, 3 },
	{ "ageing_time", { 0, 2, 12346, 100000, UINT32_MAX - 1 }, 5 },
	{ "stp_state", { 1, 0, 1 }, 3 },
	{ "priority", { 0, 1, 4096, 32769, UINT16_MAX }, 5 },
};

static uint64_t ours(struct oracle *o, const char *name, const char *option)
{
	struct vbr_bridge *bridge;
	uint64_t value = 0;

	assert_int_equal(vbr_bridge_get(o->ctx, name, &bridge), 0);
	check(vbr_bridge_value(bridge, option, &value) == 0, "no %s", option);
	vbr_bridge_free(bridge);
	return value;
}

static void libnl_reads(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	for (size_t i = 0; i < COUNT(settings); i++) {
		const char *name = settings[i].name;

		for (size_t k = 0; k < settings[i].count; k++) {
			uint64_t value = settings[i].values[k], got;

			check(vbr_bridge_set(o->ctx, "br0", name, value) == 0,
			      "%s", vbr_ctx_error(o->ctx));
			got = option_of(o, "br0",
					known_find(VBR_SCOPE_BRIDGE, name));
			check(got == value, "%s is %" PRIu64 ", not %" PRIu64,
			      name, got, value);
		}
	}
}

static void libnl_sets(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	for (size_t i = 0; i < COUNT(settings); i++) {
		const char *name = settings[i].name;

		for (size_t k = 0; k < settings[i].count; k++) {
			uint64_t value = settings[i].values[k], got;

			set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, name),
				   value);
			got = ours(o, "br0", name);
			check(got == value, "%s is %" PRIu64 ", not %" PRIu64,
			      name, got, value);
		}
	}
}

/* Timers are running, so both libraries have to read the same message. */
static void every_row(void **state)
{
	struct oracle *o = *state;
	struct nlmsghdr *msg;
	struct link_info info;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "stp_state"), 1);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "b");
	msg = message_of(o, "br0");
	assert_int_equal(link_parse(msg, &info), 0);
	assert_int_equal(info.kind, LINK_BRIDGE);
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *row = &known_options[i];
		uint64_t theirs, value;

		if (row->scope != VBR_SCOPE_BRIDGE ||
		    !option_in(msg, row, &theirs) || row->width > 8)
			continue;
		check(option_get(info.options, known_row(row), &value) == 0,
		      "we have no %s", row->name);
		check(value == theirs, "%s is %" PRIu64 ", not %" PRIu64,
		      row->name, value, theirs);
	}
	free(msg);
}

static void read_whole(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridge *bridge;

	make_bridge(o, "br0");
	assert_int_equal(vbr_bridge_get(o->ctx, "br0", &bridge), 0);
	assert_string_equal(vbr_bridge_name(bridge), "br0");
	assert_int_equal(vbr_bridge_index(bridge), index_of(o, "br0"));
	assert_false(vbr_bridge_is_up(bridge));
	vbr_bridge_free(bridge);
	set_up(o, "br0");
	assert_int_equal(vbr_bridge_get(o->ctx, "br0", &bridge), 0);
	assert_true(vbr_bridge_is_up(bridge));
	vbr_bridge_free(bridge);
}

/* Bridges among other devices, in more than one datagram, sorted by name. */
static void listed(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridges *bridges;
	char name[16];

	for (int i = 79; i >= 0; i--) {
		snprintf(name, sizeof(name), "br%02d", i);
		make_bridge(o, name);
	}
	make_veth(o, "a", "b");
	assert_int_equal(vbr_bridge_list(o->ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 80);
	for (size_t i = 0; i < 80; i++) {
		const struct vbr_bridge *bridge = vbr_bridges_at(bridges, i);

		snprintf(name, sizeof(name), "br%02zu", i);
		assert_string_equal(vbr_bridge_name(bridge), name);
		assert_int_equal(vbr_bridge_index(bridge), index_of(o, name));
	}
	vbr_bridges_free(bridges);
}

static void listed_none(void **state)
{
	struct oracle *o = *state;
	struct vbr_bridges *bridges;

	make_veth(o, "a", "b");
	assert_int_equal(vbr_bridge_list(o->ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 0);
	vbr_bridges_free(bridges);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("libnl sees a bridge that we added; it is down",
			    added),
		ORACLE_TEST("a bridge's name may have 15 bytes", longest_name),
		ORACLE_TEST("a name with %d gets the lowest free number",
			    numbered_name),
		ORACLE_TEST("libnl sees a bridge that we set up, or down",
			    up_and_down),
		ORACLE_TEST("after a bridge is deleted, its ports are free",
			    deleted),
		ORACLE_TEST("libnl reads each option that we set", libnl_reads),
		ORACLE_TEST("we read each option that libnl set", libnl_sets),
		ORACLE_TEST("both libraries read the same options", every_row),
		ORACLE_TEST("name, index and state of a bridge are the same",
			    read_whole),
		ORACLE_TEST("eighty bridges are listed, and no other device",
			    listed),
		ORACLE_TEST("without bridges, the list is empty", listed_none),
	};

	return run_all(tests);
}
