/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Dry runs: the library only reads, and reports what it can know. */

#include "unit.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "vbridge.h"

static struct fake_kernel *dry(struct vbr_ctx **ret_ctx)
{
	struct fake_kernel *fake_kernel = fake_new(ret_ctx);

	vbr_ctx_set_dry_run(*ret_ctx, true);
	return fake_kernel;
}

static void bridges(void **state)
{
	static const struct a_link up = {
		.index = 7, .name = "br0", .kind = "bridge", .flags = IFF_UP
	};
	static const struct a_link lo = { .index = 1, .name = "lo" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_bridge_add(ctx, "br0"), 0);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_bridge_add(ctx, "br0"), -EEXIST);
	says(ctx, "File exists");
	assert_int_equal(vbr_bridge_add(ctx, "a/b"), -EINVAL);
	fake_br0(fake_kernel);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), 0);
	fake_link(fake_kernel, &up);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), -EBUSY);
	fake_link(fake_kernel, &lo);
	assert_int_equal(vbr_bridge_del(ctx, "lo"), -EPERM);
	says(ctx, "it is not a bridge");
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), -ENODEV);
	fake_end(fake_kernel, ctx);
}

static const struct a_link alone = { .index = 8,
				     .name = "eth0",
				     .kind = "veth" };

static void ports(void **state)
{
	static const struct {
		struct a_link link;
		int rc;
	} rows[] = {
		{ { .index = 8, .name = "eth0", .kind = "veth" }, 0 },
		{ { .index = 8, .name = "eth0", .kind = "bridge" }, -ELOOP },
		{ { .index = 8, .name = "eth0", .flags = IFF_LOOPBACK },
		  -EINVAL },
		{ { .index = 8, .name = "eth0", .master = 9, .port_no = 1 },
		  -EBUSY },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_link(fake_kernel, &rows[i].link);
		fake_br0(fake_kernel);
		assert_int_equal(vbr_port_add(ctx, "br0", "eth0"), rows[i].rc);
	}
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_add(ctx, "br0", "eth0"), -ENODEV);
	fake_link(fake_kernel, &alone);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_add(ctx, "br0", "eth0"), -ENXIO);
	says(ctx, "no such bridge");
	fake_link(fake_kernel, &alone);
	fake_link(fake_kernel, &alone);
	assert_int_equal(vbr_port_add(ctx, "eth0", "eth0"), -EOPNOTSUPP);
	fake_end(fake_kernel, ctx);
}

static void ports_that_go(void **state)
{
	static const struct a_link port = {
		.index = 8, .name = "eth0", .master = 7, .port_no = 1
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_br0(fake_kernel);
	assert_int_equal(vbr_port_del(ctx, "br0", "eth0"), 0);
	fake_link(fake_kernel, &alone);
	fake_br0(fake_kernel);
	assert_int_equal(vbr_port_del(ctx, "br0", "eth0"), -EINVAL);
	fake_link(fake_kernel, &port);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_del(ctx, "br0", "eth0"), -ENXIO);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_port_del(ctx, "br0", "eth0"), -ENODEV);
	fake_end(fake_kernel, ctx);
}

static void options(void **state)
{
	static const struct vbr_setting two[] = {
		{ "priority", 1 },
		{ "max_age", 600 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	fake_br0(fake_kernel);
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", two, 2), 0);
	fake_br0(fake_kernel);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "stp_mode", 1),
			 -EOPNOTSUPP);
	fake_eth0(fake_kernel);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "path_cost", 7), 0);
	fake_eth0(fake_kernel);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "isolated", 1),
			 -EOPNOTSUPP);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "port_no", 1),
			 -EACCES);
	fake_end(fake_kernel, ctx);
}

static void filtering(void **state)
{
	static const struct a_vlan some[] = {
		{ .first = 5, .last = 9, .state = 3 }, { 0 }
	};
	struct vbr_vids *five = vids_of("5"), *nine = vids_of("8-9"),
			*ten = vids_of("9-10");
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	assert_int_equal(vbr_port_vlan_add(ctx, "br0", "eth0", five, 0), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_add(ctx, "br0", "eth0", ten, 0), 0);
	assert_int_equal(vbr_port_vlan_add(ctx, "br0", "eth0", ten,
					   VBR_PORT_VLAN_PVID),
			 -EINVAL);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_del(ctx, "br0", "eth0", nine), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_del(ctx, "br0", "eth0", ten), -ENOENT);
	says(ctx, "VLAN 10 is not there");
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_map_tunnels(ctx, "br0", "eth0", nine, 1),
			 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_set_all(ctx, "br0", "eth0", nine,
					       (struct vbr_setting[]){
						       { "state", 1 } },
					       1),
			 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, some);
	assert_int_equal(vbr_port_vlan_set_all(ctx, "br0", "eth0", nine,
					       (struct vbr_setting[]){
						       { "state", 5 } },
					       1),
			 -ERANGE);
	says(ctx,
	     "Numerical result out of range; state ranges from disabled to "
	     "blocking");
	fake_end(fake_kernel, ctx);
	vbr_vids_free(five);
	vbr_vids_free(nine);
	vbr_vids_free(ten);
}

/* The port and its VLANs; NULL: the kernel has no VLANs. */
static void port_in_vlans(struct fake_kernel *fake_kernel,
			  const struct a_vlan *vlans)
{
	fake_eth0(fake_kernel);
	if (vlans)
		fake_eth0_vlans(fake_kernel, vlans);
	else
		fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
}

/* The library asks for an address in one VLAN; the bridge has it or not. */
static void asked_for(struct fake_kernel *fake_kernel,
		      const struct an_entry *entry, bool has)
{
	struct datagram d = { 0 };

	if (has)
		add_entry(&d, entry);
	else
		add_error(&d, -ENOENT);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, &d);
}

static const struct a_vlan five[] = { { .first = 5, .last = 9 }, { 0 } };

/* An address is in a VLAN at most once, on any port; only an entry of the named
 * port can be deleted. */
static void entries(void **state)
{
	static const struct {
		int port;
		uint16_t vlan,
			expected; /* VLAN of the existing entry, and of the requested one */
		int added, deleted;
	} rows[] = {
		{ 8, 0, 0, -EEXIST, 0 },       { 8, 5, 5, -EEXIST, 0 },
		{ 8, 5, 6, 0, -ENOENT },       { 8, 0, 5, 0, -ENOENT },
		{ 8, 5, 0, 0, -ENOENT },       { 9, 5, 5, -EEXIST, -ENOENT },
		{ 7, 0, 0, -EEXIST, -ENOENT },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);
	struct an_entry entry = { .bridge = 7,
				  .mac = { 2 },
				  .state = NUD_NOARP };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool has = rows[i].vlan == rows[i].expected;

		entry.port = rows[i].port;
		entry.vlan = rows[i].vlan;
		port_in_vlans(fake_kernel, rows[i].expected ? five : NULL);
		asked_for(fake_kernel, &entry, has);
		check(vbr_fdb_add(ctx, "br0", "eth0", entry.mac,
				  rows[i].expected, VBR_FDB_STATIC,
				  0) == rows[i].added,
		      "row %zu is added", i);
		port_in_vlans(fake_kernel, rows[i].expected ? five : NULL);
		asked_for(fake_kernel, &entry, has);
		check(vbr_fdb_del(ctx, "br0", "eth0", entry.mac,
				  rows[i].expected) == rows[i].deleted,
		      "row %zu is deleted", i);
	}
	fake_br0(fake_kernel);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), 0);
	fake_end(fake_kernel, ctx);
}

static void entries_in_vlans(void **state)
{
	static const uint8_t mac[6] = { 4 };
	static const struct a_vlan two[] = { { .first = 5, .last = 6 }, { 0 } };
	struct an_entry it = { .bridge = 7, .port = 9, .mac = { 4 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	port_in_vlans(fake_kernel, five);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 10,
				     VBR_FDB_STATIC, 0),
			 -EINVAL);
	says(ctx, "it is not a member of that VLAN");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	port_in_vlans(fake_kernel, five);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 10), -EINVAL);
	/* The address is in all VLANs, then in none. */
	port_in_vlans(fake_kernel, two);
	for (int i = 0; i < 3; i++)
		asked_for(fake_kernel, &it, false);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				     0),
			 0);
	port_in_vlans(fake_kernel, two);
	asked_for(fake_kernel, &it, false);
	asked_for(fake_kernel, &it, true);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0, VBR_FDB_STATIC,
				     0),
			 -EEXIST);
	/* The address is in one VLAN of this port, then only on another
	 * port. */
	for (it.port = 8; it.port <= 9; it.port++) {
		port_in_vlans(fake_kernel, two);
		for (uint16_t vlan = 4; vlan <= (it.port == 8 ? 5 : 6); vlan++)
			asked_for(fake_kernel, &it, vlan == 5);
		assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 0),
				 it.port == 8 ? 0 : -ENOENT);
	}
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete 04:00:00:00:00:00 of \"eth0\" of "
			    "bridge \"br0\": there is no such entry");
	fake_end(fake_kernel, ctx);
}

/* The library reads the bridge and, if it filters, the VLANs of the port. */
static void lists_group(struct fake_kernel *fake_kernel, bool filters,
			bool is_gone)
{
	static const struct a_member members[] = {
		{ .port = 8, .group = "239.1.2.3" },
		{ .port = 8, .group = "239.1.2.5", .vlan = 5 },
		{ 0 },
	};
	struct datagram d = { 0 };

	fake_eth0(fake_kernel);
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge",
						 .flags = IFF_UP,
						 .filters = filters });
	if (filters && !is_gone)
		fake_eth0_vlans(fake_kernel, five);
	add_groups(&d, 7, members, NULL);
	add_done(&d);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &d);
}

static void groups(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	lists_group(fake_kernel, false, false);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 0,
				     true),
			 -EEXIST);
	lists_group(fake_kernel, false, false);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.4", NULL, 0,
				     true),
			 0);
	fake_eth0(fake_kernel);
	fake_br0(fake_kernel);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.4", NULL, 0,
				     true),
			 -EINVAL);
	says(ctx, "the bridge is down");
	lists_group(fake_kernel, false, false);
	assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 0),
			 0);
	lists_group(fake_kernel, false, false);
	assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 6),
			 -ENOENT);
	says(ctx, "it is not a member");
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "10.0.0.1", NULL, 0,
				     true),
			 -EINVAL);
	lists_group(fake_kernel, true, true);
	assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 5),
			 -ENOENT);
	/* Without a VLAN, the VLANs are those of which the port is a member. */
	for (int filters = 0; filters < 2; filters++) {
		lists_group(fake_kernel, filters, false);
		assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.5",
					     NULL, 0, true),
				 filters ? -EEXIST : 0);
		lists_group(fake_kernel, filters, true);
		assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.5",
					     NULL, 0),
				 filters ? 0 : -ENOENT);
	}
	fake_end(fake_kernel, ctx);
}

static void firewall(void **state)
{
	static const char *const names[] = { "call-iptables", "nothing" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	fake_file(fake_kernel, "1\n", 0);
	assert_int_equal(vbr_nf_set(ctx, names, 1, false), 0);
	fake_file(fake_kernel, "", -ENOENT);
	/* /proc is there, so the module is missing. */
	fake_file(fake_kernel, "1\n", 0);
	assert_int_equal(vbr_nf_set(ctx, names, 1, false), -ENOENT);
	says(ctx, "br_netfilter is not loaded");
	fake_file(fake_kernel, "1\n", 0);
	assert_int_equal(vbr_nf_set(ctx, names, 2, false), -EINVAL);
	fake_end(fake_kernel, ctx);
}

static void vlan_devices(void **state)
{
	static const struct {
		struct a_link link; /* 0: there is no such device */
		int rc;
		const char *why;
	} rows[] = {
		{ { .index = 9,
		    .name = "eth0.5",
		    .kind = "vlan",
		    .parent = 8,
		    .vid = 5 },
		  0,
		  NULL },
		{ { .index = 9, .name = "eth0.5", .kind = "veth" },
		  -EINVAL,
		  "it is not a VLAN device" },
		{ { 0 }, -ENODEV, "No such device" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows) * 4; i++) {
		size_t row = i / 4;
		int rc;

		if (rows[row].link.index)
			fake_link(fake_kernel, &rows[row].link);
		else
			fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
		if (i % 4 == 0)
			rc = vbr_vlan_del(ctx, "eth0.5");
		else if (i % 4 == 1)
			rc = vbr_vlan_set_flags(ctx, "eth0.5", VBR_VLAN_GVRP,
						true);
		else if (i % 4 == 2)
			rc = vbr_vlan_map_ingress(ctx, "eth0.5", 1, 1);
		else
			rc = vbr_vlan_map_egress(ctx, "eth0.5", 1, 1);
		assert_int_equal(rc, rows[row].rc);
		if (rc < 0)
			says(ctx, rows[row].why);
	}
	assert_int_equal(vbr_vlan_map_egress(ctx, "eth0.5", 1, 8), -ERANGE);
	fake_end(fake_kernel, ctx);
}

/* After the dry run, changes are sent again. */
static void off_again(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = dry(&ctx);

	(void)state;
	vbr_ctx_set_dry_run(ctx, false);
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("bridges are not added or deleted", bridges),
		TEST("ports are not added", ports),
		TEST("ports are not removed", ports_that_go),
		TEST("options are not set", options),
		TEST("VLANs of ports are not changed", filtering),
		TEST("FDB entries are looked up", entries),
		TEST("... in all VLANs of the port", entries_in_vlans),
		TEST("members of groups are looked up", groups),
		TEST("settings of br_netfilter are not written", firewall),
		TEST("VLAN devices are read, but not changed", vlan_devices),
		TEST("after a dry run, the changes can be made", off_again),
	};

	return run_all(tests);
}
