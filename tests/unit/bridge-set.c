/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options of bridges with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

#define LONG_NAME "1234567890123456"

static const struct a_link br0 = { .index = 7,
				   .name = "br0",
				   .kind = "bridge" };
static const struct a_link eth0 = { .index = 8,
				    .name = "eth0",
				    .kind = "veth" };

static void set(void **state)
{
	static const int errors[] = { 0,       -ENODEV, -EOPNOTSUPP,
				      -ERANGE, -EINVAL, -EPERM };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		fake_refuses(fake_kernel, RTM_NEWLINK, errors[i]);
		if (errors[i] == -EOPNOTSUPP)
			fake_link(fake_kernel, &br0);
		assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1),
				 errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), errors[i]);
	}
	fake_end(fake_kernel, ctx);
}

/* The name does not fit into the request, so the library looks up the kernel's
 * name. */
static void set_by_long_name(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const struct nlmsghdr *sent;

	(void)state;
	fake_link(fake_kernel, &br0);
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set(ctx, LONG_NAME, "priority", 1), 0);
	sent = &fake_request(fake_kernel)->head;
	assert_string_equal(nla_get_string(
				    nlmsg_find_attr((void *)sent,
						    sizeof(struct ifinfomsg),
						    IFLA_IFNAME)),
			    "br0");
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_set(ctx, LONG_NAME, "priority", 1),
			 -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of bridge \"" LONG_NAME
			    "\": No such device");
	fake_end(fake_kernel, ctx);
}

/* The errno has two meanings, unless the kernel explains it. */
static void set_unsupported(void **state)
{
	static const struct vbr_setting both[] = {
		{ "priority", 1 },
		{ "stp_state", 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of "
			    "bridge \"br0\": Operation not supported; this "
			    "kernel may have been built without priority");
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_link(fake_kernel, &eth0);
	assert_int_equal(vbr_bridge_set(ctx, "eth0", "priority", 1),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of "
			    "bridge \"eth0\": it is not a bridge");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);
	/* The device was deleted meanwhile. */
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of "
			    "bridge \"br0\": Operation not supported");
	fake_link(fake_kernel, &br0);
	/* The options are sent one by one, to find the refused one; the other
	 * is accepted. */
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_acks(fake_kernel, RTM_NEWLINK);
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	fake_link(fake_kernel, &br0);
	/* Then it is set back. */
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", both, COUNT(both)),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of bridge "
			    "\"br0\": Operation not supported; this kernel "
			    "may have been built without priority");
	add_verdict(&d, &(struct verdict){ .error = -EOPNOTSUPP,
					   .text = "not here" });
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set priority of "
			    "bridge \"br0\": Operation not supported; the "
			    "kernel says: not here");
	fake_end(fake_kernel, ctx);
}

/* Refused by the library; nothing is sent. */
static void set_refused(void **state)
{
	static const struct {
		const char *bridge, *option;
		uint64_t value;
		int rc;
		const char *why;
	} rows[] = {
		{ "br0", "nothing", 1, -ENOENT,
		  "there is no option \"nothing\"" },
		{ "br0", "", 1, -ENOENT, "there is no option \"\"" },
		{ "br0", "path_cost", 1, -ENOENT,
		  "there is no option \"path_cost\"" },
		{ "", "priority", 1, -ENODEV, "No such device" },
		{ "br0", "root_id", 1, -EACCES, "root_id can only be read" },
		{ "br0", "priority", 65536, -ERANGE,
		  "Numerical result out "
		  "of range; priority ranges from 0 to 65535" },
		{ "br0", "max_age", UINT64_MAX, -ERANGE,
		  "Numerical result "
		  "out of range; max_age ranges from 6.00 to 40.00 s" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char sentence[200];

		assert_int_equal(vbr_bridge_set(ctx, rows[i].bridge,
						rows[i].option, rows[i].value),
				 rows[i].rc);
		snprintf(sentence, sizeof(sentence),
			 "cannot set %s of bridge \"%s\": %s", rows[i].option,
			 rows[i].bridge, rows[i].why);
		assert_string_equal(vbr_ctx_error(ctx), sentence);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an option is set, or the kernel's errno returned", set),
		TEST("a long name of a bridge is looked up", set_by_long_name),
		TEST("options that are not supported are explained",
		     set_unsupported),
		TEST("invalid options are refused with a sentence",
		     set_refused),
	};

	return run_all(tests);
}
