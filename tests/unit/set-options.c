/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets options: some that the kernel lacks, several at once, and what is set
 * back after a refusal. */

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

/* The kernel ignores unknown attributes, so the library has to refuse them. */
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
	/* For a device of another kind, the kernel reports this itself. */
	fake_refuses(fake_kernel, RTM_NEWLINK, -EOPNOTSUPP);
	assert_int_equal(vbr_vlan_set(ctx, "br0", "gvrp", 1), -EOPNOTSUPP);
	fake_end(fake_kernel, ctx);
}

/* Options that every kernel has are set without reading first. */
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

/* Text that is not a value of the option is not sent. */
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
			    "\"high\" is not a value of priority: it takes a "
			    "whole number");
	assert_int_equal(vbr_bridge_set_text(ctx, "br0", "nothing", "1"),
			 -ENOENT);
	assert_int_equal(vbr_port_set_text(ctx, "br0", "eth0", "isolated",
					   "maybe"),
			 -EINVAL);
	fake_end(fake_kernel, ctx);
}

/* No kernel sends this option while it is 0, so the library reads it after the
 * change. */
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

/* The cost is accepted. The priority is refused: alone, in a second try, and
 * once more to find its error. */
static void found(struct fake_kernel *fake_kernel)
{
	refused(fake_kernel);
	fake_acks(fake_kernel, RTM_SETLINK);
	for (int i = 0; i < 3; i++)
		fake_refuses(fake_kernel, RTM_SETLINK, -EBUSY);
}

/* An option may be refused if it already has the value. */
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
	/* EPERM is an error even if nothing would change. */
	fake_link(fake_kernel, &port);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_SETLINK, -EPERM);
	assert_int_equal(vbr_port_set_all(ctx, "br0", "eth0", same, 1), -EPERM);
	fake_end(fake_kernel, ctx);
}

/* Sent alone, each is accepted in the end: they depend on each other. */
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

/* The old values are sent in one message, because options depend on each
 * other. */
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

/* The call returns the first refusal, even if the search for the refused option
 * fails, and whether or not the undo succeeds. */
static void search_fails(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (int can_undo = 0; can_undo < 2; can_undo++) {
		refused(fake_kernel);
		/* Each option alone, then one of them again to find its
		 * error. */
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

/* If that message is refused, the options are sent one by one, in the order
 * that the kernel accepts. */
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

/* The old cost is refused each time. The library reads the port to see if the
 * cost had changed. */
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

/* --- options of a port's driver ------------------------------------------ */

/* With BRIDGE_FLAGS_SELF, rtnl_bridge_setlink() calls the driver and not the
 * bridge. */
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

/* A bridge does not send options of drivers, so the library does not check if
 * the kernel supports them. */
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

/* The option of the driver cannot be sent, or its ack is lost. The other option
 * is restored. */
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

/* After the change, the option cannot be read. */
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

/* A single option needs no undo. */
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

/* A dry run reports errors that it can find by reading, and changes nothing. */
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
			    "hello_time ranges from 1.00 to 10.00 s");
	/* The kernel accepts this while STP is off. */
	fake_link(fake_kernel, &br0);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "forward_delay", 0), 0);
	/* The kernel sends these only while they are set. */
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
		TEST("text is parsed before anything is sent", texts),
		TEST("options that the kernel does not support are refused",
		     unknown_to_the_kernel),
		TEST("options of every kernel need no check",
		     asked_for_nothing),
		TEST("options not sent while 0 are checked after the change",
		     sparse),
		TEST("several options are one request", in_one_request),
		TEST("refused options with the same value are no error",
		     unchanged),
		TEST("options that depend on each other are set one by one",
		     taken_in_turn),
		TEST("after a refusal, old values are restored", set_back),
		TEST("the refusal is reported even if the search fails",
		     search_fails),
		TEST("a refused restore is tried one by one", set_back_in_turn),
		TEST("options that cannot be restored are reported",
		     not_set_back),
		TEST("options of a driver are sent to the port itself",
		     of_a_driver),
		TEST("options of a driver come after the others", drivers_last),
		TEST("without an ack, other options are restored",
		     without_answer),
		TEST("options that cannot be checked may have changed",
		     sparse_unread),
		TEST("without the capability, nothing is restored",
		     not_permitted),
		TEST("a single option is not restored", one_is_not_undone),
		TEST("wrong or repeated names send nothing", not_to_be_sent),
		TEST("a dry run changes nothing", dry_run),
	};

	return run_all(tests);
}
