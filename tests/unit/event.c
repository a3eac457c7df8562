/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Turns messages that a program received itself into events; snapshots of
 * events that are kept. */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/port-vlans.h"
#include "unit/groups.h"
#include "unit/fail-alloc.h"
#include "unit/event-log.h"
#include "vbridge.h"

#define ALL \
	(VBR_WATCH_LINKS | VBR_WATCH_FDB | VBR_WATCH_VLANS | VBR_WATCH_GROUPS)

static const struct a_link bridge = {
	.index = 7,
	.name = "br0",
	.kind = "bridge",
	.flags = 1,
};
static const struct a_link port = {
	.index = 8,
	.name = "eth0",
	.kind = "veth",
	.master = 7,
	.port_no = 1,
	.cost = 19,
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
static const struct a_vlan vlans[] = { { 1, 1, 6 }, { 10, 19 }, { 0 } };
static const struct a_member members[] = { { 8, "239.1.2.3" }, { 0 } };
static const struct a_router routers[] = { { 8 }, { 0 } };

static void add_all(struct datagram *d)
{
	add_link(d, &bridge);
	add_link(d, &port);
	add_link(d, &vlan);
	add_entry(d, &entry);
	add_entries(d, 8, vlans);
	add_groups(d, 7, members, routers);
}

static void tells(const struct datagram *d, unsigned int what, int rc,
		  const char *expected)
{
	struct event_log event_log = { "" };

	assert_int_equal(vbr_event_read(d->bytes, d->len, what, event_log_add,
					&event_log),
			 rc);
	assert_string_equal(event_log.text, expected);
}

static void is_gone(struct nlmsghdr *msg)
{
	msg->nlmsg_type++;
}

/* --- reading -------------------------------------------------------------- */

static void each_kind_is_told(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	add_all(&d);
	tells(&d, ALL, 0,
	      "bridge br0 up; port eth0 7; device eth0.5 8; "
	      "mac 8 02:00:00:00:00:01 5; vlan 8 1-1 6; vlan 8 10-19 0; "
	      "group 8 239.1.2.3; router 8; ");
	tells(&d, VBR_WATCH_FDB | VBR_WATCH_GROUPS, 0,
	      "mac 8 02:00:00:00:00:01 5; group 8 239.1.2.3; router 8; ");
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

	(void)state;
	is_gone(add_link(&d, &left));
	is_gone(add_entry(&d, &entry));
	add_link(&d, &port);
	is_gone(add_link(&d, &bridge));
	tells(&d, ALL, 0,
	      "gone port eth0 7; "
	      "gone mac 8 02:00:00:00:00:01 5; port eth0 7; gone bridge br0 "
	      "up; ");
}

static void others_are_passed_over(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	done_message(&d, add_message(&d, RTM_NEWADDR, 0));
	add_ack(&d);
	add_error(&d, -EPERM);
	add_entry(&d, &entry);
	add_done(&d);
	tells(&d, ALL, 0, "mac 8 02:00:00:00:00:01 5; ");
}

/* The caller's bytes may be unaligned, and are not changed. */
static void bytes_are_only_read(void **state)
{
	struct datagram d = { 0 };
	char *copy = malloc(sizeof(d.bytes) + 1);

	(void)state;
	assert_non_null(copy);
	is_gone(add_link(&d, &vlan));
	add_entry(&d, &entry);
	for (size_t shift = 0; shift < 2; shift++) {
		struct event_log event_log = { "" };

		memcpy(copy + shift, d.bytes, d.len);
		assert_int_equal(vbr_event_read(copy + shift, d.len, ALL,
						event_log_add, &event_log),
				 0);
		assert_string_equal(event_log.text,
				    "gone device eth0.5 8; "
				    "mac 8 02:00:00:00:00:01 5; ");
		assert_memory_equal(copy + shift, d.bytes, d.len);
	}
	free(copy);
}

static void a_callback_may_end_it(void **state)
{
	static const int errors[] = { 42, -EBADMSG, -ENOMSG, -ENOENT };
	struct datagram d = { 0 };

	(void)state;
	add_all(&d);
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct event_log event_log = { .fail_at = 2,
					       .error = errors[i] };

		assert_int_equal(vbr_event_read(d.bytes, d.len, ALL,
						event_log_add, &event_log),
				 errors[i]);
		assert_string_equal(event_log.text,
				    "bridge br0 up; port eth0 7; ");
	}
}

static void the_broken_is_said_and_the_rest_told(void **state)
{
	struct datagram d = { 0 };
	size_t whole;

	(void)state;
	add_link(&d, &bridge);
	done_message(&d, add_message(&d, RTM_NEWVLAN, 0));
	add_entry(&d, &entry);
	tells(&d, ALL, -EBADMSG, "bridge br0 up; mac 8 02:00:00:00:00:01 5; ");
	/* A broken VLAN message is only an error for callers that watch
	 * VLANs. */
	tells(&d, VBR_WATCH_FDB, 0, "mac 8 02:00:00:00:00:01 5; ");
	d = (struct datagram){ 0 };
	add_entry(&d, &entry);
	whole = d.len;
	add_link(&d, &bridge);
	for (d.len--; d.len > whole; d.len--)
		tells(&d, ALL, -EBADMSG, "mac 8 02:00:00:00:00:01 5; ");
	tells(&d, ALL, 0, "mac 8 02:00:00:00:00:01 5; ");
	for (d.len--; d.len > 0; d.len--)
		tells(&d, ALL, -EBADMSG, "");
	tells(&d, ALL, -EBADMSG, "");
}

static void what_nobody_tells_is_refused(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	add_all(&d);
	tells(&d, 0, -EINVAL, "");
	tells(&d, 16, -EINVAL, "");
	tells(&d, ALL | 16, -EINVAL, "");
}

/* --- keeping -------------------------------------------------------------- */

/* The snapshots that a program keeps. */
struct kept {
	struct vbr_bridge *bridge;
	struct vbr_port *port;
	struct vbr_vlan *vlan;
};

static int keep(const struct vbr_event *event, void *data)
{
	struct kept *kept = data;

	if (vbr_event_bridge(event))
		return vbr_bridge_dup(vbr_event_bridge(event), &kept->bridge);
	if (vbr_event_port(event))
		return vbr_port_dup(vbr_event_port(event), &kept->port);
	if (vbr_event_vlan(event))
		return vbr_vlan_dup(vbr_event_vlan(event), &kept->vlan);
	return 0;
}

static void drop(const struct kept *kept)
{
	vbr_bridge_free(kept->bridge);
	vbr_port_free(kept->port);
	vbr_vlan_free(kept->vlan);
}

static void is_whole(const struct kept *kept)
{
	uint32_t from, to;
	uint64_t value;

	assert_string_equal(vbr_bridge_name(kept->bridge), "br0");
	assert_int_equal(vbr_bridge_index(kept->bridge), 7);
	assert_true(vbr_bridge_is_up(kept->bridge));
	assert_int_equal(vbr_bridge_value(kept->bridge, "stp_state", &value),
			 0);
	assert_string_equal(vbr_port_name(kept->port), "eth0");
	assert_int_equal(vbr_port_bridge_index(kept->port), 7);
	assert_int_equal(vbr_port_value(kept->port, "path_cost", &value), 0);
	assert_int_equal(value, 19);
	assert_string_equal(vbr_vlan_name(kept->vlan), "eth0.5");
	assert_int_equal(vbr_vlan_parent_index(kept->vlan), 8);
	assert_int_equal(vbr_vlan_value(kept->vlan, "id", &value), 0);
	assert_int_equal(value, 5);
	assert_true(vbr_vlan_egress_at(kept->vlan, 1, &from, &to));
	assert_int_equal(from, 201);
}

/* Copies, and copies of copies, remain valid after the event is gone. */
static void snapshots_outlive_their_event(void **state)
{
	struct kept kept = { 0 }, again;
	struct datagram d = { 0 };

	(void)state;
	add_all(&d);
	assert_int_equal(vbr_event_read(d.bytes, d.len, ALL, keep, &kept), 0);
	memset(&d, 0xff, sizeof(d));
	is_whole(&kept);
	assert_int_equal(vbr_bridge_dup(kept.bridge, &again.bridge), 0);
	assert_int_equal(vbr_port_dup(kept.port, &again.port), 0);
	assert_int_equal(vbr_vlan_dup(kept.vlan, &again.vlan), 0);
	drop(&kept);
	is_whole(&again);
	drop(&again);
}

/* A device without options of its driver. */
static void what_has_no_options_is_kept_too(void **state)
{
	const struct a_link bare = {
		.index = 8,
		.name = "eth0",
		.master = 7,
		.family = AF_BRIDGE,
	};
	struct kept kept = { 0 };
	struct datagram d = { 0 };
	uint64_t value = 99;

	(void)state;
	is_gone(add_link(&d, &bare));
	assert_int_equal(vbr_event_read(d.bytes, d.len, ALL, keep, &kept), 0);
	assert_string_equal(vbr_port_name(kept.port), "eth0");
	assert_int_equal(vbr_port_value(kept.port, "path_cost", &value),
			 -ENODATA);
	assert_int_equal(value, 99);
	drop(&kept);
}

/* Each allocation fails once: those of the read and those of the three
 * copies. */
static void without_memory(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	add_all(&d);
	for (unsigned int n = 1; n <= 5; n++) {
		struct kept kept = { 0 };
		int rc;

		fail_alloc_begin(n);
		rc = vbr_event_read(d.bytes, d.len, ALL, keep, &kept);
		assert_int_equal(fail_alloc_end(), n < 5 ? n : 4);
		assert_int_equal(rc, n < 5 ? -ENOMEM : 0);
		assert_true(!kept.bridge == (n < 3));
		assert_true(!kept.port == (n < 4));
		assert_true(!kept.vlan == (n < 5));
		drop(&kept);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("each kind of message makes an event", each_kind_is_told),
		TEST("deletions make events", what_goes_is_told),
		TEST("other messages are skipped", others_are_passed_over),
		TEST("the bytes are not changed, and can be unaligned",
		     bytes_are_only_read),
		TEST("a callback can end it, with any error",
		     a_callback_may_end_it),
		TEST("broken messages are reported, the others make events",
		     the_broken_is_said_and_the_rest_told),
		TEST("unknown kinds of events are refused",
		     what_nobody_tells_is_refused),
		TEST("snapshots remain valid after their event",
		     snapshots_outlive_their_event),
		TEST("a snapshot without options can be kept, too",
		     what_has_no_options_is_kept_too),
		TEST("each allocation that fails is ENOMEM", without_memory),
	};

	return run_all(tests);
}
