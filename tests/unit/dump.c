/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists that the fake kernel interrupts or refuses: only the last reply counts,
 * and no message is left on the socket. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "unit/lists.h"
#include "core/context.h"
#include "core/talk.h"
#include "vbridge.h"

#define CHANGED \
	"cannot list the bridges: the kernel's tables changed while " \
	"it listed them"

static void a_list(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_list(fake_kernel, "br1", "br0");
	lists(ctx, "br0", "br1");
	/* In one datagram, after an interrupted list. */
	add_bridge(&d, 3, "br0");
	add_done(&d);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_receive_fails(fake_kernel, -EINTR);
	fake_answer(fake_kernel, &d);
	lists(ctx, "br0", NULL);
	fake_end(fake_kernel, ctx);
}

static void add_interrupted(struct datagram *d, const char *name)
{
	add_bridge(d, 9, name);
	d->first.nlmsg_flags |= NLM_F_DUMP_INTR;
	add_done(d);
}

static void interrupted_once(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_interrupted(&d, "old");
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_list(fake_kernel, "new", NULL);
	lists(ctx, "new", NULL);
	assert_string_equal(vbr_ctx_error(ctx), "");

	/* Only the last message has the flag. */
	d.len = 0;
	add_bridge(&d, 9, "old");
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_list(fake_kernel, "new", "newer");
	lists(ctx, "new", "newer");
	fake_end(fake_kernel, ctx);
}

static void interrupted_always(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_interrupted(&d, "old");
	for (int i = 0; i < 8; i++) {
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
	}
	fails_to_list(ctx, -EAGAIN);
	assert_string_equal(vbr_ctx_error(ctx), CHANGED);
	assert_int_equal(fake_requests(fake_kernel), 8);
	/* Seven interrupted lists, then a complete one. */
	for (int i = 0; i < 7; i++) {
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
	}
	fake_list(fake_kernel, "new", NULL);
	lists(ctx, "new", NULL);
	fake_end(fake_kernel, ctx);
}

/* After eight interrupted lists, the last one is accepted. */
static void interrupted_accepted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 }, last = { 0 };

	(void)state;
	add_interrupted(&d, "old");
	add_interrupted(&last, "last");
	vbr_ctx_accept_interrupted(ctx, true);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fake_list(fake_kernel, "new", NULL);
	lists(ctx, "new", NULL);
	assert_false(vbr_ctx_was_interrupted(ctx));

	for (int i = 0; i < 7; i++) {
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
	}
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &last);
	lists(ctx, "last", NULL);
	assert_true(vbr_ctx_was_interrupted(ctx));
	assert_string_equal(vbr_ctx_error(ctx), "");

	vbr_ctx_accept_interrupted(ctx, false);
	assert_false(vbr_ctx_was_interrupted(ctx));
	for (int i = 0; i < 8; i++) {
		fake_expect(fake_kernel, RTM_GETLINK);
		fake_answer(fake_kernel, &d);
	}
	fails_to_list(ctx, -EAGAIN);
	assert_false(vbr_ctx_was_interrupted(ctx));
	fake_end(fake_kernel, ctx);
}

/* The kernel stops in the middle of the list. */
static void refused(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_refuses(fake_kernel, RTM_GETLINK, -EOPNOTSUPP);
	fails_to_list(ctx, -EOPNOTSUPP);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);

	add_bridge(&d, 3, "br0");
	add_verdict(&d, &(struct verdict){ .is_done = true,
					   .error = -EINVAL,
					   .text = "Invalid master" });
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	fails_to_list(ctx, -EINVAL);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the bridges: "
			    "Invalid argument; the kernel says: "
			    "Invalid master");
	fake_end(fake_kernel, ctx);
}

static void strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	/* Messages of this list: other families, deletions, links without a
	 * kind. */
	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_link(&d, &(struct a_link){ .index = 5,
				       .name = "br5",
				       .kind = "bridge",
				       .family = AF_INET6 });
	add_link(&d, &(struct a_link){ .index = 6,
				       .name = "br6",
				       .kind = "bridge" })
		->nlmsg_type = RTM_DELLINK;
	/* Messages of another list, the end of which does not end this list. */
	add_done(&d)->nlmsg_seq = OTHER_SEQUENCE;
	add_link(&d, &(struct a_link){ .index = 7,
				       .name = "br7",
				       .kind = "bridge" })
		->nlmsg_seq = OTHER_SEQUENCE;
	add_link(&d, &(struct a_link){
			     .index = 8, .name = "br8", .kind = "bridge" });
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &d);
	d.len = 0;
	add_done(&d);
	fake_answer(fake_kernel, &d);
	lists(ctx, "br8", NULL);
	fake_end(fake_kernel, ctx);
}

struct counter {
	int taken, fail_at, restarts;
};

static int count_message(void *data, const struct nlmsghdr *msg)
{
	struct counter *counter = data;

	(void)msg;
	return ++counter->taken == counter->fail_at ? -EILSEQ : 0;
}

static void count_restart(void *data)
{
	struct counter *counter = data;

	counter->restarts++;
}

/* After a handler fails, the rest of the reply is read and dropped. */
static void failing_sink(void **state)
{
	struct counter counter = { .fail_at = 2 };
	const struct talk_handler handler = { count_message, count_restart,
					      &counter };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct request req;

	(void)state;
	for (int i = 1; i <= 4; i++)
		add_bridge(&d, i, "br");
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer_times(fake_kernel, &d, 3);
	d.len = 0;
	/* An interrupted reply is not requested again after a handler has
	 * failed. */
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_answer(fake_kernel, &d);
	context_begin(ctx, "cannot count");
	request_links_of_kind(&req, "bridge");
	assert_int_equal(talk(ctx, &req.head, &handler), -EILSEQ);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot count: "
			    "Invalid or incomplete multibyte or wide "
			    "character");
	assert_int_equal(counter.taken, 2);
	assert_int_equal(counter.restarts, 0);

	fake_list(fake_kernel, "br0", NULL);
	lists(ctx, "br0", NULL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a list is read completely", a_list),
		TEST("an interrupted list is read again", interrupted_once),
		TEST("a list interrupted eight times is EAGAIN",
		     interrupted_always),
		TEST("the last interrupted list can be accepted",
		     interrupted_accepted),
		TEST("a refused list has the kernel's errno and text", refused),
		TEST("other messages in a list are skipped", strangers),
		TEST("a list that ends with an error is read completely",
		     failing_sink),
	};

	return run_all(tests);
}
