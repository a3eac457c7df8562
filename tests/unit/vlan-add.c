/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds VLAN devices with a fake kernel: all of them or none. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "unit/messages.h"
#include "vbridge.h"

/* If 8021q is not loaded, devices are named like eth0.5. */
static int add(struct vbr_ctx *ctx, const char *ids, unsigned int protocol,
	       const char *name)
{
	struct vbr_vids *vids;
	int rc;

	assert_int_equal(vbr_vids_parse(ids, &vids), 0);
	rc = vbr_vlan_add(ctx, "eth0", vids, protocol, name);
	vbr_vids_free(vids);
	return rc;
}

/* The name of the parent starts the names of new devices. */
static void fake_parent(struct fake_kernel *fake_kernel)
{
	fake_index(fake_kernel, "eth0", 3);
	fake_name(fake_kernel, 3, "eth0");
}

static const struct nlattr *attr_of(const struct nlmsghdr *msg, int type)
{
	const struct nlattr *attr = of_message(msg, type);

	assert_non_null(attr);
	return attr;
}

static const struct nlattr *vlan_option(const struct nlmsghdr *msg, int type)
{
	const struct nlattr *info = attr_of(msg, IFLA_LINKINFO);
	const struct nlattr *kind = of_nest(info, IFLA_INFO_KIND);
	const struct nlattr *option;

	assert_non_null(kind);
	assert_string_equal(nla_get_string(kind), "vlan");
	option = of_nest(of_nest(info, IFLA_INFO_DATA), type);
	assert_non_null(option);
	return option;
}

static void added(void **state)
{
	static const char *const names[] = { "eth0.5", "eth0.7", "eth0.8" };
	static const int ids[] = { 5, 7, 8 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_parent(fake_kernel);
	fake_file(fake_kernel, "", -ENOENT);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_verdicts(fake_kernel, 3, FAKE_ALL, 0);
	assert_int_equal(add(ctx, "7-8,5", 0, NULL), 0);
	for (size_t i = 0; i < 3; i++) {
		const struct nlmsghdr *msg = fake_sent(fake_kernel, i);

		assert_int_equal(msg->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK |
							   NLM_F_CREATE |
							   NLM_F_EXCL);
		assert_string_equal(nla_get_string(attr_of(msg, IFLA_IFNAME)),
				    names[i]);
		assert_int_equal(nla_get_u32(attr_of(msg, IFLA_LINK)), 3);
		assert_int_equal(nla_get_u16(vlan_option(msg, IFLA_VLAN_ID)),
				 ids[i]);
		assert_memory_equal(nla_data(vlan_option(msg,
							 IFLA_VLAN_PROTOCOL)),
				    "\x81\x00", 2);
	}
	/* If a name is given, the library does not read the naming scheme. */
	fake_index(fake_kernel, "eth0", 3);
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(add(ctx, "9", VBR_VLAN_8021AD, "outer"), 0);
	assert_string_equal(nla_get_string(attr_of(fake_sent(fake_kernel, 0),
						   IFLA_IFNAME)),
			    "outer");
	assert_memory_equal(nla_data(vlan_option(fake_sent(fake_kernel, 0),
						 IFLA_VLAN_PROTOCOL)),
			    "\x88\xa8", 2);
	fake_end(fake_kernel, ctx);
}

/* A single device is made by an ioctl, and the kernel names it. If that fails,
 * rtnetlink tells why. */
static void added_plainly(void **state)
{
	static const struct fake_ioctl made = {
		.request = SIOCSIFVLAN,
		.command = ADD_VLAN_CMD,
		.name = "eth0",
		.value = 5,
	};
	struct fake_ioctl refused = made;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_parent(fake_kernel);
	fake_ioctl(fake_kernel, &made);
	assert_int_equal(add(ctx, "5", 0, NULL), 0);
	refused.rc = -EEXIST;
	fake_parent(fake_kernel);
	fake_ioctl(fake_kernel, &refused);
	fake_file(fake_kernel, "Name-Type: VLAN_NAME_TYPE_PLUS_VID\n", 0);
	fake_refuses(fake_kernel, RTM_NEWLINK, -EEXIST);
	assert_int_equal(add(ctx, "5", 0, NULL), -EEXIST);
	assert_string_equal(nla_get_string(attr_of(fake_sent(fake_kernel, 0),
						   IFLA_IFNAME)),
			    "vlan0005");
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": File exists");
	/* The parent was deleted between two requests. */
	fake_index(fake_kernel, "eth0", 3);
	fake_name(fake_kernel, 3, NULL);
	assert_int_equal(add(ctx, "5", 0, NULL), -ENODEV);
	fake_end(fake_kernel, ctx);
}

/* The naming scheme cannot be read. With a guessed name, rtnetlink might make
 * the VLAN a second time under another name. */
static void naming_is_secret(void **state)
{
	static const int errors[] = { -EEXIST, -EPERM, -EOPNOTSUPP };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		fake_parent(fake_kernel);
		fake_ioctl(fake_kernel,
			   &(struct fake_ioctl){ .request = SIOCSIFVLAN,
						 .command = ADD_VLAN_CMD,
						 .name = "eth0",
						 .value = 7,
						 .rc = errors[i] });
		fake_file(fake_kernel, "", -EACCES);
		if (errors[i] != -EEXIST)
			fake_refuses(fake_kernel, RTM_NEWLINK, errors[i]);
		if (errors[i] == -EOPNOTSUPP)
			fake_file(fake_kernel, "", -EACCES);
		assert_int_equal(add(ctx, "7", 0, NULL), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	fake_end(fake_kernel, ctx);
}

/* With an alternative name of the parent, scripts would not find the device. */
static void parent_by_another_name(void **state)
{
	static const struct fake_ioctl made = {
		.request = SIOCSIFVLAN,
		.command = ADD_VLAN_CMD,
		.name = "lan",
		.value = 5,
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_index(fake_kernel, "eth0", 3);
	fake_name(fake_kernel, 3, "lan");
	fake_ioctl(fake_kernel, &made);
	assert_int_equal(add(ctx, "5", 0, NULL), 0);
	fake_index(fake_kernel, "eth0", 3);
	fake_name(fake_kernel, 3, "lan");
	fake_file(fake_kernel, "", -EACCES);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_verdicts(fake_kernel, 2, FAKE_ALL, 0);
	assert_int_equal(add(ctx, "5-6", 0, NULL), 0);
	assert_string_equal(nla_get_string(attr_of(fake_sent(fake_kernel, 0),
						   IFLA_IFNAME)),
			    "lan.5");
	fake_end(fake_kernel, ctx);
}

/* Where the devices that were made are put: the first has the index 10, and that
 * group has a device already. */
#define OUR_GROUP 0x7662000b

/* The links that are there, and the three that were made, in a group; "others"
 * are in it, too. */
static void fake_groups(struct fake_kernel *fake_kernel, uint32_t group,
			int others)
{
	static const char *const made[] = { "eth0.10", "eth0.11", "eth0.13" };
	struct datagram d = { 0 };

	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_link(&d, &(struct a_link){
			     .index = 2, .name = "a", .group = 0x7662000a });
	add_link(&d, &(struct a_link){
			     .index = 4, .name = "c", .group = UINT32_MAX });
	for (int i = 0; i < 3; i++)
		add_link(&d, &(struct a_link){ .index = 10 + i,
					       .name = made[i],
					       .kind = "vlan",
					       .group = group });
	for (int i = 0; i < others; i++)
		add_link(&d, &(struct a_link){ .index = 20 + i,
					       .name = "other",
					       .group = group });
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}

static void fake_third_exists(struct fake_kernel *fake_kernel)
{
	fake_parent(fake_kernel);
	fake_file(fake_kernel, "", -ENOENT);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_verdicts(fake_kernel, 4, 2, -EEXIST);
}

static void fake_moves(struct fake_kernel *fake_kernel)
{
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 3, FAKE_ALL, 0);
}

/* The third of four devices exists; the others are put into a group, which then
 * has other devices, too. */
static void fake_undo(struct fake_kernel *fake_kernel, int others)
{
	fake_third_exists(fake_kernel);
	fake_groups(fake_kernel, 7, 0);
	fake_moves(fake_kernel);
	fake_groups(fake_kernel, OUR_GROUP, others);
}

static void undone(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const struct nlmsghdr *msg;

	(void)state;
	fake_undo(fake_kernel, 0);
	fake_acks(fake_kernel, RTM_DELLINK);
	assert_int_equal(add(ctx, "10-13", 0, NULL), -EEXIST);
	/* They were deleted by a group that no device had before. */
	msg = fake_sent(fake_kernel, 0);
	assert_int_equal(nla_get_u32(attr_of(msg, IFLA_GROUP)), OUR_GROUP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": File exists; VLAN "
			    "12 was refused, and none was made");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EEXIST);
	fake_end(fake_kernel, ctx);
}

/* The last request puts a device back into its own group. */
static void has_own_group(struct fake_kernel *fake_kernel)
{
	const struct nlmsghdr *msg = fake_sent(fake_kernel, 0);

	assert_int_equal(nla_get_u32(attr_of(msg, IFLA_GROUP)), 7);
}

static void leaves_some(struct vbr_ctx *ctx)
{
	assert_int_equal(add(ctx, "10-13", 0, NULL), -EEXIST);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": File exists; VLAN "
			    "12 was refused; some of the devices that were "
			    "made could not be removed");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EEXIST);
}

static void cannot_be_undone(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_undo(fake_kernel, 0);
	fake_refuses(fake_kernel, RTM_DELLINK, -EPERM);
	fake_moves(fake_kernel);
	leaves_some(ctx);
	has_own_group(fake_kernel);
	fake_end(fake_kernel, ctx);
}

/* Another process put a device into the group: it must not be deleted. */
static void group_is_shared(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_undo(fake_kernel, 1);
	fake_moves(fake_kernel);
	leaves_some(ctx);
	has_own_group(fake_kernel);
	fake_end(fake_kernel, ctx);
}

static void refused(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_index(fake_kernel, "eth0", -ENODEV);
	assert_int_equal(add(ctx, "5", 0, "v"), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": No such device");
	assert_int_equal(add(ctx, "5", 0, "a/b"), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "a device name is not empty, \".\" or \"..\", and "
			    "has no blanks and none of \"/\", \":\" and "
			    "\"%\"");
	assert_int_equal(add(ctx, "5", 0, "default"), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": the kernel reserves "
			    "the names \"all\" and \"default\"");
	assert_int_equal(add(ctx, "5-6", 0, "v"), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "several VLAN devices cannot have the same name");
	assert_int_equal(add(ctx, "5", 0, "1234567890123456"), -ENAMETOOLONG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": a device name has "
			    "at most 15 bytes, this one has 16");
	fake_parent(fake_kernel);
	fake_file(fake_kernel, "", -EPERM);
	assert_int_equal(add(ctx, "5-6", 0, NULL), -EPERM);
	fake_end(fake_kernel, ctx);
}

/* The error sentence has no control characters. */
static void hostile_name(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	assert_int_equal(add(ctx, "5", 0, "\x1b[31m56789012345"), -EILSEQ);
	assert_null(strchr(vbr_ctx_error(ctx), '\x1b'));
	fake_end(fake_kernel, ctx);
}

/* rtnetlink returns the same errno for two reasons; /proc/net/vlan/config,
 * which exists if 8021q is loaded, tells them apart. */
static void not_supported(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int module = -1; module < 2; module++) {
		fake_index(fake_kernel, "eth0", 3);
		/* Nothing was made, so there is nothing to delete. */
		fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
		fake_file(fake_kernel, "Name-Type: VLAN_NAME_TYPE_PLUS_VID\n",
			  module > 0 ? 0 : -ENOENT);
		/* Without /proc it is unknown whether the module is loaded. */
		if (module <= 0) {
			fake_file(fake_kernel, "", module ? -ENOENT : 0);
			fake_path(fake_kernel, "/proc/thread-self/net/dev");
		}
		assert_int_equal(add(ctx, "5", 0, "v"),
				 module ? -EOPNOTSUPP : -ENOPKG);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("VLAN devices are added in order", added),
		TEST("the kernel names a plain VLAN device", added_plainly),
		TEST("after a refusal, no name is guessed", naming_is_secret),
		TEST("a VLAN device is named after its parent's main name",
		     parent_by_another_name),
		TEST("if one VLAN device is refused, none is left", undone),
		TEST("VLAN devices that are left are reported",
		     cannot_be_undone),
		TEST("other devices in the group are not deleted",
		     group_is_shared),
		TEST("invalid VLAN devices are refused with a sentence",
		     refused),
		TEST("a refused name is shown without control characters",
		     hostile_name),
		TEST("a kernel without VLANs is not a missing parent",
		     not_supported),
	};

	return run_all(tests);
}
