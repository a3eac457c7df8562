/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Deletes many FDB entries on kernels that need a request for each entry
 * (before Linux 5.19). */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "unit/expected.h"
#include "vbridge.h"

/* This kernel takes the request for one about a single entry, which has no
 * address. */
static void cannot_flush(struct fake_kernel *fake_kernel, int error)
{
	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_DELNEIGH, error);
}

/* It can flush learned entries: of the bridge, or of "port" if it is not 0. */
static void flushes_learned(struct fake_kernel *fake_kernel, int port,
			    int error)
{
	const struct ifinfomsg head = { .ifi_index = port,
					.ifi_family = port ? AF_BRIDGE
							   : AF_UNSPEC };
	struct nlattr *info, *data;
	struct datagram d;
	struct nlmsghdr *msg = expect(&d, port ? RTM_SETLINK : RTM_NEWLINK,
				      NLM_F_ACK, &head, sizeof(head));

	if (port) {
		data = nest_start(msg, IFLA_PROTINFO);
		put_attr(msg, IFLA_BRPORT_FLUSH, 0, NULL);
		nest_end(msg, data);
	} else {
		put_string(msg, IFLA_IFNAME, "br0");
		info = nest_start(msg, IFLA_LINKINFO);
		put_string(msg, IFLA_INFO_KIND, "bridge");
		data = nest_start(msg, IFLA_INFO_DATA);
		put_attr(msg, IFLA_BR_FDB_FLUSH, 0, NULL);
		nest_end(msg, data);
		nest_end(msg, info);
	}
	fake_verdict(fake_kernel, msg, error);
}

/* An entry has the address 02:00:00:00:00:LAST; port 0 ends a list. */
struct entry {
	int port;
	uint16_t vlan, state;
	uint8_t last, flags;
};

static const struct entry all[] = {
	{ 8, 0, NUD_REACHABLE, 1, 0 },
	{ 8, 5, NUD_STALE, 2, 0 },
	{ 8, 0, NUD_NOARP, 3, NTF_STICKY },
	{ 8, 0, NUD_PERMANENT, 4, 0 },
	{ 9, 5, NUD_REACHABLE, 5, NTF_EXT_LEARNED },
	{ 7, 5, NUD_PERMANENT, 6, 0 },
	{ 0 },
};

static struct an_entry whole(const struct entry *entry)
{
	return (struct an_entry){ .port = entry->port,
				  .bridge = 7,
				  .mac = { 2, 0, 0, 0, 0, entry->last },
				  .vlan = entry->vlan,
				  .state = entry->state,
				  .flags = entry->flags };
}

/* "is_spoiled": the list is interrupted by a change. */
static void lists(struct fake_kernel *fake_kernel, const struct entry *entries,
		  bool is_spoiled)
{
	struct datagram d = { 0 };

	for (; entries->port; entries++) {
		struct an_entry entry = whole(entries);

		add_entry(&d, &entry);
	}
	add_done(&d)->nlmsg_flags |= is_spoiled ? NLM_F_DUMP_INTR : 0;
	fake_expect(fake_kernel, RTM_GETNEIGH);
	fake_answer(fake_kernel, &d);
}

static void asks(struct fake_kernel *fake_kernel, const struct entry *entries)
{
	fake_index(fake_kernel, "br0", 7);
	lists(fake_kernel, entries, false);
}

static void deletes(struct fake_kernel *fake_kernel, const struct entry *entry,
		    int error)
{
	struct an_entry expected = whole(entry);
	struct datagram d;

	expected.state = 0;
	expected.flags = entry->port == 7 ? NTF_SELF : NTF_MASTER;
	fake_verdict(fake_kernel, expect_entry(&d, RTM_DELNEIGH, &expected),
		     error);
}

static void one_by_one(void **state)
{
	static const struct {
		struct vbr_fdb_filter filter;
		/* the last bytes of the deleted addresses */
		uint8_t gone[4];
	} rows[] = {
		{ { .vlan = 5 }, { 2, 5 } },
		{ { .states = 1 << VBR_FDB_STATIC }, { 3 } },
		{ { .states = 1 << VBR_FDB_LOCAL, .vlan = 5 }, { 6 } },
		{ { .flags = VBR_FDB_EXTERN, .flags_mask = VBR_FDB_EXTERN },
		  { 5 } },
		{ { .states = VBR_FDB_ANY,
		    .flags_mask = VBR_FDB_STICKY,
		    .vlan = 5 },
		  { 2, 5, 6 } },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		cannot_flush(fake_kernel, i % 2 ? -EOPNOTSUPP : -EINVAL);
		asks(fake_kernel, all);
		/* An entry that is already gone counts as deleted. */
		for (size_t k = 0; rows[i].gone[k]; k++)
			deletes(fake_kernel, &all[rows[i].gone[k] - 1],
				k == 1 ? -ENOENT : 0);
		assert_int_equal(vbr_fdb_flush(ctx, "br0", &rows[i].filter), 0);
	}
	fake_end(fake_kernel, ctx);
}

/* Learned entries are flushed at once; those that the kernel keeps are deleted
 * one by one. */
static void learned_at_once(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	cannot_flush(fake_kernel, -EINVAL);
	flushes_learned(fake_kernel, 0, 0);
	asks(fake_kernel, all + 2);
	deletes(fake_kernel, &all[4], 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), 0);

	fake_br0(fake_kernel);
	fake_eth0(fake_kernel);
	fake_refuses(fake_kernel, RTM_DELNEIGH, -EINVAL);
	flushes_learned(fake_kernel, 8, 0);
	asks(fake_kernel, all);
	deletes(fake_kernel, &all[0], 0);
	deletes(fake_kernel, &all[1], 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .port = "eth0" }),
			 0);

	cannot_flush(fake_kernel, -EINVAL);
	flushes_learned(fake_kernel, 0, -EBUSY);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot flush the FDB of "
			    "bridge \"br0\": Device or resource busy");
	fake_end(fake_kernel, ctx);
}

static const struct vbr_fdb_filter in_vlan_5 = { .vlan = 5 };
static const struct vbr_fdb_filter everything = { .states = VBR_FDB_ANY };

/* An interrupted list is read again. */
static void changed_meanwhile(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	cannot_flush(fake_kernel, -EINVAL);
	fake_index(fake_kernel, "br0", 7);
	lists(fake_kernel, all, true);
	lists(fake_kernel, all + 2, false);
	deletes(fake_kernel, &all[4], 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), 0);
	fake_end(fake_kernel, ctx);
}

/* If the device is no longer a port, the errno is not ENOENT. */
static void gone_meanwhile(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, all);
	deletes(fake_kernel, &all[1], -EINVAL);
	asks(fake_kernel, all + 2);
	deletes(fake_kernel, &all[4], -ENODEV);
	asks(fake_kernel, all + 5);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), 0);
	fake_end(fake_kernel, ctx);
}

/* The first refusal ends the flush, and is its error. */
static void one_by_one_refused(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, all);
	deletes(fake_kernel, &all[1], -EBUSY);
	asks(fake_kernel, all);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot flush the FDB of "
			    "bridge \"br0\": Device or resource busy");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);

	/* Whether the entry still exists is unknown: the kernel's errno is
	 * reported. */
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, all);
	deletes(fake_kernel, &all[1], 0);
	deletes(fake_kernel, &all[4], -EBUSY);
	fake_index(fake_kernel, "br0", -ENODEV);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), -EBUSY);
	says(ctx, "Device or resource busy; some entries may have been "
		  "deleted");

	cannot_flush(fake_kernel, -EINVAL);
	fake_index(fake_kernel, "br0", 7);
	fake_refuses(fake_kernel, RTM_GETNEIGH, -EPERM);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), -EPERM);
	fake_end(fake_kernel, ctx);
}

/* A deletion without a VLAN deletes the address in all VLANs of the port. It is
 * refused if an entry there has to stay. */
static void same_address(void **state)
{
	static const struct entry stays[] = {
		{ 8, 0, NUD_NOARP, 1, 0 },
		{ 9, 0, NUD_NOARP, 2, 0 },
		{ 9, 4, NUD_NOARP, 2, 0 },
		{ 9, 5, NUD_REACHABLE, 2, 0 },
		{ 0 },
	};
	/* All entries of the address match, or the others are on another
	 * port. */
	static const struct entry goes[] = {
		{ 9, 0, NUD_NOARP, 2, 0 },
		{ 9, 4, NUD_NOARP, 2, 0 },
		{ 8, 5, NUD_REACHABLE, 2, 0 },
		{ 9, 6, NUD_REACHABLE, 3, 0 },
		{ 0 },
	};
	static const struct vbr_fdb_filter filter = {
		.states = 1 << VBR_FDB_STATIC,
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, stays);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot flush the FDB of "
			    "bridge \"br0\": 02:00:00:00:00:02 must stay in "
			    "VLAN 5, but this kernel would delete it there, "
			    "too");
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, goes);
	deletes(fake_kernel, &goes[0], 0);
	deletes(fake_kernel, &goes[1], -ENOENT);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), 0);
	/* Each deletion names its VLAN, so the others stay. */
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, stays);
	deletes(fake_kernel, &stays[3], 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &in_vlan_5), 0);
	cannot_flush(fake_kernel, -EINVAL);
	asks(fake_kernel, stays);
	for (size_t i = 0; stays[i].port; i++)
		deletes(fake_kernel, &stays[i], 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &everything), 0);
	fake_end(fake_kernel, ctx);
}

/* The dump does not tell which entries were added by hand. */
static void by_hand(void **state)
{
	static const struct vbr_fdb_filter rows[] = {
		{ .flags = VBR_FDB_USER, .flags_mask = VBR_FDB_USER },
		{ .flags_mask = VBR_FDB_USER },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		cannot_flush(fake_kernel, -EINVAL);
		assert_int_equal(vbr_fdb_flush(ctx, "br0", &rows[i]),
				 -EOPNOTSUPP);
		assert_string_equal(
			vbr_ctx_error(ctx),
			"cannot flush the FDB "
			"of bridge \"br0\": this kernel cannot tell which entries were made by hand; Linux 5.19 can");
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("without flush, each entry is deleted", one_by_one),
		TEST("... except learned ones", learned_at_once),
		TEST("... from a list that is not interrupted",
		     changed_meanwhile),
		TEST("... although some may be gone meanwhile", gone_meanwhile),
		TEST("... until the kernel refuses one", one_by_one_refused),
		TEST("... if no other entry would be deleted", same_address),
		TEST("... but not entries of which the origin is unknown",
		     by_hand),
	};

	return run_all(tests);
}
