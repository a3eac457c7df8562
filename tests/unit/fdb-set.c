/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* FDB entries that come and go, one by one or many at once, also of a kernel
 * that has to be told of each. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/wanted.h"
#include "vbridge.h"

/* NLM_F_BULK, NDA_NDM_STATE_MASK and NDA_NDM_FLAGS_MASK of Linux 5.19. */
#define BULK 0x200
enum { STATE_MASK = 16, FLAGS_MASK = 17 };

static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 0xfb };

/* rtnl_fdb_add() and rtnl_fdb_del() */
static struct nlmsghdr *want_entry(struct datagram *d, uint16_t type, int index,
				   uint8_t flags, uint16_t state,
				   uint16_t vlan)
{
	const struct ndmsg head = { .ndm_family = AF_BRIDGE,
		.ndm_ifindex = index, .ndm_flags = flags, .ndm_state = state };
	bool is_new = type == RTM_NEWNEIGH;
	struct nlmsghdr *msg = want(d, type, NLM_F_ACK | (is_new ?
				    NLM_F_CREATE | NLM_F_EXCL : 0), &head,
				    sizeof(head));

	mnl_attr_put(msg, NDA_LLADDR, sizeof(mac), mac);
	if (vlan)
		mnl_attr_put_u16(msg, NDA_VLAN, vlan);
	return msg;
}

static void added(void **state)
{
	static const struct {
		enum vbr_fdb_state state;
		unsigned int flags, vlan;
		uint16_t nud;
		uint8_t ntf;
	} rows[] = {
		{ VBR_FDB_LOCAL, 0, 0, NUD_PERMANENT, 0 },
		{ VBR_FDB_STATIC, 0, 1, NUD_NOARP, 0 },
		{ VBR_FDB_LEARNED, 0, 4094, NUD_REACHABLE, 0 },
		{ VBR_FDB_STATIC, VBR_FDB_STICKY, 0, NUD_NOARP, NTF_STICKY },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		canned_eth0(canned);
		canned_verdict(canned, want_entry(&d, RTM_NEWNEIGH, 8,
						  NTF_MASTER | rows[i].ntf,
						  rows[i].nud,
						  (uint16_t)rows[i].vlan), 0);
		assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac,
					     rows[i].vlan, rows[i].state,
					     rows[i].flags), 0);
	}
	canned_br0(canned);
	canned_verdict(canned, want_entry(&d, RTM_NEWNEIGH, 7, NTF_SELF,
					  NUD_PERMANENT, 5), 0);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "br0", mac, 5, VBR_FDB_LOCAL,
				     0), 0);
	canned_eth0(canned);
	canned_verdict(canned, want_entry(&d, RTM_NEWNEIGH, 8, NTF_MASTER,
					  NUD_NOARP, 0), -EEXIST);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_STATIC, 0), -EEXIST);
	assert_string_equal(vbr_ctx_error(ctx), "cannot add 02:00:00:00:00:fb "
			    "to \"eth0\" of bridge \"br0\": File exists");
	canned_end(canned, ctx);
}

static void deleted(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d;

	(void)state;
	canned_eth0(canned);
	canned_verdict(canned, want_entry(&d, RTM_DELNEIGH, 8, NTF_MASTER, 0,
					  0), 0);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 0), 0);
	canned_br0(canned);
	canned_verdict(canned, want_entry(&d, RTM_DELNEIGH, 7, NTF_SELF, 0,
					  4094), -ENOENT);
	assert_int_equal(vbr_fdb_del(ctx, "br0", "br0", mac, 4094), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx), "cannot delete "
			    "02:00:00:00:00:fb of \"br0\" of bridge \"br0\": "
			    "No such file or directory");
	canned_end(canned, ctx);
}

static void not_sent(void **state)
{
	static const uint8_t none[6], group[6] = { 3, 0, 0, 0, 0, 1 };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", group, 0,
				     VBR_FDB_STATIC, 0), -EINVAL);
	says(ctx, "this is the address of a multicast group, not of a "
	     "station");
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", none, 0), -EINVAL);
	says(ctx, "this is the address of no station");
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 4095,
				     VBR_FDB_STATIC, 0), -ERANGE);
	says(ctx, "VLAN ids go from 1 to 4094");
	assert_int_equal(vbr_fdb_del(ctx, "br0", "eth0", mac, 65536 + 1),
			 -ERANGE);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &(struct vbr_fdb_filter){
			 .vlan = 4095 }), -ERANGE);
	canned_eth0(canned);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_EXPIRED, 0), -EINVAL);
	canned_eth0(canned);
	assert_int_equal(vbr_fdb_add(ctx, "br0", "eth0", mac, 0,
				     VBR_FDB_STATIC, VBR_FDB_USER), -EINVAL);
	canned_br0(canned);
	canned_refuses(canned, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &(struct vbr_fdb_filter){
			 .port = "eth7" }), -ENODEV);
	canned_end(canned, ctx);
}

/* What a flush is about, as the kernel is told. */
struct flush {
	uint16_t state, state_mask;
	uint8_t flags, flags_mask;
	uint32_t port;
	uint16_t vlan;
};

/* br_fdb_delete_bulk() */
static void flushes(struct canned *canned, const struct flush *flush,
		    int error)
{
	const struct ndmsg head = { .ndm_family = AF_BRIDGE, .ndm_ifindex = 7,
		.ndm_flags = NTF_SELF | flush->flags,
		.ndm_state = flush->state };
	struct datagram d;
	struct nlmsghdr *msg = want(&d, RTM_DELNEIGH, NLM_F_ACK | BULK, &head,
				    sizeof(head));

	if (flush->port)
		mnl_attr_put_u32(msg, NDA_IFINDEX, flush->port);
	if (flush->vlan)
		mnl_attr_put_u16(msg, NDA_VLAN, flush->vlan);
	if (flush->state_mask)
		mnl_attr_put_u16(msg, STATE_MASK, flush->state_mask);
	if (flush->flags_mask)
		mnl_attr_put_u8(msg, FLAGS_MASK, flush->flags_mask);
	canned_verdict(canned, msg, error);
}

#define EITHER (NUD_PERMANENT | NUD_NOARP)

static const struct flush learned = { .state_mask = EITHER };

static void flushed(void **state)
{
	static const struct {
		struct vbr_fdb_filter filter;
		struct flush flush;
	} rows[] = {
		{ { 0 }, { .state_mask = EITHER } },
		{ { .vlan = 4094 }, { .state_mask = EITHER, .vlan = 4094 } },
		{ { .states = 1 << VBR_FDB_STATIC },
		  { NUD_NOARP, EITHER, 0, 0, 0, 0 } },
		{ { .states = 1 << VBR_FDB_LOCAL },
		  { NUD_PERMANENT, NUD_PERMANENT, 0, 0, 0, 0 } },
		{ { .states = VBR_FDB_ANY }, { 0 } },
		{ { .states = VBR_FDB_ANY, .flags = VBR_FDB_STICKY,
		    .flags_mask = VBR_FDB_STICKY | VBR_FDB_EXTERN },
		  { 0, 0, NTF_STICKY, NTF_STICKY | NTF_EXT_LEARNED, 0, 0 } },
		{ { .flags = VBR_FDB_USER | VBR_FDB_OFFLOADED |
		    VBR_FDB_STICKY,
		    .flags_mask = VBR_FDB_USER | VBR_FDB_OFFLOADED },
		  { 0, EITHER, NTF_USE | NTF_OFFLOADED,
		    NTF_USE | NTF_OFFLOADED, 0, 0 } },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_br0(canned);
	flushes(canned, &learned, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		canned_br0(canned);
		flushes(canned, &rows[i].flush, 0);
		assert_int_equal(vbr_fdb_flush(ctx, "br0", &rows[i].filter),
				 0);
	}
	/* Of a port, and of the bridge itself. */
	canned_br0(canned);
	canned_eth0(canned);
	flushes(canned, &(struct flush){ .state_mask = EITHER, .port = 8 }, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &(struct vbr_fdb_filter){
			 .port = "eth0" }), 0);
	canned_br0(canned);
	canned_br0(canned);
	flushes(canned, &(struct flush){ .port = 7 }, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &(struct vbr_fdb_filter){
			 .port = "br0", .states = VBR_FDB_ANY }), 0);
	canned_end(canned, ctx);
}

/* One request for each; the first refusal ends it. */
static void two_states(void **state)
{
	static const struct vbr_fdb_filter filter = {
		.states = 1 << VBR_FDB_LEARNED | 1 << VBR_FDB_LOCAL,
	};
	static const struct flush local = {
		.state = NUD_PERMANENT, .state_mask = NUD_PERMANENT,
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_br0(canned);
	flushes(canned, &local, 0);
	flushes(canned, &learned, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), 0);
	canned_br0(canned);
	flushes(canned, &local, -EPERM);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx), "cannot flush the FDB of "
			    "bridge \"br0\": Operation not permitted; the "
			    "capability CAP_NET_ADMIN is needed");
	canned_end(canned, ctx);
}

/* What an older kernel is asked for: all that it has. */
static void canned_fdb(struct canned *canned)
{
	static const struct {
		int port;
		uint16_t vlan, state;
		uint8_t flags;
	} rows[] = {
		{ 8, 0, NUD_REACHABLE, 0 }, { 8, 5, NUD_STALE, 0 },
		{ 8, 0, NUD_NOARP, NTF_STICKY }, { 8, 0, NUD_PERMANENT, 0 },
		{ 9, 5, NUD_REACHABLE, NTF_EXT_LEARNED },
		{ 7, 5, NUD_PERMANENT, 0 },
	};
	struct datagram d = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct an_entry entry = {
			.port = rows[i].port, .bridge = 7,
			.vlan = rows[i].vlan, .state = rows[i].state,
			.flags = rows[i].flags,
		};

		memcpy(entry.mac, mac, sizeof(mac));
		add_entry(&d, &entry);
	}
	add_done(&d);
	canned_index(canned, "br0", 7);
	canned_expect(canned, RTM_GETNEIGH);
	canned_answer(canned, &d);
}

static void deletes(struct canned *canned, int index, uint16_t vlan,
		    int error)
{
	struct datagram d;

	canned_verdict(canned, want_entry(&d, RTM_DELNEIGH, index,
					  index == 7 ? NTF_SELF : NTF_MASTER,
					  0, vlan), error);
}

static void one_by_one(void **state)
{
	static const struct vbr_fdb_filter rows[] = {
		{ 0 }, { .vlan = 5 }, { .states = 1 << VBR_FDB_STATIC },
		{ .states = 1 << VBR_FDB_LOCAL, .vlan = 5 },
		{ .flags = VBR_FDB_EXTERN, .flags_mask = VBR_FDB_EXTERN },
		{ .states = VBR_FDB_ANY, .flags_mask = VBR_FDB_STICKY,
		  .vlan = 5 },
		{ .flags = VBR_FDB_USER, .flags_mask = VBR_FDB_USER },
	};
	/* Which of them go: port and VLAN. */
	static const struct {
		int port;
		uint16_t vlan;
	} gone[][4] = {
		{ { 8, 0 }, { 8, 5 }, { 9, 5 } }, { { 8, 5 }, { 9, 5 } },
		{ { 8, 0 } }, { { 7, 5 } }, { { 9, 5 } },
		{ { 8, 5 }, { 9, 5 }, { 7, 5 } }, { { 0 } },
	};
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		canned_br0(canned);
		canned_refuses(canned, RTM_DELNEIGH,
			       i % 2 ? -EOPNOTSUPP : -EINVAL);
		canned_fdb(canned);
		/* What has gone meanwhile is gone. */
		for (size_t k = 0; gone[i][k].port; k++)
			deletes(canned, gone[i][k].port, gone[i][k].vlan,
				k == 1 ? -ENOENT : 0);
		assert_int_equal(vbr_fdb_flush(ctx, "br0", &rows[i]), 0);
	}
	canned_end(canned, ctx);
}

static void one_by_one_of_a_port(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_br0(canned);
	canned_eth0(canned);
	canned_refuses(canned, RTM_DELNEIGH, -EINVAL);
	canned_fdb(canned);
	deletes(canned, 8, 0, 0);
	deletes(canned, 8, 5, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &(struct vbr_fdb_filter){
			 .port = "eth0" }), 0);
	canned_end(canned, ctx);
}

/* The first that is refused ends it, and is told as the flush's. */
static void one_by_one_refused(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_br0(canned);
	canned_refuses(canned, RTM_DELNEIGH, -EINVAL);
	canned_fdb(canned);
	deletes(canned, 8, 0, 0);
	deletes(canned, 8, 5, -EBUSY);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx), "cannot flush the FDB of "
			    "bridge \"br0\": Device or resource busy");
	canned_br0(canned);
	canned_refuses(canned, RTM_DELNEIGH, -EINVAL);
	canned_index(canned, "br0", 7);
	canned_refuses(canned, RTM_GETNEIGH, -EPERM);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), -EPERM);
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an entry is added by one request", added),
		TEST("an entry is deleted by one request", deleted),
		TEST("entries that cannot be are not sent", not_sent),
		TEST("entries are flushed by what they are", flushed),
		TEST("two states are two requests", two_states),
		TEST("a kernel that cannot flush is told of each", one_by_one),
		TEST("... and of a port's alone", one_by_one_of_a_port),
		TEST("... until it refuses one", one_by_one_refused),
	};

	return run_all(tests);
}
