/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names and changes of VLAN devices with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

#define CONFIG \
	"VLAN Dev name\t | VLAN ID\nName-Type: %s\n" \
	"eth0.5         | 5  | eth0\n"

static struct vbr_vids *vids_of(const char *text)
{
	struct vbr_vids *vids;

	assert_int_equal(vbr_vids_parse(text, &vids), 0);
	return vids;
}

static void naming(void **state)
{
	static const struct {
		const char *word;
		int rc;
		enum vbr_vlan_name_type naming;
	} rows[] = {
		{ "VLAN_NAME_TYPE_PLUS_VID", 0, VBR_VLAN_PLUS_VID },
		{ "VLAN_NAME_TYPE_PLUS_VID_NO_PAD", 0,
		  VBR_VLAN_PLUS_VID_NO_PAD },
		{ "VLAN_NAME_TYPE_RAW_PLUS_VID", 0, VBR_VLAN_DEV_PLUS_VID },
		{ "VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD", 0,
		  VBR_VLAN_DEV_PLUS_VID_NO_PAD },
		{ "VLAN_NAME_TYPE_RAW", -EBADMSG, 9 },
		{ "", -EBADMSG, 9 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum vbr_vlan_name_type naming = 9;
		char text[160];

		snprintf(text, sizeof(text), CONFIG, rows[i].word);
		fake_file(fake_kernel, text, 0);
		assert_int_equal(vbr_vlan_get_name_type(ctx, &naming),
				 rows[i].rc);
		assert_int_equal(naming, rows[i].naming);
	}
	fake_end(fake_kernel, ctx);
}

/* The name of a device that the library names; names have at most 15 bytes. */
static void names(void **state)
{
	static const struct {
		const char *naming, *parent, *vid, *name;
	} rows[] = {
		{ "PLUS_VID", "eth0", "20", "vlan0020" },
		{ "PLUS_VID_NO_PAD", "eth0", "21", "vlan21" },
		{ "RAW_PLUS_VID", "eth0", "22", "eth0.0022" },
		{ "RAW_PLUS_VID_NO_PAD", "eth0", "23", "eth0.23" },
		{ "RAW_PLUS_VID_NO_PAD", "0123456789", "4000",
		  "0123456789.4000" },
		{ "RAW_PLUS_VID_NO_PAD", "01234567890", "4000", NULL },
		{ "RAW_PLUS_VID", "01234567890", "5", NULL },
		{ "PLUS_VID", "01234567890", "5", "vlan0005" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vbr_vids *vids = vids_of(rows[i].vid);
		char word[64], text[160];
		const struct nlattr *attr;

		snprintf(word, sizeof(word), "VLAN_NAME_TYPE_%s",
			 rows[i].naming);
		snprintf(text, sizeof(text), CONFIG, word);
		fake_index(fake_kernel, rows[i].parent, 3);
		fake_name(fake_kernel, 3, rows[i].parent);
		fake_file(fake_kernel, text, 0);
		if (rows[i].name)
			fake_acks(fake_kernel, RTM_NEWLINK);
		assert_int_equal(vbr_vlan_add(ctx, rows[i].parent, vids,
					      VBR_VLAN_8021AD, NULL),
				 rows[i].name ? 0 : -ENAMETOOLONG);
		vbr_vids_free(vids);
		if (!rows[i].name)
			continue;
		attr = nlmsg_attrdata(&fake_request(fake_kernel)->head,
				      sizeof(struct ifinfomsg));
		assert_int_equal(nla_type(attr), IFLA_IFNAME);
		assert_string_equal(nla_get_string(attr), rows[i].name);
	}
	fake_end(fake_kernel, ctx);
}

/* The command of the kernel for each change, and its values. */
static const struct fake_ioctl commands[] = {
	{ .command = DEL_VLAN_CMD, .name = "v" },
	{ .command = SET_VLAN_FLAG_CMD,
	  .name = "v",
	  .value = VBR_VLAN_GVRP | VBR_VLAN_MVRP,
	  .qos = 1 },
	{ .command = SET_VLAN_FLAG_CMD,
	  .name = "v",
	  .value = VBR_VLAN_REORDER_HDR,
	  .qos = 0 },
	{ .command = SET_VLAN_INGRESS_PRIORITY_CMD,
	  .name = "v",
	  .value = 4294967295,
	  .qos = 7 },
	{ .command = SET_VLAN_EGRESS_PRIORITY_CMD,
	  .name = "v",
	  .value = 9,
	  .qos = 0 },
	{ .command = SET_VLAN_NAME_TYPE_CMD,
	  .name = "",
	  .value = VBR_VLAN_DEV_PLUS_VID_NO_PAD },
};

static void controls(void **state)
{
	static const int errors[] = { 0, -ENODEV, -EINVAL, -ENOPKG, -EPERM };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		for (size_t k = 0; k < COUNT(commands); k++) {
			struct fake_ioctl control = commands[k];

			control.request = SIOCSIFVLAN;
			control.rc = errors[i];
			fake_ioctl(fake_kernel, &control);
		}
		assert_int_equal(vbr_vlan_del(ctx, "v"), errors[i]);
		assert_int_equal(vbr_vlan_set_flags(ctx, "v",
						    VBR_VLAN_GVRP |
							    VBR_VLAN_MVRP,
						    true),
				 errors[i]);
		assert_int_equal(vbr_vlan_set_flags(ctx, "v",
						    VBR_VLAN_REORDER_HDR,
						    false),
				 errors[i]);
		assert_int_equal(vbr_vlan_map_ingress(ctx, "v", 7, UINT32_MAX),
				 errors[i]);
		assert_int_equal(vbr_vlan_map_egress(ctx, "v", 9, 0),
				 errors[i]);
		assert_int_equal(vbr_vlan_set_name_type(
					 ctx, VBR_VLAN_DEV_PLUS_VID_NO_PAD),
				 errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	assert_int_equal(vbr_vlan_map_ingress(ctx, "v", 8, 0), -ERANGE);
	assert_int_equal(vbr_vlan_map_egress(ctx, "v", 0, 8), -ERANGE);
	assert_int_equal(vbr_vlan_set_name_type(ctx, 4), -EINVAL);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_vlan_del(ctx, "1234567890123456"), -ENODEV);
	/* The ioctl has no room for a long name. */
	fake_link(fake_kernel, &(struct a_link){ .index = 3, .name = "v" });
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = SIOCSIFVLAN,
						      .command = DEL_VLAN_CMD,
						      .name = "v" });
	assert_int_equal(vbr_vlan_del(ctx, "1234567890123456"), 0);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("the naming scheme is read from /proc", naming),
		TEST("devices are named by the naming scheme", names),
		TEST("changes return the kernel's errno", controls),
	};

	return run_all(tests);
}
