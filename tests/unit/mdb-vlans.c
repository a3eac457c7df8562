/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Memberships in multicast groups in all VLANs of a port. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "vbridge.h"

static void canned_filtering(struct canned *canned)
{
	canned_eth0(canned);
	canned_link(canned, &(struct a_link){ .index = 7,
					      .name = "br0",
					      .kind = "bridge",
					      .flags = IFF_UP,
					      .filters = true });
}

static void in_vlans(struct canned *canned, const struct a_vlan *vlans)
{
	canned_filtering(canned);
	canned_eth0_vlans(canned, vlans);
}

static int add_to_all(struct vbr_ctx *ctx)
{
	return vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 0, true);
}

/* The VLAN that the i-th of the requests that were sent last is about. */
static unsigned int vlan_sent(const struct canned *canned, size_t i)
{
	const struct nlmsghdr *msg = canned_sent(canned, i);
	const struct nlattr *attr;
	const struct br_mdb_entry *entry;

	assert_non_null(msg);
	attr = mnl_nlmsg_get_payload_offset(msg, sizeof(struct br_port_msg));
	entry = mnl_attr_get_payload(attr);
	return entry->vid;
}

static void added_in_all(void **state)
{
	static const struct a_vlan some[] = { { .first = 5, .last = 6 },
					      { .first = 9, .last = 9 },
					      { 0 } };
	static const struct a_vlan none[] = { { 0 } };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	in_vlans(canned, some);
	canned_expect(canned, RTM_NEWMDB);
	canned_verdicts(canned, 3, CANNED_ALL, 0);
	assert_int_equal(add_to_all(ctx), 0);
	assert_int_equal(vlan_sent(canned, 0), 5);
	assert_int_equal(vlan_sent(canned, 1), 6);
	assert_int_equal(vlan_sent(canned, 2), 9);
	assert_null(canned_sent(canned, 3));
	/* One is refused: the others are undone. */
	in_vlans(canned, some);
	canned_expect(canned, RTM_NEWMDB);
	canned_verdicts(canned, 3, 1, -EEXIST);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 2, CANNED_ALL, 0);
	assert_int_equal(add_to_all(ctx), -EEXIST);
	says(ctx, "File exists");
	assert_int_equal(vlan_sent(canned, 0), 5);
	assert_int_equal(vlan_sent(canned, 1), 9);
	assert_null(canned_sent(canned, 2));
	/* ... or not all of them. */
	in_vlans(canned, some);
	canned_expect(canned, RTM_NEWMDB);
	canned_verdicts(canned, 3, 2, -EEXIST);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 2, 0, -EPERM);
	assert_int_equal(add_to_all(ctx), -EEXIST);
	says(ctx, "File exists; some of the VLANs may have been changed");
	in_vlans(canned, none);
	assert_int_equal(add_to_all(ctx), -EINVAL);
	says(ctx, "it is a member of no VLAN");
	canned_filtering(canned);
	canned_refuses(canned, RTM_GETVLAN, -EPERM);
	assert_int_equal(add_to_all(ctx), -EPERM);
	canned_end(canned, ctx);
}

static void lists(struct canned *canned, const struct a_member *members)
{
	struct datagram d = { 0 };

	add_groups(&d, 7, members, NULL);
	add_done(&d);
	canned_br0(canned);
	canned_groups(canned, &d);
}

static int delete_from_all(struct vbr_ctx *ctx)
{
	return vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 0);
}

static void deleted_from_all(void **state)
{
	static const struct a_member members[] = {
		{ 8, "239.1.2.3", .vlan = 5 },
		{ 9, "239.1.2.3", .vlan = 6 },
		{ 8, "239.1.2.3", .vlan = 9 },
		{ 8, "239.1.2.4", .vlan = 7 },
		/* The kernel has no use for it. */
		{ 8, "239.1.2.3" },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_filtering(canned);
	lists(canned, members);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 2, CANNED_ALL, 0);
	assert_int_equal(delete_from_all(ctx), 0);
	assert_int_equal(vlan_sent(canned, 0), 5);
	assert_int_equal(vlan_sent(canned, 1), 9);
	assert_null(canned_sent(canned, 2));
	canned_filtering(canned);
	lists(canned, members + 3);
	assert_int_equal(delete_from_all(ctx), -ENOENT);
	says(ctx, "it is no member");
	/* One has left meanwhile. */
	canned_filtering(canned);
	lists(canned, members);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 2, 1, -EINVAL);
	lists(canned, members + 3);
	assert_int_equal(delete_from_all(ctx), 0);
	/* One stays. */
	canned_filtering(canned);
	lists(canned, members);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 2, 0, -EPERM);
	assert_int_equal(delete_from_all(ctx), -EPERM);
	says(ctx, NO_CAPABILITY "; some of the VLANs may have been changed");
	canned_filtering(canned);
	lists(canned, members + 2);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 1, 0, -EPERM);
	assert_int_equal(delete_from_all(ctx), -EPERM);
	says(ctx, NO_CAPABILITY);
	/* Nobody knows what it was. */
	canned_filtering(canned);
	lists(canned, members + 2);
	canned_expect(canned, RTM_DELMDB);
	canned_receive_fails(canned, -EINVAL);
	canned_is_reset(canned, 0);
	lists(canned, members);
	assert_int_equal(delete_from_all(ctx), -EINVAL);
	says(ctx, "Invalid argument; some of the VLANs may have been changed");
	canned_end(canned, ctx);
}

/* That one has left meanwhile is no reason to leave the others there. */
static void deleted_from_many(void **state)
{
	struct a_member members[100] = { { 0 } };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (uint16_t i = 0; i < COUNT(members) - 1; i++)
		members[i] = (struct a_member){ 8, "239.1.2.3",
						.vlan = (uint16_t)(i + 1) };
	canned_filtering(canned);
	lists(canned, members);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 64, 3, -EINVAL);
	canned_expect(canned, RTM_DELMDB);
	canned_verdicts(canned, 35, CANNED_ALL, 0);
	lists(canned, members + 99);
	assert_int_equal(delete_from_all(ctx), 0);
	canned_end(canned, ctx);
}

static void is_down(void **state)
{
	static const struct a_member members[] = {
		{ 8, "239.1.2.3", .vlan = 5 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		canned_eth0(canned);
		canned_link(canned, &(struct a_link){ .index = 7,
						      .name = "br0",
						      .kind = "bridge",
						      .filters = true });
		lists(canned, members + i);
		assert_int_equal(delete_from_all(ctx), i ? -ENOENT : -EINVAL);
		says(ctx, i ? "it is no member" : "the bridge is down");
	}
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("to all VLANs a member is added, or to none",
		     added_in_all),
		TEST("a member is deleted from all VLANs that it is in",
		     deleted_from_all),
		TEST("... however many", deleted_from_many),
		TEST("a bridge that is down loses none, and says so", is_down),
	};

	return run_all(tests);
}
