/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* No memory while VLANs, groups and trees are read or changed. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "unit/fail-alloc.h"
#include "vbridge.h"

/* More rows than a list has room for at first. */
#define MANY 60

static void fill(struct a_vlan vlans[MANY + 1])
{
	memset(vlans, 0, (MANY + 1) * sizeof(vlans[0]));
	for (int i = 0; i < MANY; i++)
		vlans[i] = (struct a_vlan){
			.first = (uint16_t)(2 * i + 1),
			.state = 3,
		};
}

static void some_members(struct fake_kernel *fake_kernel)
{
	struct datagram request = { 0 }, answer = { 0 };
	struct a_vlan vlans[MANY + 1];

	fill(vlans);
	/* More devices than the list has room for at first, too. */
	for (int i = 8; i < 8 + MANY; i++)
		add_member(&answer, i, "x", 7, i == 8 ? vlans : vlans + MANY);
	add_done(&answer);
	fake_reply(fake_kernel, expect_members(&request), &answer);
}

static void plain(struct fake_kernel *fake_kernel)
{
	fake_index(fake_kernel, "br0", 7);
	some_members(fake_kernel);
}

static void with_options(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };
	struct a_vlan vlans[MANY + 1];

	fill(vlans);
	plain(fake_kernel);
	fake_expect(fake_kernel, RTM_GETVLAN);
	for (int i = 8; i < 16; i++)
		add_entries(&d, i, vlans);
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static void of_bridges(struct fake_kernel *fake_kernel)
{
	struct a_global vlans[MANY + 1] = { 0 };
	struct datagram d = { 0 };

	for (int i = 0; i < MANY; i++)
		vlans[i] = (struct a_global){ .first = (uint16_t)(i + 1),
					      .igmp = 2 };
	plain(fake_kernel);
	fake_expect(fake_kernel, RTM_GETVLAN);
	add_globals(&d, 8, vlans);
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static unsigned int detail;

static int list_filters(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_port_vlans *filters = *ret_result;
	int rc = vbr_port_vlan_list(ctx, "br0", detail, &filters);

	*ret_result = filters;
	return rc;
}

static int list_of_bridges(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_port_vlans *filters = *ret_result;
	int rc = vbr_bridge_vlan_list(ctx, "br0", &filters);

	*ret_result = filters;
	return rc;
}

static void free_filters(void *result)
{
	vbr_port_vlans_free(result);
}

static void listing_vlans(void **state)
{
	(void)state;
	/* The list, a buffer for the reply, and the rows twice. */
	detail = 0;
	fail_alloc_each(
		&(struct trial){ plain, list_filters, free_filters, 4 });
	/* Also devices and options. */
	detail = VBR_PORT_VLAN_OPTIONS;
	fail_alloc_each(
		&(struct trial){ with_options, list_filters, free_filters, 6 });
	fail_alloc_each(&(struct trial){ of_bridges, list_of_bridges,
					 free_filters, 6 });
}

static void some_trees(struct fake_kernel *fake_kernel)
{
	struct a_tree trees[MANY + 1] = { { 0 } };
	struct datagram d = { 0 };

	for (int i = 0; i < MANY; i++)
		trees[i] = (struct a_tree){ (uint16_t)(i + 1), 3 };
	fake_index(fake_kernel, "br0", 7);
	add_trees(&d, 8, "eth0", 7, trees);
	add_trees(&d, 9, "eth1", 7, trees);
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}

static int list_trees(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_msts *msts = *ret_result;
	int rc = vbr_mst_list(ctx, "br0", &msts);

	*ret_result = msts;
	return rc;
}

static void free_trees(void *result)
{
	vbr_msts_free(result);
}

static void listing_trees(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ some_trees, list_trees, free_trees, 3 });
}

static void some_groups(struct fake_kernel *fake_kernel)
{
	static const struct a_member with_sources = {
		8,
		"239.1.2.3",
		.sources = { "10.0.0.1" },
	};
	struct a_member members[MANY + 1] = { { 0 } };
	struct a_router routers[MANY + 1] = { { 0 } };
	struct datagram bridge = { 0 }, d = { 0 };

	for (int i = 0; i < MANY; i++) {
		members[i] = with_sources;
		routers[i].port = i + 8;
	}
	add_link(&bridge, &(struct a_link){ .index = 7,
					    .name = "br0",
					    .kind = "bridge" });
	add_done(&bridge);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &bridge);
	add_groups(&d, 7, members, routers);
	add_done(&d);
	fake_groups(fake_kernel, &d);
}

static int list_groups(struct vbr_ctx *ctx, void **ret_result)
{
	struct vbr_mdb *mdb = *ret_result;
	int rc = vbr_mdb_list(ctx, NULL, &mdb);

	*ret_result = mdb;
	return rc;
}

static void free_groups(void *result)
{
	vbr_mdb_free(result);
}

static void listing_groups(void **state)
{
	(void)state;
	fail_alloc_each(
		&(struct trial){ some_groups, list_groups, free_groups, 7 });
}

static struct vbr_vids *vids;

static void nothing(void *result)
{
	(void)result;
}

static void added(struct fake_kernel *fake_kernel)
{
	struct a_vlan vlans[MANY + 1];

	fill(vlans);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, vlans);
	fake_acks(fake_kernel, RTM_SETLINK);
}

static void deleted(struct fake_kernel *fake_kernel)
{
	struct a_vlan vlans[MANY + 1];

	fill(vlans);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, vlans);
	fake_acks(fake_kernel, RTM_DELLINK);
}

static void set(struct fake_kernel *fake_kernel)
{
	struct a_vlan vlans[MANY + 1];

	fill(vlans);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, vlans);
	fake_acks(fake_kernel, RTM_NEWVLAN);
}

static int add_vlans(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_port_vlan_add(ctx, "br0", "eth0", vids, 0);
}

static int del_vlans(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_port_vlan_del(ctx, "br0", "eth0", vids);
}

static int set_vlans(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_port_vlan_set_all(ctx, "br0", "eth0", vids,
				     (struct vbr_setting[]){ { "state", 1 } },
				     1);
}

static int map_vlans(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_port_vlan_map_tunnels(ctx, "br0", "eth0", vids, 1);
}

static void changing_vlans(void **state)
{
	(void)state;
	vids = vids_of("1,3,5");
	fail_alloc_each(&(struct trial){ added, add_vlans, nothing, 3 });
	fail_alloc_each(&(struct trial){ deleted, del_vlans, nothing, 3 });
	fail_alloc_each(&(struct trial){ set, set_vlans, nothing, 3 });
	fail_alloc_each(&(struct trial){ added, map_vlans, nothing, 3 });
	vbr_vids_free(vids);
}

/* A message that is too long for the stack is allocated before anything is
 * sent, so that nothing has to be undone. */
static void long_message(void **state)
{
	static const struct a_vlan before[] = { { 1, 999 }, { 0 } };
	static const struct {
		int (*call)(struct vbr_ctx *ctx, void **ret_result);
		uint16_t type;
	} calls[] = {
		{ add_vlans, RTM_SETLINK },
		{ del_vlans, RTM_DELLINK },
		{ map_vlans, RTM_SETLINK },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel;
	char ids[4000] = "";
	size_t len = 0;
	unsigned int count = 0;

	(void)state;
	for (int vid = 1; vid < 1000; vid += 2)
		len += (size_t)snprintf(ids + len, sizeof(ids) - len, "%s%d",
					len ? "," : "", vid);
	vids = vids_of(ids);
	for (size_t i = 0; i < COUNT(calls) * 2; i++) {
		bool fails = i % 2;

		fake_kernel = fake_new(&ctx);
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, before);
		if (!fails)
			fake_acks(fake_kernel, calls[i / 2].type);
		fail_alloc_begin(fails ? count : 0);
		assert_int_equal(calls[i / 2].call(ctx, NULL),
				 fails ? -ENOMEM : 0);
		count = fail_alloc_end();
		fake_end(fake_kernel, ctx);
	}
	vbr_vids_free(vids);
}

static void flushed(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };

	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_DELNEIGH, -EINVAL);
	fake_acks(fake_kernel, RTM_NEWLINK);
	fake_index(fake_kernel, "br0", 7);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	for (int i = 0; i < MANY; i++)
		add_entry(&d, &(struct an_entry){ .port = 8,
						  .bridge = 7,
						  .mac = { 2, (uint8_t)i },
						  .state = NUD_REACHABLE });
	add_done(&d);
	fake_answer(fake_kernel, &d);
	for (int i = 0; i < MANY; i++)
		fake_acks(fake_kernel, RTM_DELNEIGH);
}

static int flush(struct vbr_ctx *ctx, void **ret_result)
{
	(void)ret_result;
	return vbr_fdb_flush(ctx, "br0", NULL);
}

static void flushing(void **state)
{
	(void)state;
	fail_alloc_each(&(struct trial){ flushed, flush, nothing, 3 });
}

/* A change uses memory of the context. */
static void changing(void **state)
{
	static const uint8_t mac[6] = { 2 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	vids = vids_of("5");
	fake_eth0(fake_kernel);
	fake_acks(fake_kernel, RTM_SETLINK);
	fake_eth0(fake_kernel);
	fake_acks(fake_kernel, RTM_NEWNEIGH);
	fake_eth0(fake_kernel);
	fake_acks(fake_kernel, RTM_NEWMDB);
	fake_br0(fake_kernel);
	fake_acks(fake_kernel, RTM_DELNEIGH);
	fail_alloc_begin(1);
	assert_int_equal(vbr_port_vlan_add(ctx, "br0", "eth0", vids, 0), 0);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 5, VBR_FDB_STATIC,
				     0),
			 0);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 5,
				     true),
			 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), 0);
	assert_int_equal(fail_alloc_end(), 0);
	fake_end(fake_kernel, ctx);
	vbr_vids_free(vids);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("listing VLANs without memory is ENOMEM", listing_vlans),
		TEST("listing trees without memory is ENOMEM", listing_trees),
		TEST("listing groups without memory is ENOMEM", listing_groups),
		TEST("changing VLANs without memory is ENOMEM", changing_vlans),
		TEST("a long message without memory is ENOMEM", long_message),
		TEST("flushing entry by entry without memory is ENOMEM",
		     flushing),
		TEST("a single VLAN, entry or member needs no memory",
		     changing),
	};

	return run_all(tests);
}
