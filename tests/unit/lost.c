/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists that the fake kernel loses or breaks in part, or that are larger than
 * the buffer. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>

#include "unit/fake-kernel.h"
#include "unit/lists.h"
#include "vbridge.h"

/* A part was lost, and the end of the list may be, too. */
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

	/* If the socket cannot be replaced, the list is not read again. */
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

/* The buffer is enlarged, and the list is read again. */
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
	/* The larger buffer is kept for later requests. */
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
	/* 32 KiB, doubled five times, is 1 MiB, the limit. */
	fake_expect(fake_kernel, RTM_GETLINK);
	for (int i = 0; i < 5; i++)
		fake_answer_needing(fake_kernel, &d, 1024 * 1024);
	fake_answer(fake_kernel, &end);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 1024 * 1024);
	fake_answer(fake_kernel, &end);
	lists(ctx, "br0", NULL);
	/* One byte more is refused. */
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_needing(fake_kernel, &d, 1024 * 1024 + 1);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EMSGSIZE);
	fake_end(fake_kernel, ctx);
}

/* A single link that is too large: the rest of the reply is dropped. */
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
	/* The last message is truncated. */
	add_bridge(&d, 3, "br0");
	add_bridge(&d, 4, "br1");
	d.len -= 4;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_is_reset(fake_kernel, 0);
	fails_to_list(ctx, -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the bridges: Bad message");
	/* A complete message with invalid contents; the rest of the list is
	 * read. */
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

/* Other errors end a list before its end, too. */
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
	/* The error of this step is not reported. */
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
		TEST("a list that lost messages is read again", dropped),
		TEST("after an overrun, the list is read again", overrun),
		TEST("a datagram that does not fit gets a larger buffer",
		     too_long),
		TEST("the buffer grows up to 1 MiB", much_too_long),
		TEST("a single link that does not fit is requested again",
		     a_long_link),
		TEST("a broken message is EBADMSG", broken),
		TEST("the rest of an abandoned list is dropped",
		     left_in_the_midst),
	};

	return run_all(tests);
}
