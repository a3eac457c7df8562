/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN devices over a canned kernel: added all, or not at all. */

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

/* No 8021q, or not yet: eth0.5 it is. */
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

/* What a new device is named after. */
static void canned_parent(struct canned *canned)
{
	canned_index(canned, "eth0", 3);
	canned_name(canned, 3, "eth0");
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
	assert_string_equal(mnl_attr_get_str(kind), "vlan");
	option = of_nest(of_nest(info, IFLA_INFO_DATA), type);
	assert_non_null(option);
	return option;
}

static void added(void **state)
{
	static const char *const names[] = { "eth0.5", "eth0.7", "eth0.8" };
	static const int ids[] = { 5, 7, 8 };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_parent(canned);
	canned_file(canned, "", -ENOENT);
	canned_expect(canned, RTM_NEWLINK);
	canned_verdicts(canned, 3, CANNED_ALL, 0);
	assert_int_equal(add(ctx, "7-8,5", 0, NULL), 0);
	for (size_t i = 0; i < 3; i++) {
		const struct nlmsghdr *msg = canned_sent(canned, i);

		assert_int_equal(msg->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK |
							   NLM_F_CREATE |
							   NLM_F_EXCL);
		assert_string_equal(mnl_attr_get_str(attr_of(msg, IFLA_IFNAME)),
				    names[i]);
		assert_int_equal(mnl_attr_get_u32(attr_of(msg, IFLA_LINK)), 3);
		assert_int_equal(mnl_attr_get_u16(
					 vlan_option(msg, IFLA_VLAN_ID)),
				 ids[i]);
		assert_memory_equal(mnl_attr_get_payload(
					    vlan_option(msg,
							IFLA_VLAN_PROTOCOL)),
				    "\x81\x00", 2);
	}
	/* A name of its own needs no naming. */
	canned_index(canned, "eth0", 3);
	canned_acks(canned, RTM_NEWLINK);
	assert_int_equal(add(ctx, "9", VBR_VLAN_8021AD, "outer"), 0);
	assert_string_equal(mnl_attr_get_str(attr_of(canned_sent(canned, 0),
						     IFLA_IFNAME)),
			    "outer");
	assert_memory_equal(mnl_attr_get_payload(
				    vlan_option(canned_sent(canned, 0),
						IFLA_VLAN_PROTOCOL)),
			    "\x88\xa8", 2);
	canned_end(canned, ctx);
}

/* What the kernel names by itself it makes in one call; why not, rtnetlink
 * tells. */
static void added_plainly(void **state)
{
	static const struct canned_control made = {
		.request = SIOCSIFVLAN,
		.command = ADD_VLAN_CMD,
		.name = "eth0",
		.value = 5,
	};
	struct canned_control refused = made;
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_parent(canned);
	canned_control(canned, &made);
	assert_int_equal(add(ctx, "5", 0, NULL), 0);
	refused.rc = -EEXIST;
	canned_parent(canned);
	canned_control(canned, &refused);
	canned_file(canned, "Name-Type: VLAN_NAME_TYPE_PLUS_VID\n", 0);
	canned_refuses(canned, RTM_NEWLINK, -EEXIST);
	assert_int_equal(add(ctx, "5", 0, NULL), -EEXIST);
	assert_string_equal(mnl_attr_get_str(attr_of(canned_sent(canned, 0),
						     IFLA_IFNAME)),
			    "vlan0005");
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": File exists");
	/* The parent has gone between two questions. */
	canned_index(canned, "eth0", 3);
	canned_name(canned, 3, NULL);
	assert_int_equal(add(ctx, "5", 0, NULL), -ENODEV);
	canned_end(canned, ctx);
}

/* By a guessed name rtnetlink might make what is there by another. */
static void naming_is_secret(void **state)
{
	static const int errors[] = { -EEXIST, -EPERM, -EOPNOTSUPP };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		canned_parent(canned);
		canned_control(canned, &(struct canned_control){
					       .request = SIOCSIFVLAN,
					       .command = ADD_VLAN_CMD,
					       .name = "eth0",
					       .value = 7,
					       .rc = errors[i] });
		canned_file(canned, "", -EACCES);
		if (errors[i] != -EEXIST)
			canned_refuses(canned, RTM_NEWLINK, errors[i]);
		if (errors[i] == -EOPNOTSUPP)
			canned_file(canned, "", -EACCES);
		assert_int_equal(add(ctx, "7", 0, NULL), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	canned_end(canned, ctx);
}

/* Made of another of the parent's names it would not be found by scripts. The
 * kernel finds that name out by itself. */
static void parent_by_another_name(void **state)
{
	static const struct canned_control made = {
		.request = SIOCSIFVLAN,
		.command = ADD_VLAN_CMD,
		.name = "eth0",
		.value = 5,
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_index(canned, "eth0", 3);
	canned_name(canned, 3, "lan");
	canned_control(canned, &made);
	assert_int_equal(add(ctx, "5", 0, NULL), 0);
	canned_index(canned, "eth0", 3);
	canned_name(canned, 3, "lan");
	canned_file(canned, "", -EACCES);
	canned_expect(canned, RTM_NEWLINK);
	canned_verdicts(canned, 2, CANNED_ALL, 0);
	assert_int_equal(add(ctx, "5-6", 0, NULL), 0);
	assert_string_equal(mnl_attr_get_str(attr_of(canned_sent(canned, 0),
						     IFLA_IFNAME)),
			    "lan.5");
	canned_end(canned, ctx);
}

/* The links that are there: the highest group of them. */
static void canned_groups(struct canned *canned)
{
	struct datagram d = { 0 };

	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_link(&d, &(struct a_link){
			     .index = 2, .name = "a", .group = 0x76627205 });
	add_link(&d, &(struct a_link){
			     .index = 3, .name = "b", .group = 0x76627200 });
	add_done(&d);
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
}

static void canned_third_exists(struct canned *canned)
{
	canned_parent(canned);
	canned_file(canned, "", -ENOENT);
	canned_expect(canned, RTM_NEWLINK);
	canned_verdicts(canned, 4, 2, -EEXIST);
}

static void undone(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	const struct nlmsghdr *msg;

	(void)state;
	canned_third_exists(canned);
	canned_groups(canned);
	canned_expect(canned, RTM_SETLINK);
	canned_verdicts(canned, 3, CANNED_ALL, 0);
	canned_acks(canned, RTM_DELLINK);
	assert_int_equal(add(ctx, "10-13", 0, NULL), -EEXIST);
	/* By a group that was nobody's. */
	msg = canned_sent(canned, 0);
	assert_int_equal(mnl_attr_get_u32(attr_of(msg, IFLA_GROUP)),
			 0x76627206);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": File exists; VLAN "
			    "12 was refused, and none was made");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EEXIST);
	canned_end(canned, ctx);
}

static void cannot_be_undone(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_third_exists(canned);
	canned_groups(canned);
	canned_expect(canned, RTM_SETLINK);
	canned_verdicts(canned, 3, CANNED_ALL, 0);
	canned_refuses(canned, RTM_DELLINK, -EPERM);
	assert_int_equal(add(ctx, "10-13", 0, NULL), -EEXIST);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "and some of the devices that were made could not "
			    "be removed");
	canned_end(canned, ctx);
}

static void refused(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_index(canned, "eth0", -ENODEV);
	assert_int_equal(add(ctx, "5", 0, "v"), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": No such device");
	assert_int_equal(add(ctx, "5", 0, "a/b"), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "the kernel allows no such name");
	canned_index(canned, "eth0", 3);
	assert_int_equal(add(ctx, "5-6", 0, "v"), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "one name does not do for several");
	canned_index(canned, "eth0", 3);
	assert_int_equal(add(ctx, "5", 0, "1234567890123456"), -ENAMETOOLONG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add VLAN to \"eth0\": "
			    "its name, \"1234567890123456\", would have 16 "
			    "bytes, and 15 are the most");
	canned_parent(canned);
	canned_file(canned, "", -EPERM);
	assert_int_equal(add(ctx, "5-6", 0, NULL), -EPERM);
	canned_end(canned, ctx);
}

/* Its length is its own, and no byte of it steers a terminal. */
static void hostile_name(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_index(canned, "eth0", 3);
	assert_int_equal(add(ctx, "5", 0,
			     "123456789012345678901234567890123456789"),
			 -ENAMETOOLONG);
	assert_non_null(strstr(vbr_ctx_error(ctx), "would have 39 bytes"));
	assert_int_equal(add(ctx, "5", 0, "\x1b[31m56789012345"), -EILSEQ);
	assert_null(strchr(vbr_ctx_error(ctx), '\x1b'));
	canned_end(canned, ctx);
}

/* rtnetlink has one errno for two things; the naming's file tells them
 * apart. */
static void not_supported(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (int module = 0; module < 2; module++) {
		canned_index(canned, "eth0", 3);
		/* Nothing was made: nothing is looked for. */
		canned_refuses(canned, RTM_NEWLINK, -EOPNOTSUPP);
		canned_file(canned, "Name-Type: VLAN_NAME_TYPE_PLUS_VID\n",
			    module ? 0 : -ENOENT);
		assert_int_equal(add(ctx, "5", 0, "v"),
				 module ? -EOPNOTSUPP : -ENOPKG);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);
	}
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("VLAN devices are added in order", added),
		TEST("the kernel names a plain VLAN device", added_plainly),
		TEST("what the kernel has refused is not made by a guess",
		     naming_is_secret),
		TEST("a VLAN device is named by its parent's first name",
		     parent_by_another_name),
		TEST("of VLAN devices that cannot all be added none is left",
		     undone),
		TEST("VLAN devices that are left are told of",
		     cannot_be_undone),
		TEST("a VLAN device that cannot be is refused in words",
		     refused),
		TEST("a name that is refused is told escaped and whole",
		     hostile_name),
		TEST("a kernel without VLANs is told from a parent without",
		     not_supported),
	};

	return run_all(tests);
}
