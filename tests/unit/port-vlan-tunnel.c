/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Maps VLANs to consecutive tunnel ids: all of them or none. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>

#include "unit/port-vlans.h"
#include "vbridge.h"

static const struct a_vlan before[] = {
	{ .first = 10, .last = 30 },
	{ .first = 40 },
	{ 0 },
};

static int map(struct vbr_ctx *ctx, const char *device, const char *ids,
	       uint32_t first)
{
	struct vbr_vids *vids = vids_of(ids);
	int rc = first ? vbr_port_vlan_map_tunnels(ctx, "br0", device, vids,
						   first)
		       : vbr_port_vlan_unmap_tunnels(ctx, "br0", device, vids,
						     false);

	vbr_vids_free(vids);
	return rc;
}

static void tunnels(void **state)
{
	static const struct a_vlan expected[] = {
		{ .first = 10, .tunnel = 100 },
		{ .first = 12, .last = 19, .tunnel = 101 },
		{ .first = 40, .tunnel = 109 },
		{ 0 },
	};
	static const struct a_vlan gone[] = {
		{ .first = 10, .tunnel = 0 },
		{ .first = 12, .last = 13, .tunnel = 1 },
		{ 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_eth0_maps(fake_kernel, RTM_SETLINK, expected, 0);
	assert_int_equal(map(ctx, "eth0", "10,12-19,40", 100), 0);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_eth0_maps(fake_kernel, RTM_DELLINK, gone, 0);
	assert_int_equal(map(ctx, "eth0", "10,12-13", 0), 0);
	fake_end(fake_kernel, ctx);
}

/* Restores tunnels after a refusal. "had": the VLANs before the call; "has":
 * after it; "off" and "on": the messages that restore them. */
static const struct {
	const char *ids;
	uint32_t first; /* 0: unmaps them */
	struct a_vlan had[4], has[4], off[2], on[2][2];
} undone_rows[] = {
	/* 10 and 11 were mapped, 12 was refused and is left as it is. */
	{ "10-13",
	  7,
	  { { .first = 10, .last = 11 },
	    { .first = 12, .last = 14, .tunnel = 500 } },
	  { { .first = 10, .last = 11, .tunnel = 7 },
	    { .first = 12, .last = 14, .tunnel = 500 } },
	  { { .first = 10, .last = 11 } },
	  { { { 0 } } } },
	/* Nothing was changed. */
	{ "10-13",
	  7,
	  { { .first = 10, .last = 14, .tunnel = 500 } },
	  { { .first = 10, .last = 14, .tunnel = 500 } },
	  { { 0 } },
	  { { { 0 } } } },
	/* All but 14 were unmapped. */
	{ "11-14",
	  0,
	  { { .first = 10, .last = 12, .tunnel = 100 },
	    { .first = 13, .last = 14, .tunnel = 200 } },
	  { { .first = 10, .tunnel = 100 },
	    { .first = 11, .last = 13 },
	    { .first = 14, .tunnel = 201 } },
	  { { 0 } },
	  { { { .first = 11, .last = 12, .tunnel = 101 } },
	    { { .first = 13, .tunnel = 200 } } } },
	/* Rows with consecutive tunnel ids are one message. */
	{ "11,13-14",
	  0,
	  { { .first = 11, .tunnel = 100 },
	    { .first = 13, .last = 14, .tunnel = 101 } },
	  { { .first = 11 }, { .first = 13, .last = 14 } },
	  { { 0 } },
	  { { { .first = 11, .tunnel = 100 },
	      { .first = 13, .last = 14, .tunnel = 101 } } } },
	/* Another process has mapped them meanwhile. */
	{ "11-12",
	  0,
	  { { .first = 11, .last = 12, .tunnel = 100 } },
	  { { .first = 11, .last = 12, .tunnel = 300 } },
	  { { .first = 11, .last = 12 } },
	  { { { .first = 11, .last = 12, .tunnel = 100 } } } },
};

static void read_before(struct fake_kernel *fake_kernel, bool is_old,
			const struct a_vlan *vlans)
{
	if (is_old)
		fake_eth0_plain(fake_kernel, vlans);
	else
		fake_eth0_vlans(fake_kernel, vlans);
}

/* "error": the errno for the first message that restores something. */
static void refuse_row(struct fake_kernel *fake_kernel, size_t i, bool is_old,
		       int error)
{
	fake_eth0(fake_kernel);
	read_before(fake_kernel, is_old, undone_rows[i].had);
	fake_refuses(fake_kernel,
		     undone_rows[i].first ? RTM_SETLINK : RTM_DELLINK, -EEXIST);
	read_before(fake_kernel, is_old, undone_rows[i].has);
	if (undone_rows[i].off[0].first) {
		fake_eth0_maps(fake_kernel, RTM_DELLINK, undone_rows[i].off,
			       error);
		error = 0;
	}
	for (size_t k = 0; k < 2 && undone_rows[i].on[k][0].first; k++) {
		/* Two rows can be one message. */
		struct a_vlan on[3] = { undone_rows[i].on[k][0],
					undone_rows[i].on[k][1],
					{ 0 } };

		fake_eth0_maps(fake_kernel, RTM_SETLINK, on, error);
		error = 0;
	}
}

static void undone(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	/* Each row twice: VLANs from RTM_GETVLAN, and from the AF_BRIDGE dump,
	 * which the library reads before Linux 5.6. */
	for (size_t i = 0; i < COUNT(undone_rows) * 2; i++) {
		size_t row = i / 2;

		refuse_row(fake_kernel, row, i % 2, 0);
		assert_int_equal(map(ctx, "eth0", undone_rows[row].ids,
				     undone_rows[row].first),
				 -EEXIST);
		says(ctx, "File exists");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EEXIST);
	}
	fake_end(fake_kernel, ctx);
}

#define CHANGED "File exists; some of the VLANs may have been changed"

static void not_undone(void **state)
{
	static const size_t rows[] = { 0, 2, 4 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		refuse_row(fake_kernel, rows[i], false, -ENOMEM);
		assert_int_equal(map(ctx, "eth0", undone_rows[rows[i]].ids,
				     undone_rows[rows[i]].first),
				 -EEXIST);
		says(ctx, CHANGED);
	}
	/* The VLANs cannot be read after the refusal, so their state is
	 * unknown. */
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_SETLINK, -EEXIST);
	fake_refuses(fake_kernel, RTM_GETVLAN, -ENODEV);
	assert_int_equal(map(ctx, "eth0", "10-13", 7), -EEXIST);
	says(ctx, CHANGED);
	fake_end(fake_kernel, ctx);
}

/* The ids after the last one would start at 0 again; they are refused. */
static void ids_that_end(void **state)
{
	static const struct a_vlan last[] = {
		{ .first = 10, .last = 11, .tunnel = UINT32_MAX - 1 },
		{ 0 },
	};
	struct vbr_vids *vids = vids_of("10-12");
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	assert_int_equal(map(ctx, "eth0", "10-12", UINT32_MAX - 1), -ERANGE);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot map VLANs of "
			    "\"eth0\" of bridge \"br0\" to tunnels: tunnel "
			    "ids go up to 4294967295");
	assert_int_equal(vbr_port_vlan_add_tunnels(ctx, "br0", "eth0", vids, 0,
						   UINT32_MAX - 1),
			 -ERANGE);
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_eth0_maps(fake_kernel, RTM_SETLINK, last, 0);
	assert_int_equal(map(ctx, "eth0", "10-11", UINT32_MAX - 1), 0);
	vbr_vids_free(vids);
	fake_end(fake_kernel, ctx);
}

static void no_tunnels(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_br0(fake_kernel);
	assert_int_equal(map(ctx, "br0", "10", 7), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot map VLANs of \"br0\" "
			    "of bridge \"br0\" to tunnels: a bridge itself "
			    "has no tunnels");
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	assert_int_equal(map(ctx, "eth0", "41", 0), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot take VLANs of "
			    "\"eth0\" of bridge \"br0\" off their tunnels: "
			    "VLAN 41 is not there");
	fake_eth0(fake_kernel);
	fake_eth0_vlans(fake_kernel, before);
	fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
	/* The library reads the port: its option vlan_tunnel may be off. */
	fake_eth0(fake_kernel);
	assert_int_equal(map(ctx, "eth0", "10", 7), -EINVAL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("VLANs are mapped to consecutive tunnel ids", tunnels),
		TEST("after a refusal, tunnels are restored", undone),
		TEST("tunnels that cannot be restored are reported",
		     not_undone),
		TEST("tunnel ids do not wrap around", ids_that_end),
		TEST("invalid tunnels are refused", no_tunnels),
	};

	return run_all(tests);
}
