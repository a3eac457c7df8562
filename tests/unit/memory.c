/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each allocation of each call fails once: the call returns -ENOMEM, writes
 * nothing, and leaves nothing allocated (see ASan). */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>

#include "unit/fail-alloc.h"
#include "vbridge.h"

static void one_bridge(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge" });
}

static int get_bridge(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_bridge *bridge = *ret_result;
	int rc = vbr_bridge_get(ctx, "br0", &bridge);

	*ret_result = bridge;
	return rc;
}

static void free_bridge(void *result)
{
	vbr_bridge_free(result);
}

static void getting(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ one_bridge, get_bridge, free_bridge, 0 });
}

/* A link that is larger than the buffer. */
static void one_long_bridge(struct fake_kernel *fake_kernel)
{
	const struct a_link link = {
		.index = 7, .name = "br0", .kind = "bridge", .padding = 4000
	};

	fake_link(fake_kernel, &link);
	fake_link(fake_kernel, &link);
}

static void getting_long(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ one_long_bridge, get_bridge, free_bridge, 1 });
}

static void some_links(struct fake_kernel *fake_kernel, bool ports)
{
	struct datagram d = { 0 };

	fake_expect(fake_kernel, RTM_GETLINK);
	for (int i = 1; i <= 20; i++)
		add_link(&d, &(struct a_link){
				     .index = i,
				     .name = "x",
				     .kind = ports ? "veth" : "bridge",
				     .master = ports ? 7 : 0,
				     .port_no = ports ? (uint16_t)i : 0 });
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static void some_bridges(struct fake_kernel *fake_kernel)
{
	some_links(fake_kernel, false);
}

static int list_bridges(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_bridges *bridges = *ret_result;
	int rc = vbr_bridge_list(ctx, &bridges);

	*ret_result = bridges;
	return rc;
}

static void free_bridges(void *result)
{
	vbr_bridges_free(result);
}

static void listing_bridges(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ some_bridges, list_bridges, free_bridges, 5 });
}

static void some_ports(struct fake_kernel *fake_kernel)
{
	fake_index(fake_kernel, "br0", 7);
	some_links(fake_kernel, true);
}

static int list_ports(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_ports *ports = *ret_result;
	int rc = vbr_port_list(ctx, "br0", &ports);

	*ret_result = ports;
	return rc;
}

static void free_ports(void *result)
{
	vbr_ports_free(result);
}

static void listing_ports(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ some_ports, list_ports, free_ports, 5 });
}

static void some_entries(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };

	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	for (int i = 0; i < 100; i++)
		add_entry(&d, &(struct an_entry){ .port = 8,
						  .bridge = 7,
						  .mac = { 2, (uint8_t)i },
						  .state = NUD_REACHABLE });
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static int list_fdb(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_fdb *fdb = *ret_result;
	int rc = vbr_fdb_list(ctx, "br0", &fdb);

	*ret_result = fdb;
	return rc;
}

static void free_fdb(void *result)
{
	vbr_fdb_free(result);
}

static void listing_fdb(void **state)
{
	(void)state;
	fail_alloc_each(&(struct trial){ some_entries, list_fdb, free_fdb, 4 });
}

static void some_vlans(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };

	fake_expect(fake_kernel, RTM_GETLINK);
	for (int i = 1; i <= 20; i++)
		add_link(&d, &(struct a_link){ .index = i,
					       .name = "x",
					       .kind = "vlan",
					       .vid = 5,
					       .parent = 3 });
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static int list_vlans(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_vlans *vlans = *ret_result;
	int rc = vbr_vlan_list(ctx, NULL, &vlans);

	*ret_result = vlans;
	return rc;
}

static void free_vlans(void *result)
{
	vbr_vlans_free(result);
}

static void one_vlan(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel,
		  &(struct a_link){
			  .index = 7, .name = "x", .kind = "vlan", .vid = 5 });
}

static int get_vlan(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_vlan *vlan = *ret_result;
	int rc = vbr_vlan_get(ctx, "x", &vlan);

	*ret_result = vlan;
	return rc;
}

static void free_vlan(void *result)
{
	vbr_vlan_free(result);
}

static void vlans(void **state)
{
	(void)state;
	fail_alloc_each(&(struct trial){ one_vlan, get_vlan, free_vlan, 0 });
	fail_alloc_each(
		&(struct trial){ some_vlans, list_vlans, free_vlans, 5 });
}

static void a_new_vlan(struct fake_kernel *fake_kernel)
{
	fake_index(fake_kernel, "eth0", 3);
	fake_acks(fake_kernel, RTM_NEWLINK);
}

static struct vbr_vids *five;

static int add_vlan(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_vlan_add(ctx, "eth0", five, 0, "v");
}

static void nothing(void *result)
{
	(void)result;
}

/* Fails before anything is sent, so there is nothing to undo. */
static void adding_vlans(void **state)
{
	struct vbr_vids *vids = (void *)state;

	fail_alloc_begin(1);
	assert_int_equal(vbr_vids_parse("5", &vids), -ENOMEM);
	fail_alloc_end();
	assert_ptr_equal(vids, state);
	assert_int_equal(vbr_vids_parse("5", &five), 0);
	/* Three allocations of the call itself. */
	for (unsigned int n = 1; n <= 3; n++)
		assert_true(
			fail_alloc_nth(&(struct trial){ a_new_vlan, add_vlan,
							nothing, 3 },
				       n));
	vbr_vids_free(five);
}

static void opening(void **state)
{
	struct vbr_ctx *ctx = (void *)state;
	unsigned int n;
	int rc = -ENOMEM;

	for (n = 1; rc == -ENOMEM; n++) {
		assert_ptr_equal(ctx, state);
		fail_alloc_begin(n);
		rc = vbr_ctx_new(NULL, &ctx);
		fail_alloc_end();
	}
	assert_int_equal(rc, 0);
	assert_true(n > 2);
	vbr_ctx_unref(ctx);
}

static void no_script(struct fake_kernel *fake_kernel)
{
	(void)fake_kernel;
}

static int parse_time(struct vbr_ctx *ctx, void **ret_result)
{
	static uint64_t value;
	int rc = vbr_option_parse(ctx,
				  vbr_option_find(VBR_SCOPE_BRIDGE, "max_age"),
				  "8.2", &value);

	if (rc == 0)
		*ret_result = &value;
	return rc;
}

/* Numbers with decimals are parsed in a locale that is allocated. */
static void reading_time(void **state)
{
	(void)state;
	fail_alloc_each(&(struct trial){ no_script, parse_time, nothing, 1 });
}

/* A change uses memory of the context, so it works without memory. */
static void changing(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_NEWLINK);
	fail_alloc_begin(1);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	assert_int_equal(fail_alloc_end(), 0);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("opening a context without memory is ENOMEM", opening),
		TEST("reading a bridge without memory is ENOMEM", getting),
		TEST("growing the buffer without memory is ENOMEM",
		     getting_long),
		TEST("listing bridges without memory is ENOMEM",
		     listing_bridges),
		TEST("listing ports without memory is ENOMEM", listing_ports),
		TEST("listing the FDB without memory is ENOMEM", listing_fdb),
		TEST("reading VLAN devices without memory is ENOMEM", vlans),
		TEST("adding VLAN devices without memory is ENOMEM",
		     adding_vlans),
		TEST("parsing decimal numbers without memory is ENOMEM",
		     reading_time),
		TEST("a change needs no memory", changing),
	};

	return run_all(tests);
}
