/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Options that are set: what this kernel lacks, several at once, and what is
 * set back when one is refused. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/attrs.h"
#include "core/setting.h"
#include "unit/expected.h"
#include "vbridge.h"

static const struct a_link br0 = { .index = 7,
				   .name = "br0",
				   .kind = "bridge" };
static const struct a_link port = { .index = 8,
				    .name = "eth0",
				    .kind = "veth",
				    .master = 7,
				    .port_no = 1,
				    .priority = 32,
				    .cost = 100 };

static const struct a_link vlan = { .index = 9,
				    .name = "eth0.5",
				    .kind = "vlan",
				    .parent = 8,
				    .vid = 5 };

#define LACKS(option, since) \
	"this kernel has no " option "; it came with " \
	"Linux " since ", and can be left out when a kernel is built"

/* The kernel passes over what it does not know: that must not look well. */
static void unknown_to_the_kernel(void **state)
{
	const struct vbr_setting two[] = {
		{ "priority", 1 },
		{ "vlan_filtering", 1 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "stp_mode", 1),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set stp_mode of "
			    "bridge \"br0\": " LACKS("stp_mode", "7.1"));
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", two, 2), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set options of bridge "
			    "\"br0\": " LACKS("vlan_filtering", "4.3"));
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "isolated", 1),
			 -EOPNOTSUPP);
	/* Of a device of another kind, the kernel says so itself. */
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	assert_int_equal(vbr_vlan_set(ctx, "br0", "gvrp", 1), -EOPNOTSUPP);
	fake_end(fake_kernel, ctx);
}

/* What every kernel has is set without a question. */
static void asked_for_nothing(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "flush", 1), 0);
	fake_end(fake_kernel, ctx);
}

/* Of a word that is no value, the kernel hears nothing. */
static void texts(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(vbr_bridge_set_text(ctx, "br0", "priority", "0x10"),
			 0);
	assert_int_equal(vbr_bridge_set_text(ctx, "br0", "priority", "high"),
			 -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "\"high\" is no value of priority: it takes a "
			    "whole number");
	assert_int_equal(vbr_bridge_set_text(ctx, "br0", "nothing", "1"),
			 -ENOENT);
	assert_int_equal(vbr_port_set_text(ctx, "br0", "eth0", "isolated",
					   "maybe"),
			 -EINVAL);
	fake_end(fake_kernel, ctx);
}

/* Whether it took is seen afterwards: no kernel sends it while it is 0. */
static void sparse(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "backup_port", 0), 0);
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_acks(fake_kernel, RTM_SETLINK);
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "backup_port", 9),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set backup_port of "
			    "port \"eth0\" of bridge \"br0\": " LACKS(
				    "backup_port", "4.19"));
	fake_end(fake_kernel, ctx);
}

static const struct vbr_setting settings[] = {
	{ "path_cost", 7 },
	{ "priority", 3 },
};

/* The value of an option in a request for a port. */
static uint32_t sent(const struct fake_kernel *fake_kernel, int type)
{
	const struct nlmsghdr *msg = &fake_request(fake_kernel)->head;
	const struct nlattr *nest = nlmsg_attrdata(msg,
						   sizeof(struct ifinfomsg));
	const struct nlattr *attr;

	attr = nla_find(nla_data(nest), nla_len(nest), type);
	if (!attr)
		return UINT32_MAX;
	return nla_len(attr) == 2 ? nla_get_u16(attr) : nla_get_u32(attr);
}

static void in_one_request(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings, 2), 0);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_COST), 7);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_PRIORITY), 3);
	fake_end(fake_kernel, ctx);
}

#define BUSY \
	"cannot set priority of port \"eth0\" of bridge \"br0\": Device " \
	"or resource busy"

#define REFUSED \
	"cannot set options of port \"eth0\" of bridge \"br0\": Device or " \
	"resource busy"

static void refused(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_SETLINK, -EBUSY);
}

/* The cost is taken, the priority is not: by itself, again, and named. */
static void found(struct fake_kernel *fake_kernel)
{
	refused(fake_kernel);
	fake_acks(fake_kernel, RTM_SETLINK);
	for (int i = 0; i < 3; i++)
		fake_refuses(fake_kernel, RTM_SETLINK, -EBUSY);
}

/* What is so already need not be taken; all the rest is. */
static void unchanged(void **state)
{
	static const struct vbr_setting same[] = {
		{ "path_cost", 100 },
		{ "priority", 3 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	refused(fake_kernel);
	fake_refuses(fake_kernel, RTM_SETLINK, -EOPNOTSUPP);
	fake_acks(fake_kernel, RTM_SETLINK);
	fake_refuses(fake_kernel, RTM_SETLINK, -EOPNOTSUPP);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", same, 2), 0);
	refused(fake_kernel);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", same, 1), 0);
	/* Without the capability nothing is set, whatever it is. */
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_SETLINK, -EPERM);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", same, 1), -EPERM);
	fake_end(fake_kernel, ctx);
}

/* Each by itself is taken: they depend on each other. */
static void taken_in_turn(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	refused(fake_kernel);
	fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
	fake_acks(fake_kernel, RTM_SETLINK);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings, 2), 0);
	fake_end(fake_kernel, ctx);
}

/* What there was before, in one message: options depend on each other. */
static void set_back(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	found(fake_kernel);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings, 2),
			 -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx), BUSY);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_COST), 100);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_PRIORITY), 32);
	fake_end(fake_kernel, ctx);
}

/* The refusal is the error, though the search for the option cannot go on, and
 * whether or not the undo can. */
static void search_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int can_undo = 0; can_undo < 2; can_undo++) {
		refused(fake_kernel);
		/* One by one, again, and the first of them to name it. */
		for (int i = 0; i < 3; i++)
			fake_send_fails(fake_kernel, -ENOBUFS);
		if (can_undo)
			fake_acks(fake_kernel, RTM_SETLINK);
		else
			for (int i = 0; i < 4; i++)
				fake_send_fails(fake_kernel, -ENOBUFS);
		assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings,
						  2),
				 -EBUSY);
		assert_string_equal(
			vbr_ctx_error(ctx),
			can_undo ? REFUSED
				 : REFUSED "; path_cost may have been changed; "
					   "priority may have been changed");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	}
	fake_end(fake_kernel, ctx);
}

/* If the kernel does not take it so: by the order that it does take. */
static void set_back_in_turn(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	found(fake_kernel);
	fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
	fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
	fake_acks(fake_kernel, RTM_SETLINK);
	fake_acks(fake_kernel, RTM_SETLINK);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings, 2),
			 -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx), BUSY);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_COST), 100);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_PRIORITY), UINT32_MAX);
	fake_end(fake_kernel, ctx);
}

/* The cost is refused as often as it is sent back; whether it ever changed is
 * seen. */
static void not_set_back(void **state)
{
	struct a_link now = port;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int i = 0; i < 3; i++) {
		found(fake_kernel);
		fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
		fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
		fake_acks(fake_kernel, RTM_SETLINK);
		fake_refuses(fake_kernel, RTM_SETLINK, -EINVAL);
		now.cost = i == 1 ? 7 : port.cost;
		if (i < 2) {
			fake_link(fake_kernel, &now);
			fake_index(fake_kernel, "br0", 7);
		} else {
			fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
		}
		assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings,
						  2),
				 -EBUSY);
		assert_string_equal(
			vbr_ctx_error(ctx),
			i == 0 ? BUSY
			       : BUSY "; path_cost may have been changed");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	}
	fake_end(fake_kernel, ctx);
}

/* --- what a port's driver has -------------------------------------------- */

/* rtnl_bridge_setlink() asks the driver where it finds BRIDGE_FLAGS_SELF, and
 * then not the bridge. */
static void syncs(struct fake_kernel *fake_kernel, int error)
{
	const struct ifinfomsg head = { .ifi_family = AF_BRIDGE,
					.ifi_index = 8 };
	struct datagram d;
	struct nlmsghdr *msg = expect(&d, RTM_SETLINK, NLM_F_ACK, &head,
				      sizeof(head));
	struct nlattr *nest = nest_start(msg, IFLA_AF_SPEC);

	put_u16(msg, IFLA_BRIDGE_FLAGS, BRIDGE_FLAGS_SELF);
	nest_end(msg, nest);
	nest = nest_start(msg, IFLA_PROTINFO);
	put_u8(msg, IFLA_BRPORT_LEARNING_SYNC, 1);
	nest_end(msg, nest);
	fake_verdict(fake_kernel, msg, error);
}

/* No driver's option is in what the bridge tells: it is not looked for. */
static void of_a_driver(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		fake_link(fake_kernel, &port);
		fake_index(fake_kernel, "br0", 7);
		syncs(fake_kernel, fails ? -EOPNOTSUPP : 0);
		assert_int_equal(vbr_port_set(ctx, "br0", "eth0",
					      "learning_sync", 1),
				 fails ? -EOPNOTSUPP : 0);
	}
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set learning_sync of "
			    "port \"eth0\" of bridge \"br0\": Operation not "
			    "supported");
	fake_end(fake_kernel, ctx);
}

#define NO_BUFFER \
	"cannot set options of port \"eth0\" of bridge \"br0\": No buffer " \
	"space available"

/* The driver's option cannot be sent, or its answer is lost. The other one is
 * set back. */
static void without_answer(void **state)
{
	static const struct vbr_setting two[] = {
		{ "path_cost", 7 },
		{ "learning_sync", 1 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int is_sent = 0; is_sent < 2; is_sent++) {
		fake_link(fake_kernel, &port);
		fake_index(fake_kernel, "br0", 7);
		fake_acks(fake_kernel, RTM_SETLINK);
		if (is_sent) {
			fake_expect(fake_kernel, RTM_SETLINK);
			fake_receive_fails(fake_kernel, -ENOBUFS);
		} else {
			fake_send_fails(fake_kernel, -ENOBUFS);
		}
		fake_acks(fake_kernel, RTM_SETLINK);
		assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", two, 2),
				 -ENOBUFS);
		assert_int_equal(sent(fake_kernel, IFLA_BRPORT_COST), 100);
		assert_string_equal(vbr_ctx_error(ctx),
				    is_sent ? NO_BUFFER
					    "; learning_sync may have been "
					    "changed"
					    : NO_BUFFER);
	}
	fake_end(fake_kernel, ctx);
}

/* Whether the kernel has it cannot be read afterwards. */
static void sparse_unread(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_NEWLINK);
	fake_send_fails(fake_kernel, -ENOBUFS);
	assert_int_equal(vbr_vlan_set(ctx, "eth0.5", "gvrp", 1), -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set gvrp of VLAN device \"eth0.5\": No "
			    "buffer space available; gvrp may have been "
			    "changed");
	fake_end(fake_kernel, ctx);
}

static void drivers_last(void **state)
{
	static const struct vbr_setting three[] = {
		{ "learning_sync", 1 },
		{ "path_cost", 7 },
		{ "priority", 3 },
	};
	static const struct vbr_setting wrong[] = {
		{ "learning_sync", 2 },
		{ "path_cost", 7 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int fails = 0; fails < 2; fails++) {
		fake_link(fake_kernel, &port);
		fake_index(fake_kernel, "br0", 7);
		fake_acks(fake_kernel, RTM_SETLINK);
		syncs(fake_kernel, fails ? -EOPNOTSUPP : 0);
		if (fails) {
			fake_acks(fake_kernel, RTM_SETLINK);
			fake_acks(fake_kernel, RTM_SETLINK);
			syncs(fake_kernel, -EOPNOTSUPP);
			fake_acks(fake_kernel, RTM_SETLINK);
		}
		assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", three, 3),
				 fails ? -EOPNOTSUPP : 0);
	}
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set learning_sync of "
			    "port \"eth0\" of bridge \"br0\": Operation not "
			    "supported");
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_COST), 100);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_PRIORITY), 32);
	assert_int_equal(sent(fake_kernel, IFLA_BRPORT_LEARNING_SYNC),
			 UINT32_MAX);
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", wrong, 2),
			 -ERANGE);
	fake_end(fake_kernel, ctx);
}

static void not_permitted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_SETLINK, -EPERM);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", settings, 2),
			 -EPERM);
	assert_null(strstr(vbr_ctx_error(ctx), "changed"));
	fake_end(fake_kernel, ctx);
}

/* One alone cannot be half done. */
static void one_is_not_undone(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	refused(fake_kernel);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "priority", 3),
			 -EBUSY);
	fake_end(fake_kernel, ctx);
}

static void not_to_be_sent(void **state)
{
	const struct vbr_setting rows[][2] = {
		{ { "priority", 1 }, { "priority", 2 } },
		{ { "mcast_router", 1 }, { "multicast_router", 1 } },
		{ { "priority", 1 }, { "nothing", 2 } },
		{ { "priority", 1 }, { "bridge_id", 2 } },
	};
	static const struct {
		int rc;
		const char *why;
	} expected[] = {
		{ -EINVAL, "priority is given twice" },
		{ -EINVAL, "multicast_router is given twice" },
		{ -ENOENT, "there is no option \"nothing\"" },
		{ -EACCES, "bridge_id can only be read" },
	};
	struct vbr_setting many[SET_MAX + 1];
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(vbr_bridge_set_all(ctx, "br0", rows[i], 2),
				 expected[i].rc);
		assert_string_equal(strchr(vbr_ctx_error(ctx), ':') + 2,
				    expected[i].why);
	}
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = rows[0][0];
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", many, 0), -E2BIG);
	assert_int_equal(vbr_bridge_set_all(ctx, "br0", many, COUNT(many)),
			 -E2BIG);
	assert_int_equal(vbr_vlan_set(ctx, "", "gvrp", 1), -ENODEV);
	fake_end(fake_kernel, ctx);
}

/* A rehearsal says what can be seen, and sends nothing that changes. */
static void dry_run(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	vbr_ctx_set_dry_run(ctx, true);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), -ENODEV);
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "hello_time", 99), -ERANGE);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set hello_time of "
			    "bridge \"br0\": Numerical result out of range; "
			    "hello_time goes from 1.00 to 10.00 s");
	/* The kernel takes it while STP is off. */
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "forward_delay", 0), 0);
	/* What the kernel sends only while it is set. */
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "backup_port", 9), 0);
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	assert_int_equal(vbr_port_set(ctx, "br0", "eth0", "backup_nhid", 9), 0);
	fake_link(fake_kernel, &vlan);
	assert_int_equal(vbr_vlan_set(ctx, "eth0.5", "gvrp", 1), 0);
	fake_link(fake_kernel, &port);
	assert_int_equal(vbr_vlan_set(ctx, "eth0", "gvrp", 1), -EOPNOTSUPP);
	says(ctx, "it is not a VLAN device");
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "flush", 1), -ENODEV);
	fake_link(fake_kernel, &port);
	assert_int_equal(vbr_bridge_set(ctx, "eth0", "priority", 1),
			 -EOPNOTSUPP);
	says(ctx, "it is not a bridge");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a value in words is read first", texts),
		TEST("what the kernel does not know is refused",
		     unknown_to_the_kernel),
		TEST("what every kernel knows is not asked for",
		     asked_for_nothing),
		TEST("what is not sent while it is 0 is seen afterwards",
		     sparse),
		TEST("several options are one request", in_one_request),
		TEST("what is refused though it is so already is no error",
		     unchanged),
		TEST("what is taken in turn alone is taken in turn",
		     taken_in_turn),
		TEST("what a refusal leaves behind is set back", set_back),
		TEST("a refusal outlives a search that fails", search_fails),
		TEST("what is refused is tried in turn", set_back_in_turn),
		TEST("what cannot be set back is named, if it has changed",
		     not_set_back),
		TEST("an option of its driver is sent to the port itself",
		     of_a_driver),
		TEST("options of a driver come after the others", drivers_last),
		TEST("without an answer, what can be is set back",
		     without_answer),
		TEST("what cannot be checked may have been changed",
		     sparse_unread),
		TEST("who may not has nothing to set back", not_permitted),
		TEST("one option is not set back", one_is_not_undone),
		TEST("names that are wrong, or there twice, send nothing",
		     not_to_be_sent),
		TEST("a rehearsal changes nothing", dry_run),
	};

	return run_all(tests);
}
