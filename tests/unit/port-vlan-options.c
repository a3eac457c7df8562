/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of VLANs, those of ports and those of bridges. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

/* BRIDGE_VLANDB_DUMPF_GLOBAL, BRIDGE_VLANDB_GLOBAL_OPTIONS and attributes in
 * it. */
enum {
	DUMPF_GLOBAL = 2,
	GLOBAL_OPTIONS = 2,
	ID = 1,
	RANGE = 2,
	IGMP_VERSION = 4,
	QUERY_INTVL = 12
};

static int set_port(struct vbr_ctx *ctx, const char *ids,
		    const struct vbr_setting *settings, size_t count)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_set_all(ctx, "br0", "eth0", vids, settings,
				       count);

	vbr_vids_free(vids);
	return rc;
}

static int set_bridge(struct vbr_ctx *ctx, const char *ids,
		      const struct vbr_setting *settings, size_t count)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_bridge_vlan_set_all(ctx, "br0", vids, settings, count);

	vbr_vids_free(vids);
	return rc;
}

static const struct a_vlan before[] = {
	{ .first = 10, .last = 14, .state = 3 },
	{ .first = 15, .last = 30, .state = 4 },
	{ .first = 40, .state = 1 },
	{ 0 },
};

static void of_ports(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	static const struct a_vlan rows[] = {
		{ .first = 12, .state = 2 },
		{ .first = 14, .last = 20, .state = 2 },
		{ .first = 40, .state = 2 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_eth0_states(fake_kernel, rows, 0);
	assert_int_equal(set_port(ctx, "40,14-20,12", learning, 1), 0);
	fake_end(fake_kernel, ctx);
}

/* As Linux 5.10.46 does: the dump of one device starts again. */
static void without_end(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	static const struct a_vlan row[] = { { .first = 40, .state = 2 },
					     { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram answer = { 0 };

	(void)state;
	add_entries(&answer, 8, before);
	fake_eth0(fake_kernel);
	fake_expect(fake_kernel, RTM_GETVLAN);
	fake_answer_times(fake_kernel, &answer, 2);
	fake_is_reset(fake_kernel, 0);
	fake_eth0_states(fake_kernel, row, 0);
	assert_int_equal(set_port(ctx, "40", learning, 1), 0);
	fake_end(fake_kernel, ctx);
}

/* Restores each row that the refused request has changed. */
static void undone(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	static const struct a_vlan expected[] = {
		{ .first = 14, .last = 20, .state = 2 },
		{ .first = 40, .state = 2 },
		{ 0 },
	};
	static const struct a_vlan after[] = {
		{ .first = 10, .last = 13, .state = 3 },
		{ .first = 14, .last = 17, .state = 2 },
		{ .first = 18, .last = 30, .state = 4 },
		{ .first = 40, .state = 1 },
		{ 0 },
	};
	static const struct a_vlan old[][2] = {
		{ { .first = 14, .state = 3 } },
		{ { .first = 15, .last = 20, .state = 4 } },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, before);
		fake_eth0_states(fake_kernel, expected, -EBUSY);
		fake_eth0_vlans(fake_kernel, after);
		fake_eth0_states(fake_kernel, old[0], 0);
		fake_eth0_states(fake_kernel, old[1], fails ? -ENOMEM : 0);
		assert_int_equal(set_port(ctx, "14-20,40", learning, 1),
				 -EBUSY);
		says(ctx, fails ? "Device or resource busy; some of the VLANs "
				  "may have been changed"
				: "Device or resource busy");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	}
	/* The request has one VLAN and one option, so nothing has to be
	 * restored. */
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_NEWVLAN, -EINVAL);
	assert_int_equal(set_port(ctx, "40", learning, 1), -EINVAL);
	fake_end(fake_kernel, ctx);
}

/* If no VLAN has changed, nothing is restored. */
static void nothing_to_undo(void **state)
{
	static const struct vbr_setting learning[] = { { "state", 2 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_NEWVLAN, -EBUSY);
	fake_eth0_vlans(fake_kernel, before);
	assert_int_equal(set_port(ctx, "14-20,40", learning, 1), -EBUSY);
	says(ctx, "Device or resource busy");
	/* The VLANs cannot be read after the refusal, so their state is
	 * unknown. */
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_NEWVLAN, -EBUSY);
	fake_refuses(fake_kernel, RTM_GETVLAN, -ENODEV);
	assert_int_equal(set_port(ctx, "14-20,40", learning, 1), -EBUSY);
	says(ctx, "Device or resource busy; some of the VLANs may have been "
		  "changed");
	fake_end(fake_kernel, ctx);
}

/* br_vlan_rtm_process_global_options() */
static void changes_global(struct fake_kernel *fake_kernel,
			   const struct a_global *vlan, int error)
{
	struct datagram d;
	struct nlmsghdr *msg = expect_options(&d, 7);
	struct nlattr *entry = nest_start(msg, GLOBAL_OPTIONS);

	put_u16(msg, ID, vlan->first);
	if (vlan->last)
		put_u16(msg, RANGE, vlan->last);
	put_u64(msg, QUERY_INTVL, vlan->query_interval);
	put_u8(msg, IGMP_VERSION, vlan->igmp);
	nest_end(msg, entry);
	fake_verdict(fake_kernel, msg, error);
}

static const struct a_global globals[] = {
	{ 1, 4000, 2, 12500 },
	{ 4001, 4094, 3, 1000 },
	{ 0 },
};

static void read_globals(struct fake_kernel *fake_kernel,
			 const struct a_global *rows)
{
	struct datagram request = { 0 }, answer = { 0 };

	add_globals(&answer, 7, rows);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 7, DUMPF_GLOBAL),
		   &answer);
}

static void fake_globals(struct fake_kernel *fake_kernel)
{
	fake_br0(fake_kernel);
	read_globals(fake_kernel, globals);
}

static void of_bridges(void **state)
{
	static const struct a_global after[] = {
		{ 4000, 0, 2, 12500 },
		{ 4001, 0, 2, 100 },
		{ 0 },
	};
	static const struct vbr_setting two[] = {
		{ "mcast_query_interval", 100 },
		{ "mcast_igmp_version", 2 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_globals(fake_kernel);
	changes_global(fake_kernel, &(struct a_global){ 2, 4094, 2, 100 }, 0);
	assert_int_equal(set_bridge(ctx, "2-4094", two, 2), 0);
	/* One VLAN, but two options: the first may have changed. */
	fake_globals(fake_kernel);
	changes_global(fake_kernel, &(struct a_global){ 4001, 0, 2, 100 },
		       -EINVAL);
	read_globals(fake_kernel, after);
	changes_global(fake_kernel, &(struct a_global){ 4001, 0, 3, 1000 }, 0);
	assert_int_equal(set_bridge(ctx, "4001", two, 2), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set options of VLANs "
			    "of bridge \"br0\": Invalid argument");
	fake_end(fake_kernel, ctx);
}

static void not_sent(void **state)
{
	static const struct {
		struct vbr_setting settings[2];
		int rc;
		const char *why;
	} rows[] = {
		{ { { "nothing", 1 } },
		  -ENOENT,
		  "there is no option "
		  "\"nothing\"" },
		{ { { "rx_bytes", 1 } },
		  -EACCES,
		  "rx_bytes can only be "
		  "read" },
		{ { { "tunnel_id", 1 } },
		  -EACCES,
		  "tunnel_id can only be "
		  "read" },
		{ { { "state", 1 }, { "state", 2 } },
		  -EINVAL,
		  "state is given twice" },
	};
	static const struct vbr_setting far[] = {
		{ "mcast_query_interval", 99 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(set_port(ctx, "10", rows[i].settings,
					  rows[i].settings[1].option ? 2 : 1),
				 rows[i].rc);
		says(ctx, rows[i].why);
	}
	/* The kernel would set another value and report success. */
	fake_globals(fake_kernel);
	assert_int_equal(set_bridge(ctx, "10-20", far, 1), -ERANGE);
	says(ctx, "Numerical result out of range; mcast_query_interval ranges "
		  "from 1.00 to 86400.00 s");
	assert_int_equal(set_bridge(ctx, "10", far, 0), -E2BIG);
	fake_end(fake_kernel, ctx);
}

#define LACKS(option, since) \
	"this kernel has no " option "; it came with " \
	"Linux " since ", and can be left out when a kernel is built"

/* If an option is missing in the reply, the kernel does not support it. */
static void unknown(void **state)
{
	static const struct vbr_setting rows[] = {
		{ "state", 3 },
		{ "neigh_suppress", 1 },
	};
	static const struct vbr_setting querier[] = { { "mcast_querier", 1 } };
	static const struct a_vlan partly[] = {
		{ .first = 10, .state = 3 },
		{ .first = 20, .last = 30 },
		{ 0 },
	};
	static const struct a_vlan none = { 0 };
	struct datagram request = { 0 }, answer = { 0 }, empty = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	assert_int_equal(set_port(ctx, "10-12", rows, 2), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set options of VLANs "
			    "of \"eth0\" of bridge \"br0\": " LACKS(
				    "neigh_suppress", "6.4"));
	/* Only the named VLANs are checked. */
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, partly);
	fake_acks(fake_kernel, RTM_NEWVLAN);
	assert_int_equal(set_port(ctx, "10", rows, 1), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, partly);
	assert_int_equal(set_port(ctx, "20", rows, 1), -EOPNOTSUPP);
	says(ctx, LACKS("state", "5.6"));
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	assert_int_equal(set_port(ctx, "31", rows, 1), -ENOENT);
	says(ctx, "VLAN 31 is not there");
	/* For the options of bridges there is no older interface. */
	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
	assert_int_equal(set_bridge(ctx, "10", querier, 1), -EOPNOTSUPP);
	says(ctx, LACKS("mcast_querier", "5.15"));
	/* Linux 5.7 to 5.14 ignore the flag and dump VLANs of ports, 5.10.46
	 * without end. */
	fake_br0(fake_kernel);
	add_entries(&answer, 7, before);
	fake_reply(fake_kernel, expect_entries(&request, 7, DUMPF_GLOBAL),
		   &answer);
	fake_is_reset(fake_kernel, 0);
	assert_int_equal(set_bridge(ctx, "10", querier, 1), -EOPNOTSUPP);
	says(ctx, LACKS("mcast_querier", "5.15"));
	fake_br0(fake_kernel);
	add_entries(&empty, 7, &none);
	fake_expect(fake_kernel, RTM_GETVLAN);
	fake_answer_times(fake_kernel, &empty, 2);
	fake_is_reset(fake_kernel, 0);
	assert_int_equal(set_bridge(ctx, "10", querier, 1), -ENOENT);
	fake_end(fake_kernel, ctx);
}

/* The kernel sends some options only for VLANs where they have an effect. Such
 * an option is sent although it is missing in the reply, and it is not
 * restored. */
static void not_always_told(void **state)
{
	static const struct vbr_setting two[] = {
		{ "state", 2 },
		{ "mcast_max_groups", 7 },
	};
	static const struct a_vlan after[] = {
		{ .first = 10, .last = 11, .state = 2 },
		{ .first = 12, .last = 14, .state = 3 },
		{ 0 },
	};
	static const struct a_vlan old[] = {
		{ .first = 10, .last = 12, .state = 3 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_acks(fake_kernel, RTM_NEWVLAN);
	assert_int_equal(set_port(ctx, "10-12", two, 2), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_NEWVLAN, -EINVAL);
	fake_eth0_vlans(fake_kernel, after);
	fake_eth0_states(fake_kernel, old, 0);
	assert_int_equal(set_port(ctx, "10-12", two, 2), -EINVAL);
	says(ctx, "Invalid argument; this kernel has no mcast_max_groups, or "
		  "not for these VLANs");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("options of a port's VLANs are one request", of_ports),
		TEST("a dump that never ends is left", without_end),
		TEST("after a refusal, each changed row is restored", undone),
		TEST("unchanged options are not restored", nothing_to_undo),
		TEST("options of a bridge's VLANs are one request", of_bridges),
		TEST("invalid options are not sent", not_sent),
		TEST("unsupported options are refused", unknown),
		TEST("options that may be missing in the reply are sent",
		     not_always_told),
	};

	return run_all(tests);
}
