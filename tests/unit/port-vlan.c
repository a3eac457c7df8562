/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists VLANs of ports and bridges, their options and counters, with a fake
 * kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

#define UNTAGGED BRIDGE_VLAN_INFO_UNTAGGED
#define BOTH (BRIDGE_VLAN_INFO_PVID | UNTAGGED)

/* BRIDGE_VLANDB_DUMPF_GLOBAL */
#define DUMPF_GLOBAL 2

static const struct a_vlan on_br0[] = { { 1, 0, BOTH }, { 0 } };
static const struct a_vlan on_eth0[] = {
	{ 1, 0, UNTAGGED }, { 5, 0, BOTH }, { 10, 19 }, { 4094 }, { 0 },
};
static const struct a_vlan on_eth1[] = { { 2, 4094 }, { 0 } };

/* Two bridges with one port each, unsorted; and a device that is not a port,
 * because some drivers report VLANs, too. */
static void add_all(struct datagram *d, const struct a_vlan *eth0)
{
	struct nlmsghdr *stranger;

	add_member(d, 9, "eth1", 4, on_eth1);
	add_member(d, 8, "eth0", 7, eth0);
	add_member(d, 4, "br1", 4, on_br0);
	add_member(d, 7, "br0", 7, on_br0);
	stranger = add_member(d, 20, "nic", 0, on_eth1);
	((struct ifinfomsg *)nlmsg_data(stranger))->ifi_index = 20;
	add_done(d);
}

static void fake_members_with(struct fake_kernel *fake_kernel,
			      const struct a_vlan *eth0)
{
	struct datagram request = { 0 }, answer = { 0 };

	add_all(&answer, eth0);
	fake_reply(fake_kernel, expect_members(&request), &answer);
}

static void fake_members(struct fake_kernel *fake_kernel)
{
	fake_members_with(fake_kernel, on_eth0);
}

struct row {
	int bridge, device;
	unsigned int first, last, flags;
};

static void are(const struct vbr_port_vlans *filters, const struct row *rows,
		size_t count)
{
	assert_int_equal(vbr_port_vlans_count(filters), count);
	for (size_t i = 0; i < count; i++) {
		const struct vbr_port_vlan *row = vbr_port_vlans_at(filters, i);

		check(vbr_port_vlan_bridge_index(row) == rows[i].bridge &&
			      vbr_port_vlan_index(row) == rows[i].device &&
			      vbr_port_vlan_first(row) == rows[i].first &&
			      vbr_port_vlan_last(row) == rows[i].last &&
			      vbr_port_vlan_flags(row) == rows[i].flags,
		      "row %zu: %d, %d, %u-%u, %u", i,
		      vbr_port_vlan_bridge_index(row), vbr_port_vlan_index(row),
		      vbr_port_vlan_first(row), vbr_port_vlan_last(row),
		      vbr_port_vlan_flags(row));
	}
	assert_null(vbr_port_vlans_at(filters, count));
	assert_null(vbr_port_vlans_at(filters, SIZE_MAX));
}

static const struct row rows[] = {
	{ 4, 4, 1, 1, BOTH },	  { 4, 9, 2, 4094, 0 }, { 7, 7, 1, 1, BOTH },
	{ 7, 8, 1, 1, UNTAGGED }, { 7, 8, 5, 5, BOTH }, { 7, 8, 10, 19, 0 },
	{ 7, 8, 4094, 4094, 0 },
};

static void listed(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters;
	uint64_t value;

	(void)state;
	fake_members(fake_kernel);
	assert_int_equal(vbr_port_vlan_list(ctx, NULL, 0, &filters), 0);
	are(filters, rows, COUNT(rows));
	/* This dump has no options. */
	assert_int_equal(vbr_port_vlan_value(vbr_port_vlans_at(filters, 0),
					     "state", &value),
			 -ENODATA);
	vbr_port_vlans_free(filters);
	fake_index(fake_kernel, "br0", 7);
	fake_members(fake_kernel);
	assert_int_equal(vbr_port_vlan_list(ctx, "br0", 0, &filters), 0);
	are(filters, rows + 2, COUNT(rows) - 2);
	vbr_port_vlans_free(filters);
	vbr_port_vlans_free(NULL);
	fake_end(fake_kernel, ctx);
}

/* Rows from before the interruption are not listed twice. */
static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_port_vlans *filters;

	(void)state;
	add_member(&d, 8, "eth0", 7, on_eth0);
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_members(fake_kernel);
	assert_int_equal(vbr_port_vlan_list(ctx, NULL, 0, &filters), 0);
	are(filters, rows, COUNT(rows));
	vbr_port_vlans_free(filters);
	fake_end(fake_kernel, ctx);
}

static const struct a_vlan with_options[] = {
	{ .first = 1, .flags = BOTH, .state = 3, .rx_bytes = 4711 },
	{ .first = 10, .last = 19, .state = 4, .tunnel = 100 },
	{ 0 },
};

static void fake_entries(struct fake_kernel *fake_kernel, uint32_t flags)
{
	struct datagram request = { 0 }, answer = { 0 };

	fake_members_with(fake_kernel, with_options);
	/* The device is newer than the list of ports, so its bridge is
	 * unknown. */
	add_entries(&answer, 21, on_eth1);
	add_entries(&answer, 8, with_options);
	add_entries(&answer, 9, on_eth1);
	add_entries(&answer, 4, on_br0);
	add_entries(&answer, 7, on_br0);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 0, flags), &answer);
}

static void fake_entries_of(struct fake_kernel *fake_kernel, uint32_t flags,
			    int device, const struct a_vlan *vlans)
{
	struct datagram request = { 0 }, answer = { 0 };

	add_entries(&answer, device, vlans);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 0, flags), &answer);
}

static void is_value(const struct vbr_port_vlan *row, const char *option,
		     int rc, uint64_t expected)
{
	uint64_t value = 0;

	check(vbr_port_vlan_value(row, option, &value) == rc &&
		      value == expected,
	      "%s is %llu", option, (unsigned long long)value);
}

static void with_details(void **state)
{
	static const struct row br0[] = {
		{ 7, 7, 1, 1, BOTH },
		{ 7, 8, 1, 1, BOTH },
		{ 7, 8, 10, 19, 0 },
	};
	static const unsigned int details[] = {
		VBR_PORT_VLAN_OPTIONS,
		VBR_PORT_VLAN_STATISTICS,
		VBR_PORT_VLAN_OPTIONS | VBR_PORT_VLAN_STATISTICS,
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters;
	char text[VBR_OPTION_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(details); i++) {
		fake_index(fake_kernel, "br0", 7);
		fake_entries(fake_kernel, i ? BRIDGE_VLANDB_DUMPF_STATS : 0);
		assert_int_equal(vbr_port_vlan_list(ctx, "br0", details[i],
						    &filters),
				 0);
		are(filters, br0, COUNT(br0));
		is_value(vbr_port_vlans_at(filters, 0), "state", -ENODATA, 0);
		is_value(vbr_port_vlans_at(filters, 1), "state", 0, 3);
		is_value(vbr_port_vlans_at(filters, 1), "rx_bytes", 0, 4711);
		is_value(vbr_port_vlans_at(filters, 2), "state", 0, 4);
		is_value(vbr_port_vlans_at(filters, 2), "tunnel_id", 0, 100);
		is_value(vbr_port_vlans_at(filters, 2), "nothing", -ENOENT, 0);
		assert_int_equal(
			vbr_port_vlan_text(ctx, vbr_port_vlans_at(filters, 2),
					   "state", text, sizeof(text)),
			0);
		assert_string_equal(text, "blocking");
		assert_int_equal(
			vbr_port_vlan_text(ctx, vbr_port_vlans_at(filters, 2),
					   "state", text, 8),
			-ENOSPC);
		vbr_port_vlans_free(filters);
	}
	fake_end(fake_kernel, ctx);
}

static void of_all_bridges(void **state)
{
	static const struct row all[] = {
		{ 4, 4, 1, 1, BOTH }, { 4, 9, 2, 4094, 0 },
		{ 7, 7, 1, 1, BOTH }, { 7, 8, 1, 1, BOTH },
		{ 7, 8, 10, 19, 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters;

	(void)state;
	fake_entries(fake_kernel, 0);
	assert_int_equal(vbr_port_vlan_list(ctx, NULL, VBR_PORT_VLAN_OPTIONS,
					    &filters),
			 0);
	are(filters, all, COUNT(all));
	vbr_port_vlans_free(filters);
	fake_end(fake_kernel, ctx);
}

/* Linux 6.1 lists the VLANs after a PVID only in a dump with counters. */
static void left_out(void **state)
{
	static const struct a_vlan merged[] = { { 1, 0, BOTH }, { 0 } };
	static const struct a_vlan whole[] = {
		{ .first = 1, .flags = BOTH, .state = 3, .rx_bytes = 1 },
		{ .first = 2, .flags = UNTAGGED, .state = 3, .rx_bytes = 2 },
		{ .first = 3, .flags = UNTAGGED, .state = 3, .rx_bytes = 3 },
		{ .first = 4, .flags = UNTAGGED, .state = 4, .rx_bytes = 4 },
		{ 0 },
	};
	static const struct a_vlan members[] = {
		{ 1, 0, BOTH },
		{ 2, 4, UNTAGGED },
		{ 0 },
	};
	static const struct row expected[] = {
		{ 7, 8, 1, 1, BOTH },
		{ 7, 8, 2, 3, UNTAGGED },
		{ 7, 8, 4, 4, UNTAGGED },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters;

	(void)state;
	fake_index(fake_kernel, "br0", 7);
	fake_members_with(fake_kernel, members);
	fake_entries_of(fake_kernel, 0, 8, merged);
	fake_entries_of(fake_kernel, BRIDGE_VLANDB_DUMPF_STATS, 8, whole);
	assert_int_equal(vbr_port_vlan_list(ctx, "br0", VBR_PORT_VLAN_OPTIONS,
					    &filters),
			 0);
	are(filters, expected, COUNT(expected));
	is_value(vbr_port_vlans_at(filters, 1), "state", 0, 3);
	is_value(vbr_port_vlans_at(filters, 2), "state", 0, 4);
	is_value(vbr_port_vlans_at(filters, 2), "rx_bytes", -ENODATA, 0);
	vbr_port_vlans_free(filters);
	fake_end(fake_kernel, ctx);
}

/* Kernels before Linux 5.6. */
static void without_options(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters = (void *)ctx;

	(void)state;
	fake_members(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
	fake_members(fake_kernel);
	assert_int_equal(vbr_port_vlan_list(ctx, NULL, VBR_PORT_VLAN_OPTIONS,
					    &filters),
			 0);
	are(filters, rows, COUNT(rows));
	vbr_port_vlans_free(filters);
	/* Any other errno is an error. For options of bridges, EOPNOTSUPP is
	 * one, too. */
	filters = (void *)ctx;
	fake_members(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EPERM);
	assert_int_equal(vbr_port_vlan_list(ctx, NULL, VBR_PORT_VLAN_OPTIONS,
					    &filters),
			 -EPERM);
	fake_members(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
	assert_int_equal(vbr_bridge_vlan_list(ctx, NULL, &filters),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the options of "
			    "VLANs: Operation not supported");
	assert_ptr_equal(filters, ctx);
	fake_end(fake_kernel, ctx);
}

static void of_bridges(void **state)
{
	static const struct a_global globals[] = {
		{ 1, 0, 2, 12500 },
		{ .first = 10, .last = 4094, .igmp = 3, .querier = 0x0100007f },
		{ 0 },
	};
	static const struct row expected[] = {
		{ 7, 7, 1, 1, 0 },
		{ 7, 7, 10, 4094, 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram request = { 0 }, answer = { 0 };
	struct vbr_port_vlans *filters;
	char text[VBR_OPTION_TEXT_SIZE];

	(void)state;
	fake_index(fake_kernel, "br0", 7);
	fake_members(fake_kernel);
	add_globals(&answer, 4, globals);
	add_globals(&answer, 7, globals);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 0, DUMPF_GLOBAL),
		   &answer);
	assert_int_equal(vbr_bridge_vlan_list(ctx, "br0", &filters), 0);
	are(filters, expected, COUNT(expected));
	is_value(vbr_port_vlans_at(filters, 0), "mcast_igmp_version", 0, 2);
	is_value(vbr_port_vlans_at(filters, 0), "mcast_query_interval", 0,
		 12500);
	is_value(vbr_port_vlans_at(filters, 1), "mcast_query_interval",
		 -ENODATA, 0);
	is_value(vbr_port_vlans_at(filters, 1), "state", -ENOENT, 0);
	assert_int_equal(vbr_port_vlan_text(ctx, vbr_port_vlans_at(filters, 1),
					    "querier_ipv4_address", text,
					    sizeof(text)),
			 0);
	assert_string_equal(text, "127.0.0.1");
	vbr_port_vlans_free(filters);
	fake_end(fake_kernel, ctx);
}

/* Linux 5.7 to 5.14 ignore the flag and dump VLANs of ports. */
static void not_of_bridges(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters = (void *)ctx;

	(void)state;
	fake_members(fake_kernel);
	fake_entries_of(fake_kernel, DUMPF_GLOBAL, 8, with_options);
	assert_int_equal(vbr_bridge_vlan_list(ctx, NULL, &filters),
			 -EOPNOTSUPP);
	says(ctx, "Operation not supported");
	assert_ptr_equal(filters, ctx);
	fake_end(fake_kernel, ctx);
}

/* A bridge without VLANs, and a device that is not a bridge. */
static void none(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters;

	(void)state;
	fake_index(fake_kernel, "br2", 30);
	fake_members(fake_kernel);
	fake_link(fake_kernel, &(struct a_link){ .index = 30,
						 .name = "br2",
						 .kind = "bridge" });
	assert_int_equal(vbr_port_vlan_list(ctx, "br2", 0, &filters), 0);
	assert_int_equal(vbr_port_vlans_count(filters), 0);
	assert_null(vbr_port_vlans_at(filters, 0));
	vbr_port_vlans_free(filters);
	filters = (void *)ctx;
	fake_index(fake_kernel, "lo", 1);
	fake_members(fake_kernel);
	fake_link(fake_kernel, &(struct a_link){ .index = 1, .name = "lo" });
	assert_int_equal(vbr_port_vlan_list(ctx, "lo", 0, &filters),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the VLANs of "
			    "bridge \"lo\": it is not a bridge");
	fake_index(fake_kernel, "br9", -ENODEV);
	assert_int_equal(vbr_port_vlan_list(ctx, "br9", 0, &filters), -ENODEV);
	assert_ptr_equal(filters, ctx);
	fake_end(fake_kernel, ctx);
}

/* Entries that no kernel sends, in both dumps. */
static void broken(void **state)
{
	static const struct a_vlan plain[][2] = {
		{ { 4095 } },
		{ { 20, 10 } },
		{ { 5, 4095 } },
		{ { 5, 0, BRIDGE_VLAN_INFO_RANGE_BEGIN } },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_port_vlans *filters = (void *)ctx;

	(void)state;
	for (size_t i = 0; i < COUNT(plain); i++) {
		struct datagram d = { 0 };

		add_member(&d, 8, "eth0", 7, plain[i]);
		add_done(&d);
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
		check(vbr_port_vlan_list(ctx, NULL, 0, &filters) == -EBADMSG,
		      "row %zu", i);
	}
	/* In this dump, flags do not start a range; only an attribute does. */
	for (size_t i = 0; i < COUNT(plain) - 1; i++) {
		struct datagram d = { 0 };

		add_entries(&d, 8, plain[i]);
		add_done(&d);
		fake_members(fake_kernel);
		fake_expect(fake_kernel, RTM_GETVLAN);
		fake_answer(fake_kernel, &d);
		check(vbr_port_vlan_list(ctx, NULL, VBR_PORT_VLAN_OPTIONS,
					 &filters) == -EBADMSG,
		      "row %zu", i);
	}
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the VLANs of ports: Bad message");
	assert_ptr_equal(filters, ctx);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("VLANs are listed by bridge, device and id", listed),
		TEST("an interrupted list of VLANs is read again", interrupted),
		TEST("options and counters of VLANs are read", with_details),
		TEST("VLANs of all bridges are read at once", of_all_bridges),
		TEST("kernels without options still list VLANs",
		     without_options),
		TEST("VLANs that the kernel leaves out are read", left_out),
		TEST("options of a bridge's VLANs are read", of_bridges),
		TEST("kernels that dump VLANs of ports instead are refused",
		     not_of_bridges),
		TEST("an empty list differs from \"not a bridge\"", none),
		TEST("invalid VLANs are EBADMSG", broken),
	};

	return run_all(tests);
}
