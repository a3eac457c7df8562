/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists, with a fake kernel that drops or breaks parts of them, or sends
 * more than there is room for. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>

#include "unit/fake-kernel.h"
#include "unit/lists.h"
#include "vbridge.h"

/* The kernel dropped a part: it may never come to the end of that list. */
static void dropped(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram part = { 0 };

	(void)state;
	add_bridge(&part, 9, "old");
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &part);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	fake_is_reset(fake_kernel, 0);
	fake_list(fake_kernel, "new", NULL);
	lists(ctx, "new", NULL);

	for (int i = 0; i < 8; i++) {
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_receive_fails(fake_kernel, -ENOBUFS);
		fake_is_reset(fake_kernel, 0);
	}
	fails_to_list(ctx, -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx), "cannot list the bridges: No "
						"buffer space available");

	/* Without a new line there is no second attempt. */
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	fake_is_reset(fake_kernel, -EMFILE);
	fails_to_list(ctx, -EMFILE);
	fake_end(fake_kernel, ctx);
}

static void overrun(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_bridge(&d, 9, "old");
	done_message(&d, add_message(&d, NLMSG_OVERRUN, 0));
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_is_reset(fake_kernel, 0);
	fake_list(fake_kernel, "new", NULL);
	lists(ctx, "new", NULL);
	fake_end(fake_kernel, ctx);
}

/* Room for one that was too long is made, and the list read again. */
static void too_long(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 }, end = { 0 };

	(void)state;
	add_bridge(&d, 3, "br0");
	add_done(&end);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 40000);
	fake_answer(fake_kernel, &end);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 40000);
	fake_answer_needing(fake_kernel, &end, 65536);
	lists(ctx, "br0", NULL);
	/* And is kept for the next. */
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 65536);
	fake_answer(fake_kernel, &end);
	lists(ctx, "br0", NULL);
	fake_end(fake_kernel, ctx);
}

static void much_too_long(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 }, end = { 0 };

	(void)state;
	add_bridge(&d, 3, "br0");
	add_done(&end);
	/* 32 KiB, doubled five times, is 1 MiB: that much is made ... */
	fake_expect(fake_kernel, RTM_GETLINK);
	for (int i = 0; i < 5; i++)
		fake_answer_needing(fake_kernel, &d, 1024 * 1024);
	fake_answer(fake_kernel, &end);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 1024 * 1024);
	fake_answer(fake_kernel, &end);
	lists(ctx, "br0", NULL);
	/* ... and not a byte more. */
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 1024 * 1024 + 1);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EMSGSIZE);
	fake_end(fake_kernel, ctx);
}

/* A single link that does not fit: nothing more will come of that answer. */
static void a_long_link(void **state)
{
	const struct a_link link = {
		.index = 3, .name = "br0", .kind = "bridge", .padding = 8000
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_bridge *bridge;

	(void)state;
	fake_link(fake_kernel, &link);
	fake_link(fake_kernel, &link);
	fake_link(fake_kernel, &link);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	assert_string_equal(vbr_bridge_name(bridge), "br0");
	vbr_bridge_free(bridge);
	fake_end(fake_kernel, ctx);
}

static void broken(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	/* The last message is cut. */
	add_bridge(&d, 3, "br0");
	add_bridge(&d, 4, "br1");
	d.len -= 4;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the bridges: Bad message");
	/* A whole message, but of no known form; the rest is read. */
	d.len = 0;
	add_link(&d, &(struct a_link){
			     .index = 0, .name = "br0", .kind = "bridge" });
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	d.len = 0;
	add_done(&d);
	fake_answer(fake_kernel, &d);
	fails_to_list(ctx, -EBADMSG);
	fake_list(fake_kernel, "br0", NULL);
	lists(ctx, "br0", NULL);
	fake_end(fake_kernel, ctx);
}

/* What else may end a list leaves it in the midst, too. */
static void left_in_the_midst(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram stray = { 0 };

	(void)state;
	fake_send_fails(fake_kernel, -EBADF);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EBADF);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_receive_fails(fake_kernel, -EIO);
	/* That this fails is not what is to be told. */
	fake_is_reset(fake_kernel, -EMFILE);
	fails_to_list(ctx, -EIO);
	add_done(&stray)->nlmsg_seq = OTHER_SEQUENCE;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_times(fake_kernel, &stray, 4097);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EPROTO);
	fake_list(fake_kernel, "br0", NULL);
	lists(ctx, "br0", NULL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a list that lost a part is read again", dropped),
		TEST("an overrun within a list has it read again", overrun),
		TEST("a datagram without room gets more", too_long),
		TEST("room is made up to 1 MiB", much_too_long),
		TEST("a single link without room is asked for again",
		     a_long_link),
		TEST("a broken message is EBADMSG", broken),
		TEST("a list that is left in its midst is dropped",
		     left_in_the_midst),
	};

	return run_all(tests);
}
