/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes members of multicast groups in all VLANs of a port. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "vbridge.h"

static void fake_filtering(struct fake_kernel *fake_kernel)
{
	fake_eth0(fake_kernel);
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge",
						 .flags = IFF_UP,
						 .filters = true });
}

static void in_vlans(struct fake_kernel *fake_kernel,
		     const struct a_vlan *vlans)
{
	fake_filtering(fake_kernel);
	fake_eth0_vlans(fake_kernel, vlans);
}

static int add_to_all(struct vbr_ctx *ctx)
{
	return vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 0, true);
}

/* The VLAN in request "i" of the last batch. */
static unsigned int vlan_sent(const struct fake_kernel *fake_kernel, size_t i)
{
	const struct nlmsghdr *msg = fake_sent(fake_kernel, i);
	const struct nlattr *attr;
	const struct br_mdb_entry *entry;

	assert_non_null(msg);
	attr = nlmsg_attrdata(msg, sizeof(struct br_port_msg));
	entry = nla_data(attr);
	return entry->vid;
}

static void added_in_all(void **state)
{
	static const struct a_vlan some[] = { { .first = 5, .last = 6 },
					      { .first = 9, .last = 9 },
					      { 0 } };
	static const struct a_vlan none[] = { { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	in_vlans(fake_kernel, some);
	fake_expect(fake_kernel, RTM_NEWMDB);
	fake_verdicts(fake_kernel, 3, FAKE_ALL, 0);
	assert_int_equal(add_to_all(ctx), 0);
	assert_int_equal(vlan_sent(fake_kernel, 0), 5);
	assert_int_equal(vlan_sent(fake_kernel, 1), 6);
	assert_int_equal(vlan_sent(fake_kernel, 2), 9);
	assert_null(fake_sent(fake_kernel, 3));
	/* One VLAN is refused: the others are undone. */
	in_vlans(fake_kernel, some);
	fake_expect(fake_kernel, RTM_NEWMDB);
	fake_verdicts(fake_kernel, 3, 1, -EEXIST);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 2, FAKE_ALL, 0);
	assert_int_equal(add_to_all(ctx), -EEXIST);
	says(ctx, "File exists");
	assert_int_equal(vlan_sent(fake_kernel, 0), 5);
	assert_int_equal(vlan_sent(fake_kernel, 1), 9);
	assert_null(fake_sent(fake_kernel, 2));
	/* Not all of them can be undone. */
	in_vlans(fake_kernel, some);
	fake_expect(fake_kernel, RTM_NEWMDB);
	fake_verdicts(fake_kernel, 3, 2, -EEXIST);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 2, 0, -EPERM);
	assert_int_equal(add_to_all(ctx), -EEXIST);
	says(ctx, "File exists; some of the VLANs may have been changed");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EEXIST);
	in_vlans(fake_kernel, none);
	assert_int_equal(add_to_all(ctx), -EINVAL);
	says(ctx, "it is not a member of any VLAN");
	fake_filtering(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EPERM);
	assert_int_equal(add_to_all(ctx), -EPERM);
	fake_end(fake_kernel, ctx);
}

static void lists(struct fake_kernel *fake_kernel,
		  const struct a_member *members)
{
	struct datagram d = { 0 };

	add_groups(&d, 7, members, NULL);
	add_done(&d);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &d);
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
		/* A bridge that filters does not use an entry without a
		 * VLAN. */
		{ 8, "239.1.2.3" },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_filtering(fake_kernel);
	lists(fake_kernel, members);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 2, FAKE_ALL, 0);
	assert_int_equal(delete_from_all(ctx), 0);
	assert_int_equal(vlan_sent(fake_kernel, 0), 5);
	assert_int_equal(vlan_sent(fake_kernel, 1), 9);
	assert_null(fake_sent(fake_kernel, 2));
	fake_filtering(fake_kernel);
	lists(fake_kernel, members + 3);
	assert_int_equal(delete_from_all(ctx), -ENOENT);
	says(ctx, "it is not a member");
	/* One membership has already expired. */
	fake_filtering(fake_kernel);
	lists(fake_kernel, members);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 2, 1, -EINVAL);
	lists(fake_kernel, members + 3);
	assert_int_equal(delete_from_all(ctx), 0);
	/* One membership remains. */
	fake_filtering(fake_kernel);
	lists(fake_kernel, members);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 2, 0, -EPERM);
	assert_int_equal(delete_from_all(ctx), -EPERM);
	says(ctx, NO_CAPABILITY "; some of the VLANs may have been changed");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EPERM);
	fake_filtering(fake_kernel);
	lists(fake_kernel, members + 2);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 1, 0, -EPERM);
	assert_int_equal(delete_from_all(ctx), -EPERM);
	says(ctx, NO_CAPABILITY);
	/* Whether it still exists is unknown. */
	fake_filtering(fake_kernel);
	lists(fake_kernel, members + 2);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_receive_fails(fake_kernel, -EINVAL);
	fake_is_reset(fake_kernel, 0);
	lists(fake_kernel, members);
	assert_int_equal(delete_from_all(ctx), -EINVAL);
	says(ctx, "Invalid argument; some of the VLANs may have been changed");
	fake_end(fake_kernel, ctx);
}

/* The others are deleted although one has already expired. */
static void deleted_from_many(void **state)
{
	struct a_member members[100] = { { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (uint16_t i = 0; i < COUNT(members) - 1; i++)
		members[i] = (struct a_member){ 8, "239.1.2.3",
						.vlan = (uint16_t)(i + 1) };
	fake_filtering(fake_kernel);
	lists(fake_kernel, members);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 64, 3, -EINVAL);
	fake_expect(fake_kernel, RTM_DELMDB);
	fake_verdicts(fake_kernel, 35, FAKE_ALL, 0);
	lists(fake_kernel, members + 99);
	assert_int_equal(delete_from_all(ctx), 0);
	fake_end(fake_kernel, ctx);
}

static void is_down(void **state)
{
	static const struct a_member members[] = {
		{ 8, "239.1.2.3", .vlan = 5 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		fake_eth0(fake_kernel);
		fake_link(fake_kernel, &(struct a_link){ .index = 7,
							 .name = "br0",
							 .kind = "bridge",
							 .filters = true });
		lists(fake_kernel, members + i);
		assert_int_equal(delete_from_all(ctx), i ? -ENOENT : -EINVAL);
		says(ctx, i ? "it is not a member" : "the bridge is down");
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a member is added in all VLANs, or in none",
		     added_in_all),
		TEST("a member is deleted in all VLANs that have it",
		     deleted_from_all),
		TEST("... however many there are", deleted_from_many),
		TEST("if the bridge is down, deleting fails and says so",
		     is_down),
	};

	return run_all(tests);
}
