/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds, deletes and reads bridges with a fake kernel: each function, each
 * errno. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

#define LONG_NAME "1234567890123456"

static const struct a_link br0 = { .index = 7,
				   .name = "br0",
				   .kind = "bridge",
				   .flags = IFF_UP };
static const struct a_link eth0 = { .index = 8,
				    .name = "eth0",
				    .kind = "veth" };

static void add(void **state)
{
	static const int errors[] = { 0,       -EEXIST, -EINVAL,
				      -ENOPKG, -EPERM,	-ENOMEM };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		fake_ioctl(fake_kernel,
			   &(struct fake_ioctl){ .request = SIOCBRADDBR,
						 .name = "123456789012345",
						 .rc = errors[i] });
		assert_int_equal(vbr_bridge_add(ctx, "123456789012345"),
				 errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	fake_end(fake_kernel, ctx);
}

#define NAME_RULE \
	"a device name is not empty, \".\" or \"..\", and has no blanks " \
	"and none of \"/\", \":\" and \"%\""

#define RESERVED "the kernel reserves the names \"all\" and \"default\""

static void add_names(void **state)
{
	static const struct {
		const char *name;
		int rc;
		const char *sentence;
	} rows[] = {
		{ "", -EINVAL, "cannot add bridge \"\": " NAME_RULE },
		{ "a/b", -EINVAL, "cannot add bridge \"a/b\": " NAME_RULE },
		{ "all", -EINVAL, "cannot add bridge \"all\": " RESERVED },
		{ "default", -EINVAL,
		  "cannot add bridge \"default\": " RESERVED },
		{ "\x1b[0m", -EILSEQ,
		  "cannot add bridge \"\\033[0m\": a device name must not contain control characters" },
		{ LONG_NAME, -ENAMETOOLONG,
		  "cannot add bridge \"" LONG_NAME
		  "\": a device name has at most 15 bytes, this one has 16" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(vbr_bridge_add(ctx, rows[i].name), rows[i].rc);
		assert_string_equal(vbr_ctx_error(ctx), rows[i].sentence);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	}
	fake_end(fake_kernel, ctx);
}

static void del(void **state)
{
	static const int errors[] = { 0, -ENODEV, -EBUSY, -ENOPKG, -ENXIO };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		fake_ioctl(fake_kernel,
			   &(struct fake_ioctl){ .request = SIOCBRDELBR,
						 .name = "br0",
						 .rc = errors[i] });
		/* This ioctl reports a missing device as ENXIO. */
		assert_int_equal(vbr_bridge_del(ctx, "br0"),
				 errors[i] == -ENXIO ? -ENODEV : errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete bridge \"br0\": No such device");
	assert_int_equal(vbr_bridge_del(ctx, ""), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_del(ctx, LONG_NAME), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete bridge \"" LONG_NAME
			    "\": No such device");
	fake_end(fake_kernel, ctx);
}

/* The name is too long for the ioctl. */
static void del_by_long_name(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &br0);
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = SIOCBRDELBR,
						      .name = "br0" });
	assert_int_equal(vbr_bridge_del(ctx, LONG_NAME), 0);
	/* Kernels before 5.5 do not know alternative names. */
	fake_refuses(fake_kernel, RTM_GETLINK, -EINVAL);
	assert_int_equal(vbr_bridge_del(ctx, LONG_NAME), -ENODEV);
	fake_end(fake_kernel, ctx);
}

static void fake_may_not_delete(struct fake_kernel *fake_kernel)
{
	fake_ioctl(fake_kernel, &(struct fake_ioctl){ .request = SIOCBRDELBR,
						      .name = "br0",
						      .rc = -EPERM });
}

/* EPERM has two meanings; the link tells which one applies. */
static void del_no_bridge(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_may_not_delete(fake_kernel);
	fake_link(fake_kernel, &eth0);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete bridge \"br0\": it is not a bridge");
	fake_end(fake_kernel, ctx);
}

static void del_not_allowed(void **state)
{
	static const char sentence[] =
		"cannot delete bridge \"br0\": "
		"Operation not permitted; the capability CAP_NET_ADMIN is "
		"needed";
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_may_not_delete(fake_kernel);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx), sentence);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EPERM);
	fake_end(fake_kernel, ctx);
}

/* The second request fails; the first error is reported. */
static void del_then_gone(void **state)
{
	static const char sentence[] =
		"cannot delete bridge \"br0\": "
		"Operation not permitted; the capability CAP_NET_ADMIN is "
		"needed";
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_may_not_delete(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_del(ctx, "br0"), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx), sentence);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EPERM);
	fake_end(fake_kernel, ctx);
}

static uint64_t value_of(const struct vbr_bridge *bridge, const char *option)
{
	uint64_t value = 0;

	assert_int_equal(vbr_bridge_value(bridge, option, &value), 0);
	return value;
}

static void get(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridge *bridge;
	uint64_t value = 4711;

	(void)state;
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	/* Later replies do not change the snapshot. */
	fake_link(fake_kernel, &eth0);
	assert_int_equal(vbr_bridge_get(ctx, "eth0", &bridge), -EOPNOTSUPP);

	assert_string_equal(vbr_bridge_name(bridge), "br0");
	assert_int_equal(vbr_bridge_index(bridge), 7);
	assert_true(vbr_bridge_is_up(bridge));
	assert_int_equal(value_of(bridge, "forward_delay"), 1500);
	assert_int_equal(value_of(bridge, "priority"), 32768);
	assert_int_equal(value_of(bridge, "gc_timer"), 4711);
	assert_true(value_of(bridge, "bridge_id") ==
		    UINT64_C(0x8000020000000007));
	assert_int_equal(vbr_bridge_value(bridge, "nothing", &value), -ENOENT);
	assert_int_equal(vbr_bridge_value(bridge, "path_cost", &value),
			 -ENOENT);
	assert_int_equal(vbr_bridge_value(bridge, "tcn_timer", &value),
			 -ENODATA);
	assert_int_equal(value, 4711);
	vbr_bridge_free(bridge);
	fake_end(fake_kernel, ctx);
}

/* A broken value is only reported when it is read. */
static void get_broken_value(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct vbr_bridge *bridge;
	struct nlmsghdr *msg = add_link(&d, &br0);
	struct nlattr *attr;
	uint64_t value = 4711;

	(void)state;
	attr = nla_find(nlmsg_attrdata(msg, sizeof(struct ifinfomsg)),
			nlmsg_attrlen(msg, sizeof(struct ifinfomsg)),
			IFLA_LINKINFO);
	/* Skips the 12 bytes of the kind and the header of the nest;
	 * forward_delay follows. */
	attr = (void *)((char *)nla_data(attr) + 12 + 4);
	assert_int_equal(attr->nla_len, 8);
	attr->nla_len = 6;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	assert_int_equal(vbr_bridge_value(bridge, "forward_delay", &value),
			 -EBADMSG);
	assert_int_equal(value, 4711);
	assert_int_equal(value_of(bridge, "hello_time"), 200);
	vbr_bridge_free(bridge);
	fake_end(fake_kernel, ctx);
}

static void get_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridge *bridge = (void *)ctx;
	struct datagram d = { 0 };

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read bridge \"br0\": No such device");
	assert_int_equal(vbr_bridge_get(ctx, "", &bridge), -ENODEV);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_get(ctx, LONG_NAME, &bridge), -ENODEV);
	fake_link(fake_kernel, &eth0);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read bridge \"br0\": it is not a bridge");
	/* An ack or another message instead of a link. */
	fake_acks(fake_kernel, RTM_GETLINK);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -EBADMSG);
	add_entry(&d, &(struct an_entry){ .port = 1 });
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -EBADMSG);
	assert_ptr_equal(bridge, ctx);
	fake_end(fake_kernel, ctx);
}

static void list(void **state)
{
	static const char *const sorted[] = { "Z",    "br0", "br1",
					      "br10", "br9", "\xff" };
	static const char *const sent[] = { "br10", "\xff", "br1",
					    "Z",    "br9",  "br0" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridges *bridges;
	struct datagram d = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(sent); i++)
		add_link(&d, &(struct a_link){ .index = (int)i + 1,
					       .name = sent[i],
					       .kind = "bridge",
					       .flags = i & 1 ? IFF_UP : 0 });
	/* A kernel that cannot filter by kind sends all links. */
	add_link(&d, &eth0);
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), COUNT(sorted));
	for (size_t i = 0; i < COUNT(sorted); i++) {
		const struct vbr_bridge *bridge = vbr_bridges_at(bridges, i);
		int index = vbr_bridge_index(bridge);

		assert_string_equal(vbr_bridge_name(bridge), sorted[i]);
		assert_string_equal(sent[index - 1], sorted[i]);
		assert_int_equal(vbr_bridge_is_up(bridge), (index - 1) & 1);
		assert_true(value_of(bridge, "bridge_id") ==
			    (UINT64_C(0x8000020000000000) | (unsigned)index));
	}
	assert_null(vbr_bridges_at(bridges, COUNT(sorted)));
	assert_null(vbr_bridges_at(bridges, SIZE_MAX));
	vbr_bridges_free(bridges);
	fake_end(fake_kernel, ctx);
}

/* More bridges than the list has room for at first. */
static void list_many(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridges *bridges;
	struct datagram d;
	char name[16];

	(void)state;
	fake_expect(fake_kernel, RTM_GETLINK);
	for (int i = 999; i >= 0; i--) {
		d.len = 0;
		snprintf(name, sizeof(name), "br%03d", i);
		add_link(&d, &(struct a_link){ .index = i + 1,
					       .name = name,
					       .kind = "bridge" });
		fake_answer(fake_kernel, &d);
	}
	d.len = 0;
	add_done(&d);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(vbr_bridge_index(vbr_bridges_at(bridges, i)),
				 i + 1);
	vbr_bridges_free(bridges);
	fake_end(fake_kernel, ctx);
}

static void list_none(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridges *bridges;
	struct datagram d = { 0 };

	(void)state;
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), 0);
	assert_null(vbr_bridges_at(bridges, 0));
	vbr_bridges_free(bridges);
	vbr_bridges_free(NULL);
	vbr_bridge_free(NULL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a bridge is added, or the kernel's errno returned", add),
		TEST("invalid names are refused with a sentence", add_names),
		TEST("a bridge is deleted, or the kernel's errno returned",
		     del),
		TEST("a bridge with a long name is looked up and deleted",
		     del_by_long_name),
		TEST("deleting another device is EPERM, with the reason",
		     del_no_bridge),
		TEST("deleting without CAP_NET_ADMIN is EPERM, with the reason",
		     del_not_allowed),
		TEST("if the device is gone, deleting returns the first error",
		     del_then_gone),
		TEST("a bridge is read completely", get),
		TEST("a broken value is EBADMSG, the others are returned",
		     get_broken_value),
		TEST("a failed read leaves the caller's pointer unchanged",
		     get_fails),
		TEST("bridges are listed by name", list),
		TEST("a thousand bridges are listed", list_many),
		TEST("an empty list, if there are no bridges", list_none),
	};

	return run_all(tests);
}
