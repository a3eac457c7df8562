/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds and deletes VLANs of which the kernel refuses some: the others are
 * restored, and if that fails, the error says so. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <string.h>

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

/* Before the change: 12 is untagged, 14 and 15 are tagged, 20 is the PVID. */
static const struct a_vlan before[] = {
	{ 1, 0, UNTAGGED },
	{ 12, 0, UNTAGGED },
	{ 14, 15 },
	{ 20, 0, PVID },
	{ 0 },
};
static const struct a_vlan expected[] = { { 10, 20 }, { 0 } };
static const struct a_vlan nothing[] = { { 0 } };

/* The undo: deletes the new VLANs, and restores the flags of the others. */
static void undoes(struct fake_kernel *fake_kernel, int first_error,
		   int second_error)
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

	fake_eth0_changes(fake_kernel, RTM_DELLINK, new, first_error);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, tagged, 0);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, untagged, second_error);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, pvid, 0);
}

#define FULL "No space left on device"
#define CHANGED "; some of the VLANs may have been changed"

/* If the undo fails, the library reads the VLANs: the change may not have been
 * made at all. */
static void undone(void **state)
{
	static const struct {
		int first, second;
		const struct a_vlan *after;
		const char *why;
	} rows[] = {
		{ 0, 0, NULL, FULL },
		{ -EPERM, 0, expected, FULL CHANGED },
		{ 0, -ENOMEM, expected, FULL CHANGED },
		{ -EPERM, 0, before, FULL },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, before);
		/* The last VLAN is the PVID. The library reads again with
		 * counters, because some kernels leave out VLANs after a
		 * PVID. */
		fake_eth0_counted(fake_kernel, before);
		fake_eth0_changes(fake_kernel, RTM_SETLINK, expected, -ENOSPC);
		undoes(fake_kernel, rows[i].first, rows[i].second);
		if (rows[i].after)
			fake_eth0_vlans(fake_kernel, rows[i].after);
		if (rows[i].after == before)
			fake_eth0_counted(fake_kernel, before);
		assert_int_equal(add(ctx, "10-20"), -ENOSPC);
		says(ctx, rows[i].why);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENOSPC);
	}
	fake_end(fake_kernel, ctx);
}

static int add_both(struct vbr_ctx *ctx, const char *ids, unsigned int flags)
{
	static const char *const devices[] = { "eth0", "eth1" };
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_add_many(ctx, "br0", devices, 2, vids, flags);

	vbr_vids_free(vids);
	return rc;
}

static void fake_eth1(struct fake_kernel *fake_kernel,
		      const struct a_vlan *vlans)
{
	struct datagram request = { 0 }, answer = { 0 };

	fake_link(fake_kernel, &(struct a_link){ .index = 9,
						 .name = "eth1",
						 .kind = "veth",
						 .master = 7,
						 .port_no = 2 });
	fake_index(fake_kernel, "br0", 7);
	add_entries(&answer, 9, vlans);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&request, 9, 0), &answer);
}

static void eth1_changes(struct fake_kernel *fake_kernel, uint16_t type,
			 const struct a_vlan *vlans, int error)
{
	struct datagram d = { 0 };

	fake_verdict(fake_kernel, expect_vlans(&d, type, 9, false, vlans),
		     error);
}

/* The second port refuses its new PVID; the first port gets its old one
 * back. */
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
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	/* The second time, the undo fails on the first port. */
	for (int fails = 0; fails < 2; fails++) {
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, had);
		fake_eth1(fake_kernel, gone);
		fake_eth0_changes(fake_kernel, RTM_SETLINK, ten, 0);
		eth1_changes(fake_kernel, RTM_SETLINK, ten, -EINVAL);
		/* Ports are restored in reverse order. */
		eth1_changes(fake_kernel, RTM_SETLINK, gone, 0);
		fake_eth0_changes(fake_kernel, RTM_DELLINK, gone,
				  fails ? -ENOMEM : 0);
		fake_eth0_changes(fake_kernel, RTM_SETLINK, old, 0);
		if (fails)
			fake_eth0_vlans(fake_kernel, ten);
		if (fails)
			fake_eth0_counted(fake_kernel, ten);
		assert_int_equal(add_both(ctx, "10", PVID), -EINVAL);
		says(ctx,
		     fails ? "Invalid argument" CHANGED : "Invalid argument");
	}
	fake_end(fake_kernel, ctx);
}

/* The calls of the function of vbr_ctx_set_progress(). */
struct heard {
	char text[64];
};

static void hear(void *data, size_t done, size_t total)
{
	struct heard *heard = data;
	size_t len = strlen(heard->text);

	snprintf(heard->text + len, sizeof(heard->text) - len, "%zu/%zu ", done,
		 total);
}

static void progress(void **state)
{
	static const struct a_vlan new[] = { { 10, 11 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct heard heard = { "" };

	(void)state;
	vbr_ctx_set_progress(ctx, hear, &heard);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, nothing);
	fake_eth1(fake_kernel, nothing);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, new, 0);
	eth1_changes(fake_kernel, RTM_SETLINK, new, 0);
	assert_int_equal(add_both(ctx, "10-11", 0), 0);
	assert_string_equal(heard.text, "0/2 1/2 2/2 ");
	fake_end(fake_kernel, ctx);
}

/* One port is restored, the other is not: the error reports it in both
 * orders. */
static void one_of_two(void **state)
{
	static const struct a_vlan new[] = { { 10, 11 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct datagram request = { 0 }, answer = { 0 };

		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, nothing);
		fake_eth1(fake_kernel, nothing);
		fake_eth0_changes(fake_kernel, RTM_SETLINK, new, 0);
		eth1_changes(fake_kernel, RTM_SETLINK, new, -ENOSPC);
		eth1_changes(fake_kernel, RTM_DELLINK, new, -ENOMEM);
		add_entries(&answer, 9, i ? nothing : new);
		add_done(&answer);
		fake_reply(fake_kernel, expect_entries(&request, 9, 0),
			   &answer);
		fake_eth0_changes(fake_kernel, RTM_DELLINK, new,
				  i ? -ENOMEM : 0);
		if (i)
			fake_eth0_vlans(fake_kernel, new);
		assert_int_equal(add_both(ctx, "10-11", 0), -ENOSPC);
		says(ctx, FULL CHANGED);
	}
	fake_end(fake_kernel, ctx);
}

/* Deleted VLANs are restored with flags, states and tunnels. For the other
 * VLANs, nothing is sent. */
static const struct a_vlan had[] = {
	{ .first = 9, .last = 25, .flags = UNTAGGED, .state = 3 },
	{ .first = 26, .last = 30, .flags = UNTAGGED, .state = 4 },
	{ .first = 31, .flags = PVID | UNTAGGED, .state = 3 },
	{ .first = 32, .last = 34, .state = 3, .tunnel = 100 },
	{ 0 },
};

static void comes_back(struct fake_kernel *fake_kernel,
		       const struct a_vlan *after)
{
	static const struct a_vlan gone[] = { { 20, 33 }, { 0 } };
	static const struct a_vlan tagged[] = { { 32, 33 }, { 0 } };
	static const struct a_vlan untagged[] = { { 20, 30, UNTAGGED }, { 0 } };
	static const struct a_vlan both[] = { { 31, 0, PVID | UNTAGGED },
					      { 0 } };

	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, had);
	fake_eth0_changes(fake_kernel, RTM_DELLINK, gone, -EBUSY);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, tagged, 0);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, untagged, 0);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, both, 0);
	fake_eth0_vlans(fake_kernel, after);
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
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 3; fails++) {
		comes_back(fake_kernel, after);
		fake_eth0_states(fake_kernel, blocking,
				 fails == 1 ? -EOPNOTSUPP : 0);
		fake_eth0_maps(fake_kernel, RTM_SETLINK, mapped,
			       fails == 2 ? -EINVAL : 0);
		if (fails)
			fake_eth0_vlans(fake_kernel, after);
		assert_int_equal(del(ctx, "20-33"), -EBUSY);
		says(ctx, fails ? "Device or resource busy" CHANGED
				: "Device or resource busy");
	}
	/* The kernel has deleted none. */
	comes_back(fake_kernel, had);
	assert_int_equal(del(ctx, "20-33"), -EBUSY);
	says(ctx, "Device or resource busy");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("after a refusal, the old VLANs are restored", undone),
		TEST("after a refused new PVID, the old one is restored",
		     pvid_undone),
		TEST("progress counts the finished ports", progress),
		TEST("one changed port of two is reported", one_of_two),
		TEST("VLANs are restored if the kernel keeps one",
		     deletion_undone),
	};

	return run_all(tests);
}
