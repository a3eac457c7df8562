/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Replies that are too short, too long or of another kind; and calls that free
 * NULL. */

#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

/* Each function that frees. */
static void nothing_freed(void **state)
{
	(void)state;
	assert_null(vbr_ctx_unref(NULL));
	vbr_bridge_free(NULL);
	vbr_bridges_free(NULL);
	vbr_config_free(NULL);
	vbr_reach_free(NULL);
	vbr_reach_table_free(NULL);
	vbr_trace_free(NULL);
	vbr_live_free(NULL);
	vbr_live_path_free(NULL);
	vbr_findings_free(NULL);
	vbr_guard_free(NULL);
	vbr_topology_free(NULL);
	vbr_fdb_free(NULL);
	vbr_fdb_entry_free(NULL);
	vbr_vnis_free(NULL);
	vbr_port_vlans_free(NULL);
	vbr_mdb_free(NULL);
	vbr_msts_free(NULL);
	vbr_instances_free(NULL);
	vbr_port_free(NULL);
	vbr_ports_free(NULL);
	vbr_vids_free(NULL);
	vbr_vlan_free(NULL);
	vbr_vlans_free(NULL);
	vbr_watch_free(NULL);
}

/* --- the questions -------------------------------------------------------- */

#define LIST(function, list, ...) \
	static int function(struct vbr_ctx *ctx, size_t *ret_count) \
	{ \
		struct vbr_##list *got = (void *)ret_count; \
		int rc = vbr_##function(ctx, __VA_ARGS__ & got); \
\
		if (rc == 0) { \
			*ret_count = vbr_##list##_count(got); \
			vbr_##list##_free(got); \
		} else { \
			assert_ptr_equal(got, ret_count); \
		} \
		return rc; \
	}
LIST(bridge_list, bridges, )
LIST(port_list, ports, NULL, )
LIST(vlan_list, vlans, NULL, )
LIST(port_vlan_list, port_vlans, NULL, 0, )
LIST(mst_list, msts, NULL, )
LIST(fdb_list, fdb, "br0", )
LIST(mdb_list, mdb, NULL, )

static int see_link(const char *name, int index, bool is_free, void *data)
{
	(void)name;
	(void)index;
	(void)is_free;
	++*(size_t *)data;
	return 0;
}

static int link_foreach(struct vbr_ctx *ctx, size_t *ret_count)
{
	*ret_count = 0;
	return vbr_link_foreach(ctx, see_link, ret_count);
}

static void br0_first(struct fake_kernel *fake_kernel)
{
	fake_index(fake_kernel, "br0", 7);
}

/* The reply to the question which bridges exist: br0. */
static void bridges_first(struct fake_kernel *fake_kernel)
{
	struct datagram d = { 0 };

	add_link(&d, &(struct a_link){
			     .index = 7, .name = "br0", .kind = "bridge" });
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
}

/* The FDB is empty, so the library asks whether the device is a bridge. */
static void br0_last(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge" });
}

static const struct question {
	const char *name;
	int (*ask)(struct vbr_ctx *ctx, size_t *ret_count);
	uint16_t type; /* of the request */
	uint16_t answer;
	void (*before)(struct fake_kernel *fake_kernel);
	void (*behind)(struct fake_kernel *fake_kernel);
} questions[] = {
	{ "link_foreach", link_foreach, RTM_GETLINK, RTM_NEWLINK },
	{ "bridge_list", bridge_list, RTM_GETLINK, RTM_NEWLINK },
	{ "port_list", port_list, RTM_GETLINK, RTM_NEWLINK },
	{ "vlan_list", vlan_list, RTM_GETLINK, RTM_NEWLINK },
	{ "port_vlan_list", port_vlan_list, RTM_GETLINK, RTM_NEWLINK },
	{ "mst_list", mst_list, RTM_GETLINK, RTM_NEWLINK },
	{ "fdb_list", fdb_list, RTM_GETNEIGH, RTM_NEWNEIGH, br0_first,
	  br0_last },
	{ "mdb_list", mdb_list, RTM_GETMDB, RTM_NEWMDB, bridges_first },
};

/* Sends a request that gets the reply "d", and expects "rc"; the next request
 * must succeed. */
static void asks(const struct question *q, const struct datagram *d, int rc)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram nothing = { 0 };
	size_t count = 0;
	int got;

	fake_resets_at_will(fake_kernel);
	add_done(&nothing);
	for (int again = 0; again < 2; again++) {
		int expected = again ? 0 : rc;

		if (q->before)
			q->before(fake_kernel);
		fake_expect(fake_kernel, q->type);
		fake_answer(fake_kernel, again ? &nothing : d);
		if (q->behind && expected == 0)
			q->behind(fake_kernel);
		got = q->ask(ctx, &count);
		check(got == expected, "%s gives %d: %s", q->name, got,
		      vbr_ctx_error(ctx));
		check(got || count == 0, "%s has %zu", q->name, count);
		check(got == 0 || vbr_ctx_error(ctx)[0], "%s says nothing",
		      q->name);
	}
	fake_end(fake_kernel, ctx);
}

/* --- the answers ---------------------------------------------------------- */

/* A message of any type, with the header and an attribute of its family. */
static void add_other(struct datagram *d, uint16_t type, unsigned char family)
{
	struct nlmsghdr *msg = add_message(d, type, 0);
	unsigned char *head = put_extra_header(msg, 16);

	head[0] = family;
	put_u32(msg, 1, 0x01020304);
	done_message(d, msg);
}

static void other_families(void **state)
{
	static const struct {
		uint16_t type;
		unsigned char family;
	} others[] = {
		{ RTM_NEWADDR, AF_INET },
		{ RTM_NEWADDR, AF_INET6 },
		{ RTM_NEWROUTE, AF_INET },
		{ RTM_NEWRULE, AF_INET6 },
		{ RTM_NEWQDISC, AF_UNSPEC },
		{ RTM_NEWNETCONF, AF_INET },
		{ RTM_NEWNSID, AF_UNSPEC },
		{ RTM_NEWSTATS, AF_UNSPEC },
		{ RTM_DELADDR, AF_INET },
		{ 0x7ffe, AF_BRIDGE },
		{ 0xffff, 0xff },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct datagram d = { 0 };

		for (size_t k = 0; k < COUNT(others); k++)
			add_other(&d, others[k].type, others[k].family);
		/* Neighbours of hosts among those of bridges. */
		add_entry(&d, &(struct an_entry){ .port = 8,
						  .bridge = 7,
						  .family = AF_INET,
						  .state = NUD_REACHABLE });
		add_entry(&d, &(struct an_entry){ .port = 8,
						  .bridge = 7,
						  .family = AF_INET6,
						  .state = NUD_REACHABLE });
		add_done(&d);
		asks(&questions[i], &d, 0);
	}
}

static void too_little(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		const struct question *q = &questions[i];
		struct datagram d = { 0 };

		/* A message without the header of its family. */
		done_message(&d, add_message(&d, q->answer, 0));
		add_done(&d);
		asks(q, &d, -EBADMSG);
		/* Too few bytes for a message. */
		d.len = 7;
		asks(q, &d, -EBADMSG);
		d.len = 0;
		asks(q, &d, -EBADMSG);
		/* An ack instead of a list. */
		add_ack(&d);
		asks(q, &d, 0);
	}
}

/* The lowest errno of the kernel is -4095. */
static void no_errno(void **state)
{
	static const int errors[] = { INT_MIN, -4096, -4095 };

	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		for (size_t k = 0; k < COUNT(errors); k++) {
			struct datagram d = { 0 };

			add_error(&d, errors[k]);
			asks(&questions[i], &d, -4095);
		}
	}
}

static void too_much(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		const struct question *q = &questions[i];
		struct datagram d = { 0 };

		/* Another end after the end; and bytes that are not a
		 * message. */
		add_done(&d);
		add_done(&d);
		asks(q, &d, 0);
		memset(d.bytes + d.len, 0xa5, 12);
		d.len += 12;
		asks(q, &d, -EBADMSG);
	}
}

/* A late reply to one call is not taken for the reply to the next. */
static void leftovers(void **state)
{
	struct datagram ack = { 0 }, error = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	add_ack(&ack);
	add_error(&error, -EBUSY)->nlmsg_seq = OTHER_SEQUENCE;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &ack);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer_times(fake_kernel, &error, 3);
	fake_answer(fake_kernel, &ack);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "priority", 1), 0);
	fake_end(fake_kernel, ctx);
}

/* The library asked for one device. */
static void one_device(void **state)
{
	struct vbr_bridge *bridge = (void *)state;
	struct datagram ack = { 0 }, other = { 0 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	add_ack(&ack);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &ack);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -EBADMSG);
	add_other(&other, RTM_NEWADDR, AF_INET);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &other);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), -EBADMSG);
	assert_ptr_equal(bridge, state);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("functions that free accept NULL", nothing_freed),
		TEST("messages of other families are skipped", other_families),
		TEST("replies that are too short are EBADMSG", too_little),
		TEST("an errno that is too low becomes the lowest", no_errno),
		TEST("messages after the end are not part of a reply",
		     too_much),
		TEST("the rest of a reply does not answer the next request",
		     leftovers),
		TEST("another reply than a link is EBADMSG", one_device),
	};

	return run_all(tests);
}
