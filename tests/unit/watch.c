/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A watch with a fake kernel: notifications that it receives, loses, and sends
 * again. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "unit/event-log.h"
#include "vbridge.h"

static const unsigned int all_groups[] = {
	RTNLGRP_LINK,
	RTNLGRP_NEIGH,
	RTNLGRP_BRVLAN,
	RTNLGRP_MDB,
};

#define ALL \
	(VBR_WATCH_LINKS | VBR_WATCH_FDB | VBR_WATCH_VLANS | VBR_WATCH_GROUPS)
#define GROUPS (sizeof(all_groups) / sizeof(all_groups[0]))

/* The list of all bridges: one, or none. */
static void fake_bridges(struct fake_kernel *fake_kernel,
			 const struct a_link *link)
{
	struct datagram d = { 0 };

	fake_expect(fake_kernel, RTM_GETLINK);
	if (link)
		add_link(&d, link);
	add_done(&d);
	fake_answer(fake_kernel, &d);
}

static struct vbr_watch *watch_all(struct fake_kernel *fake_kernel,
				   struct vbr_ctx *ctx)
{
	struct vbr_watch *watch;

	fake_listens(fake_kernel, all_groups, GROUPS, 0);
	fake_bridges(fake_kernel, NULL);
	assert_int_equal(vbr_watch_new(ctx, ALL, &watch), 0);
	return watch;
}

/* Reads all notifications in the script. */
static void reads(struct fake_kernel *fake_kernel, struct vbr_watch *watch,
		  const char *expected)
{
	struct event_log event_log = { "" };

	fake_receive_fails(fake_kernel, -EAGAIN);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log), 0);
	assert_string_equal(event_log.text, expected);
}

static void end(struct fake_kernel *fake_kernel, struct vbr_ctx *ctx,
		struct vbr_watch *watch)
{
	vbr_watch_free(watch);
	fake_end(fake_kernel, ctx);
}

static const struct a_link bridge = {
	.index = 7,
	.name = "br0",
	.kind = "bridge",
	.flags = 1,
};
static const struct a_link port = {
	.index = 8,
	.name = "eth0",
	.master = 7,
	.port_no = 1,
	.family = AF_BRIDGE,
};
static const struct a_link vlan = {
	.index = 9,
	.name = "eth0.5",
	.kind = "vlan",
	.parent = 8,
	.vid = 5,
};
static const struct an_entry entry = {
	.port = 8,
	.bridge = 7,
	.mac = { 2, 0, 0, 0, 0, 1 },
	.vlan = 5,
	.state = NUD_REACHABLE,
};
static const struct a_vlan vlans[] = {
	{ 1, 1, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED, 3, 0, 0 },
	{ 10, 19, 0, 3, 0, 0 },
	{ 0 },
};
static const struct a_member members[] = {
	{ .port = 8, .group = "239.1.2.3" },
	{ .port = 0 },
};
static const struct a_router routers[] = { { .port = 8 }, { .port = 0 } };

/* RTM_DEL* follows RTM_NEW*. */
static void is_gone(struct nlmsghdr *msg)
{
	msg->nlmsg_type++;
}

static void each_kind_is_told(void **state)
{
	struct datagram links = { 0 }, others = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	assert_int_equal(vbr_watch_fd(watch), -1);
	add_link(&links, &bridge);
	add_link(&links, &port);
	add_link(&links, &vlan);
	fake_answer(fake_kernel, &links);
	add_entry(&others, &entry);
	add_entries(&others, 8, vlans);
	add_groups(&others, 7, members, routers);
	fake_answer(fake_kernel, &others);
	fake_bridges(fake_kernel, &bridge);
	reads(fake_kernel, watch,
	      "bridge br0 up; port eth0 7; device eth0.5 8; "
	      "mac 8 02:00:00:00:00:01 5; vlan 8 1-1 6; vlan 8 10-19 0; "
	      "group 8 239.1.2.3; router 8; ");
	end(fake_kernel, ctx, watch);
}

static void what_goes_is_told(void **state)
{
	const struct a_link left = {
		.index = 8,
		.name = "eth0",
		.master = 7,
		.family = AF_BRIDGE,
	};
	struct datagram d = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	is_gone(add_link(&d, &left));
	is_gone(add_link(&d, &vlan));
	is_gone(add_entry(&d, &entry));
	is_gone(add_entries(&d, 8, vlans));
	is_gone(add_link(&d, &bridge));
	fake_answer(fake_kernel, &d);
	reads(fake_kernel, watch,
	      "gone port eth0 7; gone device eth0.5 8; "
	      "gone mac 8 02:00:00:00:00:01 5; gone vlan 8 1-1 6; "
	      "gone vlan 8 10-19 0; gone bridge br0 up; ");
	end(fake_kernel, ctx, watch);
}

/* A VLAN device that is a port makes two events. */
static void a_vlan_device_may_be_a_port(void **state)
{
	const struct a_link both = {
		.index = 9,
		.name = "eth0.5",
		.kind = "vlan",
		.parent = 8,
		.vid = 5,
		.master = 7,
		.port_no = 2,
	};
	struct datagram d = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	add_link(&d, &both);
	fake_answer(fake_kernel, &d);
	reads(fake_kernel, watch, "device eth0.5 8; port eth0.5 7; ");
	end(fake_kernel, ctx, watch);
}

static void other_messages_are_passed_over(void **state)
{
	const struct a_link other = { .index = 3, .name = "dummy0" };
	struct an_entry neighbour = entry, of_vxlan = entry;
	struct datagram d = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	neighbour.family = AF_INET;
	of_vxlan.bridge = 0;
	add_link(&d, &other);
	add_entry(&d, &neighbour);
	add_entry(&d, &of_vxlan);
	done_message(&d, add_message(&d, RTM_NEWADDR, 0));
	add_groups(&d, 3, members, NULL);
	fake_answer(fake_kernel, &d);
	fake_bridges(fake_kernel, &bridge);
	reads(fake_kernel, watch, "");
	end(fake_kernel, ctx, watch);
}

static void only_what_was_asked_for_is_told(void **state)
{
	const unsigned int groups[] = { RTNLGRP_NEIGH };
	struct datagram d = { 0 };
	struct vbr_watch *watch;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_listens(fake_kernel, groups, 1, 0);
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_FDB, &watch), 0);
	add_link(&d, &bridge);
	add_entry(&d, &entry);
	fake_answer(fake_kernel, &d);
	reads(fake_kernel, watch, "mac 8 02:00:00:00:00:01 5; ");
	end(fake_kernel, ctx, watch);
}

/* The next call continues after the last event, also within a message. */
static void a_callback_may_end_it(void **state)
{
	struct event_log event_log = { .fail_at = 1 };
	struct datagram d = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	add_entries(&d, 8, vlans);
	add_entry(&d, &entry);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log), 42);
	assert_string_equal(event_log.text, "vlan 8 1-1 6; ");
	event_log = (struct event_log){ .fail_at = 1 };
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log), 42);
	assert_string_equal(event_log.text, "vlan 8 10-19 0; ");
	reads(fake_kernel, watch, "mac 8 02:00:00:00:00:01 5; ");
	end(fake_kernel, ctx, watch);
}

/*
 * Any error of the callback is returned, even an errno that has a meaning
 * inside the library.
 */
static void a_callback_may_end_it_with_any_error(void **state)
{
	static const int errors[] = { -EBADMSG, -ENOMSG, -ENOBUFS, -EINTR };

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct event_log event_log = { .fail_at = 1,
					       .error = errors[i] };
		struct datagram d = { 0 };
		struct vbr_ctx *ctx;
		struct fake_kernel *fake_kernel = fake_new(&ctx);
		struct vbr_watch *watch = watch_all(fake_kernel, ctx);

		add_entries(&d, 8, vlans);
		fake_answer(fake_kernel, &d);
		assert_int_equal(vbr_watch_read(watch, event_log_add,
						&event_log),
				 errors[i]);
		assert_string_equal(event_log.text, "vlan 8 1-1 6; ");
		assert_non_null(strstr(vbr_ctx_error(ctx),
				       "cannot read what changed: "));
		reads(fake_kernel, watch, "vlan 8 10-19 0; ");
		end(fake_kernel, ctx, watch);
	}
}

static void what_is_lost_is_said(void **state)
{
	struct event_log event_log = { "" };
	struct datagram d = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	fake_receive_fails(fake_kernel, -EINTR);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log),
			 -ENOBUFS);
	assert_string_equal(
		vbr_ctx_error(ctx),
		"cannot read what changed: events came faster than they were read; some are lost");
	/* This datagram is longer than the buffer; the next call has a larger
	 * one. */
	add_entry(&d, &entry);
	fake_answer_needing(fake_kernel, &d, 65537);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log),
			 -ENOBUFS);
	fake_answer_needing(fake_kernel, &d, 131072);
	reads(fake_kernel, watch, "mac 8 02:00:00:00:00:01 5; ");
	fake_receive_fails(fake_kernel, -EIO);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log),
			 -EIO);
	assert_string_equal(event_log.text, "");
	end(fake_kernel, ctx, watch);
}

static void what_is_broken_is_passed_over(void **state)
{
	struct event_log event_log = { "" };
	struct datagram d = { 0 };
	struct nlmsghdr *msg;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	msg = add_message(&d, RTM_NEWVLAN, 0);
	done_message(&d, msg);
	add_entry(&d, &entry);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_watch_read(watch, event_log_add, &event_log),
			 -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read what changed: Bad message");
	reads(fake_kernel, watch, "mac 8 02:00:00:00:00:01 5; ");
	end(fake_kernel, ctx, watch);
}

static void script_all(struct fake_kernel *fake_kernel,
		       unsigned int interrupted)
{
	static const uint16_t types[] = {
		RTM_GETLINK,
		RTM_GETNEIGH,
		RTM_GETVLAN,
		RTM_GETMDB,
	};

	fake_bridges(fake_kernel, &bridge);
	for (size_t i = 0; i < GROUPS; i++) {
		struct datagram d = { 0 };

		if (i == 0)
			add_link(&d, &bridge);
		else if (i == 1)
			add_entry(&d, &entry);
		else if (i == 2)
			add_entries(&d, 8, vlans);
		else
			add_groups(&d, 7, members, routers);
		if (interrupted == i + 1)
			d.first.nlmsg_flags |= NLM_F_DUMP_INTR;
		add_done(&d);
		fake_expect(fake_kernel, types[i]);
		fake_answer(fake_kernel, &d);
		if (interrupted == i + 1) {
			d.first.nlmsg_flags &= (uint16_t)~NLM_F_DUMP_INTR;
			fake_expect(fake_kernel, types[i]);
			fake_answer(fake_kernel, &d);
		}
	}
}

static const char everything[] =
	"bridge br0 up; mac 8 02:00:00:00:00:01 5; vlan 8 1-1 6; "
	"vlan 8 10-19 0; group 8 239.1.2.3; router 8; ";

static void sync_tells_all(void **state)
{
	struct event_log event_log = { "" };
	struct datagram old = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	/* Pending notifications are dropped. */
	add_link(&old, &vlan);
	fake_answer(fake_kernel, &old);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	fake_receive_fails(fake_kernel, -EAGAIN);
	script_all(fake_kernel, 0);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log), 0);
	assert_string_equal(event_log.text, everything);
	end(fake_kernel, ctx, watch);
}

/* Linux 6.18 sends a dump of groups as RTM_GETMDB. */
static void a_dump_may_come_as_what_asked_for_it(void **state)
{
	const unsigned int groups[] = { RTNLGRP_MDB };
	struct event_log event_log = { "" };
	struct datagram d = { 0 };
	struct vbr_watch *watch;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_listens(fake_kernel, groups, 1, 0);
	fake_bridges(fake_kernel, NULL);
	assert_int_equal(vbr_watch_new(ctx, VBR_WATCH_GROUPS, &watch), 0);
	fake_receive_fails(fake_kernel, -EAGAIN);
	fake_bridges(fake_kernel, &bridge);
	add_groups(&d, 7, members, routers)->nlmsg_type = RTM_GETMDB;
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETMDB);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log), 0);
	assert_string_equal(event_log.text, "group 8 239.1.2.3; router 8; ");
	end(fake_kernel, ctx, watch);
}

static void an_interrupted_sync_goes_on(void **state)
{
	struct event_log event_log = { "" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	fake_receive_fails(fake_kernel, -EAGAIN);
	script_all(fake_kernel, 1);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log), 0);
	assert_string_equal(event_log.text, everything);
	end(fake_kernel, ctx, watch);
}

/* As from a kernel without VLAN filtering, or without the bridge module. */
static void a_sync_passes_over_what_the_kernel_lacks(void **state)
{
	struct event_log event_log = { "" };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);
	struct datagram links = { 0 }, entries = { 0 };

	(void)state;
	fake_receive_fails(fake_kernel, -EAGAIN);
	fake_bridges(fake_kernel, &bridge);
	add_link(&links, &bridge);
	add_done(&links);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &links);
	add_entry(&entries, &entry);
	add_done(&entries);
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, &entries);
	fake_refuses(fake_kernel, RTM_GETVLAN, -EOPNOTSUPP);
	fake_refuses(fake_kernel, RTM_GETMDB, -EOPNOTSUPP);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log), 0);
	assert_string_equal(event_log.text,
			    "bridge br0 up; mac 8 02:00:00:00:00:01 5; ");
	/* Any other error ends it. */
	fake_receive_fails(fake_kernel, -EAGAIN);
	fake_bridges(fake_kernel, &bridge);
	fake_refuses(fake_kernel, RTM_GETLINK, -EPERM);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log),
			 -EPERM);
	end(fake_kernel, ctx, watch);
}

static void a_callback_may_end_a_sync(void **state)
{
	struct event_log event_log = { .fail_at = 2 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_watch *watch = watch_all(fake_kernel, ctx);

	(void)state;
	fake_receive_fails(fake_kernel, -EAGAIN);
	script_all(fake_kernel, 0);
	assert_int_equal(vbr_watch_sync(watch, event_log_add, &event_log), 42);
	fake_forget(fake_kernel);
	end(fake_kernel, ctx, watch);
}

static void what_cannot_be_watched_is_refused(void **state)
{
	struct vbr_watch *watch = NULL;
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	assert_int_equal(vbr_watch_new(ctx, 0, &watch), -EINVAL);
	assert_int_equal(vbr_watch_new(ctx, 16, &watch), -EINVAL);
	fake_listens(fake_kernel, all_groups, GROUPS, -EOPNOTSUPP);
	assert_int_equal(vbr_watch_new(ctx, ALL, &watch), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx), "cannot watch for changes: "
						"Operation not supported");
	assert_null(watch);
	vbr_watch_free(NULL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_told),
		cmocka_unit_test(what_goes_is_told),
		cmocka_unit_test(a_vlan_device_may_be_a_port),
		cmocka_unit_test(other_messages_are_passed_over),
		cmocka_unit_test(only_what_was_asked_for_is_told),
		cmocka_unit_test(a_callback_may_end_it),
		cmocka_unit_test(a_callback_may_end_it_with_any_error),
		cmocka_unit_test(what_is_lost_is_said),
		cmocka_unit_test(what_is_broken_is_passed_over),
		cmocka_unit_test(sync_tells_all),
		cmocka_unit_test(a_dump_may_come_as_what_asked_for_it),
		cmocka_unit_test(an_interrupted_sync_goes_on),
		cmocka_unit_test(a_sync_passes_over_what_the_kernel_lacks),
		cmocka_unit_test(a_callback_may_end_a_sync),
		cmocka_unit_test(what_cannot_be_watched_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
