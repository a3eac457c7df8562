/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds and deletes VLANs: one message for all of them. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

#define PVID BRIDGE_VLAN_INFO_PVID
#define UNTAGGED BRIDGE_VLAN_INFO_UNTAGGED

static int add(struct vbr_ctx *ctx, const char *device, const char *ids,
	       unsigned int flags)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_add(ctx, "br0", device, vids, flags);

	vbr_vids_free(vids);
	return rc;
}

static int del(struct vbr_ctx *ctx, const char *device, const char *ids)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = vbr_port_vlan_del(ctx, "br0", device, vids);

	vbr_vids_free(vids);
	return rc;
}

static void one(void **state)
{
	static const struct a_vlan rows[][2] = {
		{ { 1, 0, 0 } },
		{ { 4094, 0, PVID } },
		{ { 5, 0, UNTAGGED } },
		{ { 5, 0, PVID | UNTAGGED } },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	/* A single VLAN needs no reading first. */
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *ids[] = { "1", "4094", "5", "5" };

		fake_eth0(fake_kernel);
		fake_eth0_changes(fake_kernel, RTM_SETLINK, rows[i], 0);
		assert_int_equal(add(ctx, "eth0", ids[i], rows[i][0].flags), 0);
	}
	fake_end(fake_kernel, ctx);
}

/* The request for the bridge itself has BRIDGE_FLAGS_SELF. */
static void itself(void **state)
{
	static const struct a_vlan five[] = { { 5 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 }, answer = { 0 };

	(void)state;
	fake_br0(fake_kernel);
	fake_verdict(fake_kernel, expect_vlans(&d, RTM_SETLINK, 7, true, five),
		     0);
	assert_int_equal(add(ctx, "br0", "5", 0), 0);
	fake_br0(fake_kernel);
	add_entries(&answer, 7, five);
	add_done(&answer);
	fake_reply(fake_kernel, expect_entries(&d, 7, 0), &answer);
	fake_verdict(fake_kernel, expect_vlans(&d, RTM_DELLINK, 7, true, five),
		     0);
	assert_int_equal(del(ctx, "br0", "5"), 0);
	fake_end(fake_kernel, ctx);
}

static const struct a_vlan nothing[] = { { 0 } };

static void ranges(void **state)
{
	static const struct a_vlan most[] = { { 2, 4094 }, { 0 } };
	static const struct a_vlan some[] = {
		{ 1, 0, UNTAGGED },
		{ 10, 19, UNTAGGED },
		{ 4093, 4094, UNTAGGED },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, nothing);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, most, 0);
	assert_int_equal(add(ctx, "eth0", "2-4094", 0), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, nothing);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, some, 0);
	assert_int_equal(add(ctx, "eth0", "4094,10-15,16-19,1,4093", UNTAGGED),
			 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, most);
	fake_eth0_changes(fake_kernel, RTM_DELLINK, most, 0);
	assert_int_equal(del(ctx, "eth0", "2-4094"), 0);
	fake_end(fake_kernel, ctx);
}

/* Every second VLAN, and every second pair: one message, however long. */
static void longest(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int run = 1; run <= 2; run++) {
		char ids[4096 * 10] = "";
		size_t len = 0, count = 0;
		const struct nlmsghdr *msg;

		for (int vid = 1; vid + run <= 4095; vid += run + 1) {
			len += (size_t)sprintf(ids + len, "%s%d-%d",
					       len ? "," : "", vid,
					       vid + run - 1);
			count += (size_t)run;
		}
		fake_eth0(fake_kernel);
		fake_eth0_vlans(fake_kernel, nothing);
		fake_acks(fake_kernel, RTM_SETLINK);
		assert_int_equal(add(ctx, "eth0", ids, 0), 0);
		msg = fake_sent(fake_kernel, 0);
		/* Headers, the header of the nest, and 8 bytes for each. */
		assert_int_equal(msg->nlmsg_len, 16 + 16 + 4 + 8 * count);
		assert_null(fake_sent(fake_kernel, 1));
	}
	fake_end(fake_kernel, ctx);
}

static void not_sent(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_vids *none = vids_of("5");

	(void)state;
	assert_int_equal(add(ctx, "eth0", "5-6", VBR_PORT_VLAN_PVID), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLANs to \"eth0\" "
			    "of bridge \"br0\": one VLAN alone can be the "
			    "PVID");
	for (unsigned int flag = 1; flag; flag <<= 1) {
		if (flag & (PVID | UNTAGGED))
			continue;
		assert_int_equal(add(ctx, "eth0", "5", flag | UNTAGGED),
				 -EINVAL);
		says(ctx, "there is no such flag");
		assert_int_equal(vbr_port_vlan_add_tunnels(ctx, "br0", "eth0",
							   none, flag, 7),
				 -EINVAL);
	}
	assert_int_equal(add(ctx, "eth0", "0", 0), -ERANGE);
	says(ctx, "VLAN ids range from 1 to 4094");
	assert_int_equal(add(ctx, "eth0", "0-4094", 0), -ERANGE);
	assert_int_equal(del(ctx, "eth0", "0,5"), -ERANGE);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete VLANs of "
			    "\"eth0\" of bridge \"br0\": VLAN ids range from 1 "
			    "to 4094");
	memset(none, 0, 512);
	assert_int_equal(vbr_port_vlan_add(ctx, "br0", "eth0", none, 0),
			 -EINVAL);
	says(ctx, "no VLAN is named");
	assert_int_equal(vbr_port_vlan_del(ctx, "br0", "eth0", none), -EINVAL);
	vbr_vids_free(none);
	fake_end(fake_kernel, ctx);
}

static void nowhere(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(add(ctx, "eth0", "5", 0), -ENODEV);
	fake_link(fake_kernel, &(struct a_link){ .index = 7, .name = "eth0" });
	fake_index(fake_kernel, "br0", 9);
	fake_br0(fake_kernel);
	assert_int_equal(add(ctx, "eth0", "5", 0), -ENODATA);
	fake_link(fake_kernel, &(struct a_link){ .index = 7, .name = "br0" });
	assert_int_equal(add(ctx, "br0", "5", 0), -EOPNOTSUPP);
	says(ctx, "it is not a bridge");
	fake_end(fake_kernel, ctx);
}

/* The kernel would ignore it. */
static void not_there(void **state)
{
	static const struct a_vlan before[] = { { 10, 11 }, { 13, 20 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	assert_int_equal(del(ctx, "eth0", "10-20"), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete VLANs of "
			    "\"eth0\" of bridge \"br0\": VLAN 12 is not "
			    "there");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	fake_end(fake_kernel, ctx);
}

/* Before Linux 5.6, the library reads the AF_BRIDGE dump. */
static void old_kernel(void **state)
{
	static const struct a_vlan before[] = { { 10, 20 }, { 0 } };
	static const struct a_vlan part[] = { { 12, 13 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_eth0(fake_kernel);
		fake_eth0_plain(fake_kernel, i ? nothing : before);
		if (i == 0)
			fake_eth0_changes(fake_kernel, RTM_DELLINK, part, 0);
		assert_int_equal(del(ctx, "eth0", "12-13"), i ? -ENOENT : 0);
	}
	fake_end(fake_kernel, ctx);
}

/* A single VLAN needs no undo. */
static void one_is_not_undone(void **state)
{
	static const struct a_vlan five[] = { { 5 }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_changes(fake_kernel, RTM_SETLINK, five, -EOPNOTSUPP);
	assert_int_equal(add(ctx, "eth0", "5", 0), -EOPNOTSUPP);
	says(ctx, "Operation not supported");
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, five);
	fake_eth0_changes(fake_kernel, RTM_DELLINK, five, -EPERM);
	assert_int_equal(del(ctx, "eth0", "5"), -EPERM);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("one VLAN is added by one message", one),
		TEST("VLANs of the bridge itself have a flag", itself),
		TEST("VLANs are one message, as ranges", ranges),
		TEST("the longest sets are one message, too", longest),
		TEST("invalid VLANs are not sent", not_sent),
		TEST("a device that is not a port is refused", nowhere),
		TEST("a missing VLAN is named", not_there),
		TEST("on old kernels, VLANs are read from the AF_BRIDGE dump",
		     old_kernel),
		TEST("one VLAN is not undone", one_is_not_undone),
	};

	return run_all(tests);
}
