/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Flushes many FDB entries at once. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "unit/expected.h"
#include "vbridge.h"

/* NLM_F_BULK, NDA_NDM_STATE_MASK and NDA_NDM_FLAGS_MASK of Linux 5.19. */
#define BULK 0x200
enum { STATE_MASK = 16, FLAGS_MASK = 17 };

#define ALL_FLAGS \
	(VBR_FDB_STICKY | VBR_FDB_EXTERN | VBR_FDB_OFFLOADED | VBR_FDB_USER)

/* Unknown bits would not be sent, and so would not limit the flush. */
static void not_sent(void **state)
{
	static const struct {
		struct vbr_fdb_filter filter;
		int rc;
		const char *why;
	} rows[] = {
		{ { .vlan = 4095 }, -ERANGE, "VLAN ids range from 1 to 4094" },
		{ { .states = 1 << VBR_FDB_EXPIRED },
		  -EINVAL,
		  "its states can be local, static and learned" },
		{ { .states = VBR_FDB_ANY | 1 << 9 },
		  -EINVAL,
		  "its states can be local, static and learned" },
		{ { .flags = VBR_FDB_LOCKED, .flags_mask = VBR_FDB_LOCKED },
		  -EINVAL,
		  "its flags can be sticky, extern, offloaded and "
		  "user" },
		{ { .flags_mask = ALL_FLAGS | 32 },
		  -EINVAL,
		  "its flags can be sticky, extern, offloaded and user" },
		{ { .flags = VBR_FDB_LOCKED },
		  -EINVAL,
		  "its flags can be sticky, extern, offloaded and user" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		check(vbr_fdb_flush(ctx, "br0", &rows[i].filter) == rows[i].rc,
		      "row %zu", i);
		says(ctx, rows[i].why);
	}
	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_fdb_flush(ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .port = "eth7" }),
			 -ENODEV);
	fake_end(fake_kernel, ctx);
}

/* The attributes of the request. */
struct flush {
	uint16_t state, state_mask;
	uint8_t flags, flags_mask;
	uint32_t port;
	uint16_t vlan;
};

/* br_fdb_delete_bulk() */
static void flushes(struct fake_kernel *fake_kernel, const struct flush *flush,
		    int error)
{
	const struct ndmsg head = { .ndm_family = AF_BRIDGE,
				    .ndm_ifindex = 7,
				    .ndm_flags = NTF_SELF | flush->flags,
				    .ndm_state = flush->state };
	struct datagram d;
	struct nlmsghdr *msg = expect(&d, RTM_DELNEIGH, NLM_F_ACK | BULK, &head,
				      sizeof(head));

	if (flush->port)
		put_u32(msg, NDA_IFINDEX, flush->port);
	if (flush->vlan)
		put_u16(msg, NDA_VLAN, flush->vlan);
	if (flush->state_mask)
		put_u16(msg, STATE_MASK, flush->state_mask);
	if (flush->flags_mask)
		put_u8(msg, FLAGS_MASK, flush->flags_mask);
	fake_verdict(fake_kernel, msg, error);
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
		{ { .states = VBR_FDB_ANY,
		    .flags = VBR_FDB_STICKY,
		    .flags_mask = VBR_FDB_STICKY | VBR_FDB_EXTERN },
		  { 0, 0, NTF_STICKY, NTF_STICKY | NTF_EXT_LEARNED, 0, 0 } },
		{ { .flags = VBR_FDB_USER | VBR_FDB_OFFLOADED | VBR_FDB_STICKY,
		    .flags_mask = VBR_FDB_USER | VBR_FDB_OFFLOADED },
		  { 0, EITHER, NTF_USE | NTF_OFFLOADED, NTF_USE | NTF_OFFLOADED,
		    0, 0 } },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_br0(fake_kernel);
	flushes(fake_kernel, &learned, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_br0(fake_kernel);
		flushes(fake_kernel, &rows[i].flush, 0);
		assert_int_equal(vbr_fdb_flush(ctx, "br0", &rows[i].filter), 0);
	}
	/* Entries of a port, and of the bridge itself. */
	fake_br0(fake_kernel);
	fake_eth0(fake_kernel);
	flushes(fake_kernel, &(struct flush){ .state_mask = EITHER, .port = 8 },
		0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .port = "eth0" }),
			 0);
	fake_br0(fake_kernel);
	fake_br0(fake_kernel);
	flushes(fake_kernel, &(struct flush){ .port = 7 }, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0",
				       &(struct vbr_fdb_filter){
					       .port = "br0",
					       .states = VBR_FDB_ANY }),
			 0);
	fake_end(fake_kernel, ctx);
}

/* One request for each state; after a refusal, earlier deletions remain. */
static void two_states(void **state)
{
	static const struct vbr_fdb_filter filter = {
		.states = 1 << VBR_FDB_LEARNED | 1 << VBR_FDB_LOCAL,
	};
	static const struct flush local = {
		.state = NUD_PERMANENT,
		.state_mask = NUD_PERMANENT,
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_br0(fake_kernel);
	flushes(fake_kernel, &local, 0);
	flushes(fake_kernel, &learned, 0);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), 0);
	fake_br0(fake_kernel);
	flushes(fake_kernel, &local, -EPERM);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot flush the FDB of "
			    "bridge \"br0\": Operation not permitted; the "
			    "capability CAP_NET_ADMIN is needed");
	fake_br0(fake_kernel);
	flushes(fake_kernel, &local, 0);
	flushes(fake_kernel, &learned, -EBUSY);
	assert_int_equal(vbr_fdb_flush(ctx, "br0", &filter), -EBUSY);
	says(ctx, "Device or resource busy; some entries may have been "
		  "deleted");
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("invalid filters are not sent", not_sent),
		TEST("entries are flushed by their fields", flushed),
		TEST("two states are two requests", two_states),
	};

	return run_all(tests);
}
