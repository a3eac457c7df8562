/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs that come or go, and of which the kernel refuses some: what was done
 * is undone, and what cannot be is told of. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

#define PVID BRIDGE_VLAN_INFO_PVID
#define UNTAGGED BRIDGE_VLAN_INFO_UNTAGGED

static int add(struct vbr_ctx *ctx, const char *ids)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_add(ctx, "br0", "eth0", vids, 0);

	vbr_vids_free(vids);
	return rc;
}

static int del(struct vbr_ctx *ctx, const char *ids)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_del(ctx, "br0", "eth0", vids);

	vbr_vids_free(vids);
	return rc;
}

/* Of 10 to 20 there were 12, untagged; 14 and 15, tagged; and 20, the PVID. */
static const struct a_vlan before[] = {
	{ 1, 0, UNTAGGED },
	{ 12, 0, UNTAGGED },
	{ 14, 15 },
	{ 20, 0, PVID },
	{ 0 },
};
static const struct a_vlan wanted[] = { { 10, 20 }, { 0 } };
static const struct a_vlan nothing[] = { { 0 } };

/* What undoes it: those new go, those old get what they had. */
static void undoes(struct canned *canned, int first_error, int second_error)
{
	static const struct a_vlan new[] = {
		{ 10, 11 },
		{ 13 },
		{ 16, 19 },
		{ 0 },
	};
	static const struct a_vlan tagged[] = { { 14, 15 }, { 0 } };
	static const struct a_vlan untagged[] = { { 12, 0, UNTAGGED }, { 0 } };
	static const struct a_vlan pvid[] = { { 20, 0, PVID }, { 0 } };

	canned_eth0_changes(canned, RTM_DELLINK, new, first_error);
	canned_eth0_changes(canned, RTM_SETLINK, tagged, 0);
	canned_eth0_changes(canned, RTM_SETLINK, untagged, second_error);
	canned_eth0_changes(canned, RTM_SETLINK, pvid, 0);
}

#define FULL "No space left on device"
#define CHANGED "; some of the VLANs may have been changed"

/* What could not be undone may never have been done. */
static void undone(void **state)
{
	static const struct {
		int first, second;
		const struct a_vlan *after;
		const char *why;
	} rows[] = {
		{ 0, 0, NULL, FULL },
		{ -EPERM, 0, wanted, FULL CHANGED },
		{ 0, -ENOMEM, wanted, FULL CHANGED },
		{ -EPERM, 0, before, FULL },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		canned_eth0(canned);
		canned_eth0_vlans(canned, before);
		/* A PVID, and none behind it that it might hide. */
		canned_eth0_counted(canned, before);
		canned_eth0_changes(canned, RTM_SETLINK, wanted, -ENOSPC);
		undoes(canned, rows[i].first, rows[i].second);
		if (rows[i].after)
			canned_eth0_vlans(canned, rows[i].after);
		if (rows[i].after == before)
			canned_eth0_counted(canned, before);
		assert_int_equal(add(ctx, "10-20"), -ENOSPC);
		says(ctx, rows[i].why);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENOSPC);
	}
	canned_end(canned, ctx);
}

static int add_both(struct vbr_ctx *ctx, const char *ids, unsigned int flags)
{
	static const char *const devices[] = { "eth0", "eth1" };
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_add_many(ctx, "br0", devices, 2, vids, flags);

	vbr_vids_free(vids);
	return rc;
}

static void canned_eth1(struct canned *canned, const struct a_vlan *vlans)
{
	struct datagram request = { 0 }, answer = { 0 };

	canned_link(canned, &(struct a_link){ .index = 9,
					      .name = "eth1",
					      .kind = "veth",
					      .master = 7,
					      .port_no = 2 });
	canned_index(canned, "br0", 7);
	add_entries(&answer, 9, vlans);
	add_done(&answer);
	canned_reply(canned, want_entries(&request, 9, 0), &answer);
}

static void eth1_changes(struct canned *canned, uint16_t type,
			 const struct a_vlan *vlans, int error)
{
	struct datagram d = { 0 };

	canned_verdict(canned, want_vlans(&d, type, 9, false, vlans), error);
}

/* The second port refuses its new PVID: the first gets its old one back. */
static void pvid_undone(void **state)
{
	static const struct a_vlan had[] = {
		{ 1, 0, PVID | UNTAGGED },
		{ 2 },
		{ 0 },
	};
	static const struct a_vlan old[] = { { 1, 0, PVID | UNTAGGED }, { 0 } };
	static const struct a_vlan ten[] = { { 10, 0, PVID }, { 0 } };
	static const struct a_vlan gone[] = { { 10 }, { 0 } };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	/* Then with a first port that does not give it up again. */
	for (int fails = 0; fails < 2; fails++) {
		canned_eth0(canned);
		canned_eth0_vlans(canned, had);
		canned_eth1(canned, gone);
		canned_eth0_changes(canned, RTM_SETLINK, ten, 0);
		eth1_changes(canned, RTM_SETLINK, ten, -EINVAL);
		/* The last is the first to be undone. */
		eth1_changes(canned, RTM_SETLINK, gone, 0);
		canned_eth0_changes(canned, RTM_DELLINK, gone,
				    fails ? -ENOMEM : 0);
		canned_eth0_changes(canned, RTM_SETLINK, old, 0);
		if (fails)
			canned_eth0_vlans(canned, ten);
		if (fails)
			canned_eth0_counted(canned, ten);
		assert_int_equal(add_both(ctx, "10", PVID), -EINVAL);
		says(ctx,
		     fails ? "Invalid argument" CHANGED : "Invalid argument");
	}
	canned_end(canned, ctx);
}

/* One is as it was, and the other is not: that is said of either. */
static void one_of_two(void **state)
{
	static const struct a_vlan new[] = { { 10, 11 }, { 0 } };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct datagram request = { 0 }, answer = { 0 };

		canned_eth0(canned);
		canned_eth0_vlans(canned, nothing);
		canned_eth1(canned, nothing);
		canned_eth0_changes(canned, RTM_SETLINK, new, 0);
		eth1_changes(canned, RTM_SETLINK, new, -ENOSPC);
		eth1_changes(canned, RTM_DELLINK, new, -ENOMEM);
		add_entries(&answer, 9, i ? nothing : new);
		add_done(&answer);
		canned_reply(canned, want_entries(&request, 9, 0), &answer);
		canned_eth0_changes(canned, RTM_DELLINK, new, i ? -ENOMEM : 0);
		if (i)
			canned_eth0_vlans(canned, new);
		assert_int_equal(add_both(ctx, "10-11", 0), -ENOSPC);
		says(ctx, FULL CHANGED);
	}
	canned_end(canned, ctx);
}

/* What was to go is there again, with all that it had; of what was not to,
 * nothing is sent. */
static const struct a_vlan had[] = {
	{ .first = 9, .last = 25, .flags = UNTAGGED, .state = 3 },
	{ .first = 26, .last = 30, .flags = UNTAGGED, .state = 4 },
	{ .first = 31, .flags = PVID | UNTAGGED, .state = 3 },
	{ .first = 32, .last = 34, .state = 3, .tunnel = 100 },
	{ 0 },
};

static void comes_back(struct canned *canned, const struct a_vlan *after)
{
	static const struct a_vlan gone[] = { { 20, 33 }, { 0 } };
	static const struct a_vlan tagged[] = { { 32, 33 }, { 0 } };
	static const struct a_vlan untagged[] = { { 20, 30, UNTAGGED }, { 0 } };
	static const struct a_vlan both[] = { { 31, 0, PVID | UNTAGGED },
					      { 0 } };

	canned_eth0(canned);
	canned_eth0_vlans(canned, had);
	canned_eth0_changes(canned, RTM_DELLINK, gone, -EBUSY);
	canned_eth0_changes(canned, RTM_SETLINK, tagged, 0);
	canned_eth0_changes(canned, RTM_SETLINK, untagged, 0);
	canned_eth0_changes(canned, RTM_SETLINK, both, 0);
	canned_eth0_vlans(canned, after);
}

static void deletion_undone(void **state)
{
	static const struct a_vlan after[] = {
		{ .first = 9, .last = 30, .flags = UNTAGGED, .state = 3 },
		{ .first = 31, .flags = PVID | UNTAGGED, .state = 3 },
		{ .first = 32, .last = 33, .state = 3 },
		{ .first = 34, .state = 3, .tunnel = 102 },
		{ 0 },
	};
	static const struct a_vlan blocking[] = {
		{ .first = 26, .last = 30, .state = 4 },
		{ 0 },
	};
	static const struct a_vlan mapped[] = {
		{ .first = 32, .last = 33, .tunnel = 100 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 3; fails++) {
		comes_back(canned, after);
		canned_eth0_states(canned, blocking,
				   fails == 1 ? -EOPNOTSUPP : 0);
		canned_eth0_maps(canned, RTM_SETLINK, mapped,
				 fails == 2 ? -EINVAL : 0);
		if (fails)
			canned_eth0_vlans(canned, after);
		assert_int_equal(del(ctx, "20-33"), -EBUSY);
		says(ctx, fails ? "Device or resource busy" CHANGED
				: "Device or resource busy");
	}
	/* It was refused at once. */
	comes_back(canned, had);
	assert_int_equal(del(ctx, "20-33"), -EBUSY);
	says(ctx, "Device or resource busy");
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("VLANs that were refused leave those before", undone),
		TEST("a new PVID that was refused leaves the old one",
		     pvid_undone),
		TEST("of two ports, the one that has changed is told of",
		     one_of_two),
		TEST("VLANs that cannot go come back with all they had",
		     deletion_undone),
	};

	return run_all(tests);
}
