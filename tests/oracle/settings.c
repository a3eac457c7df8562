/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets several options of a bridge or a port at once, on a real kernel. */

#include "oracle/oracle.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* All options are set, or none. */
static void is(struct oracle *o, const char *option, uint64_t wanted)
{
	const struct vbr_option *row = option_find(VBR_SCOPE_BRIDGE, option);
	uint64_t value = option_of(o, "br1",
				   known_find(VBR_SCOPE_BRIDGE, row->name));

	check(value == wanted, "%s is %" PRIu64, option, value);
}

static void several(void **state)
{
	const struct vbr_setting good[] = {
		{ "priority", 4096 }, { "ageing_time", 6000 },
		{ "mcast_querier", 1 }, { "no_linklocal_learn", 1 },
		{ "group_fwd_mask", 0x4000 },
	}, bad[] = {
		{ "priority", 8192 }, { "ageing_time", 9000 },
		{ "no_linklocal_learn", 0 }, { "group_fwd_mask", 1 },
	}, twice[] = {
		{ "multicast_querier", 0 }, { "mcast_querier", 1 },
	}, none[] = {
		{ "priority", 8192 }, { "nothing", 1 },
	};
	struct oracle *o = *state;

	make_bridge(o, "br1");
	assert_int_equal(vbr_bridge_set_all(o->ctx, "br1", good, COUNT(good)),
			 0);
	for (size_t i = 0; i < COUNT(good); i++)
		is(o, good[i].option, good[i].value);
	assert_int_equal(vbr_bridge_set_all(o->ctx, "br1", bad, COUNT(bad)),
			 -EINVAL);
	assert_non_null(strstr(vbr_ctx_error(o->ctx),
			       "cannot set options of "
			       "bridge \"br1\": Invalid argument"));
	for (size_t i = 0; i < COUNT(good); i++)
		is(o, good[i].option, good[i].value);
	assert_int_equal(vbr_bridge_set_all(o->ctx, "br1", twice, 2), -EINVAL);
	assert_string_equal(vbr_ctx_error(o->ctx),
			    "cannot set options of "
			    "bridge \"br1\": multicast_querier is given "
			    "twice");
	assert_int_equal(vbr_bridge_set_all(o->ctx, "br1", none, 2), -ENOENT);
	assert_int_equal(vbr_bridge_set_all(o->ctx, "br1", none, 0), -E2BIG);
	is(o, "priority", 4096);
}

/* Options of a port. If the kernel refuses the last, the first is restored. */
static void of_a_port(void **state)
{
	const struct vbr_setting good[] = {
		{ "isolated", 1 }, { "learning", 0 }, { "priority", 7 },
	}, bad[] = {
		{ "isolated", 0 }, { "learning", 1 }, { "priority", 64 },
	};
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_veth(o, "a", "b");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_set_all(o->ctx, "br0", "a", good, 3), 0);
	assert_int_equal(vbr_port_set_all(o->ctx, "br0", "a", bad, 3), -ERANGE);
	assert_non_null(strstr(vbr_ctx_error(o->ctx),
			       "; priority ranges from 0 "
			       "to 63"));
	for (size_t i = 0; i < COUNT(good); i++)
		assert_int_equal(option_of(o, "a",
					   known_find(VBR_SCOPE_PORT,
						      good[i].option)),
				 good[i].value);
	assert_int_equal(vbr_port_set_all(o->ctx, "br0", "b", good, 3),
			 -ENODATA);
	assert_int_equal(vbr_port_set_all(o->ctx, "none", "a", good, 3),
			 -ENXIO);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("several options of a bridge are set, or none",
			    several),
		ORACLE_TEST("several options of a port are set, or none",
			    of_a_port),
	};

	return run_all(tests);
}
