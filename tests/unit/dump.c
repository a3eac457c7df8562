/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists, with a canned kernel that drops, cuts and interrupts them: the
 * second answer is all that counts, and the line is quiet afterwards. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/canned.h"
#include "context.h"
#include "talk.h"
#include "vbridge.h"

#define CHANGED "cannot list the bridges: the kernel's tables changed while " \
	"it listed them"

static void add_bridge(struct datagram *d, int index, const char *name)
{
	add_link(d, &(struct a_link){ .index = index, .name = name,
		 .kind = "bridge" });
}

/* Two datagrams: some bridges, the end. */
static void canned_list(struct canned *canned, const char *a, const char *b)
{
	struct datagram d = { 0 };

	add_bridge(&d, 3, a);
	if (b)
		add_bridge(&d, 4, b);
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	d.len = 0;
	add_done(&d);
	canned_answer(canned, &d);
}

/* The list holds these and no others; NULL for the second: only one. */
static void lists(struct vbr_ctx *ctx, const char *a, const char *b)
{
	struct vbr_bridges *bridges = NULL;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), 0);
	assert_int_equal(vbr_bridges_count(bridges), b ? 2 : 1);
	assert_string_equal(vbr_bridge_name(vbr_bridges_at(bridges, 0)), a);
	if (b)
		assert_string_equal(vbr_bridge_name(vbr_bridges_at(bridges, 1)),
				    b);
	vbr_bridges_free(bridges);
}

static void fails(struct vbr_ctx *ctx, int error)
{
	struct vbr_bridges *bridges = (void *)ctx;

	assert_int_equal(vbr_bridge_list(ctx, &bridges), error);
	assert_ptr_equal(bridges, ctx);
}

static void a_list(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	canned_list(canned, "br1", "br0");
	lists(ctx, "br0", "br1");
	/* In one datagram, with an interruption before it. */
	add_bridge(&d, 3, "br0");
	add_done(&d);
	canned_expect(canned, RTM_GETLINK);
	canned_receive_fails(canned, -EINTR);
	canned_answer(canned, &d);
	lists(ctx, "br0", NULL);
	canned_end(canned, ctx);
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
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_interrupted(&d, "old");
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	canned_list(canned, "new", NULL);
	lists(ctx, "new", NULL);
	assert_string_equal(vbr_ctx_error(ctx), "");

	/* Only the end says so. */
	d.len = 0;
	add_bridge(&d, 9, "old");
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	canned_list(canned, "new", "newer");
	lists(ctx, "new", "newer");
	canned_end(canned, ctx);
}

static void interrupted_always(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_interrupted(&d, "old");
	for (int i = 0; i < 8; i++) {
		canned_expect(canned, RTM_GETLINK);
		canned_answer(canned, &d);
	}
	fails(ctx, -EAGAIN);
	assert_string_equal(vbr_ctx_error(ctx), CHANGED);
	assert_int_equal(canned_requests(canned), 8);
	/* Seven times is not always. */
	for (int i = 0; i < 7; i++) {
		canned_expect(canned, RTM_GETLINK);
		canned_answer(canned, &d);
	}
	canned_list(canned, "new", NULL);
	lists(ctx, "new", NULL);
	canned_end(canned, ctx);
}

/* The kernel dropped a part: it may never come to the end of that list. */
static void dropped(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram part = { 0 };

	(void)state;
	add_bridge(&part, 9, "old");
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &part);
	canned_receive_fails(canned, -ENOBUFS);
	canned_is_reset(canned, 0);
	canned_list(canned, "new", NULL);
	lists(ctx, "new", NULL);

	for (int i = 0; i < 8; i++) {
		canned_expect(canned, RTM_GETLINK);
		canned_receive_fails(canned, -ENOBUFS);
		canned_is_reset(canned, 0);
	}
	fails(ctx, -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx), "cannot list the bridges: No "
			    "buffer space available");

	/* Without a new line there is no second attempt. */
	canned_expect(canned, RTM_GETLINK);
	canned_receive_fails(canned, -ENOBUFS);
	canned_is_reset(canned, -EMFILE);
	fails(ctx, -EMFILE);
	canned_end(canned, ctx);
}

static void overrun(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_bridge(&d, 9, "old");
	done_message(&d, add_message(&d, NLMSG_OVERRUN, 0));
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_done(&d);
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	canned_is_reset(canned, 0);
	canned_list(canned, "new", NULL);
	lists(ctx, "new", NULL);
	canned_end(canned, ctx);
}

/* Room for one that was too long is made, and the list read again. */
static void too_long(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 }, end = { 0 };

	(void)state;
	add_bridge(&d, 3, "br0");
	add_done(&end);
	canned_expect(canned, RTM_GETLINK);
	canned_answer_needing(canned, &d, 40000);
	canned_answer(canned, &end);
	canned_expect(canned, RTM_GETLINK);
	canned_answer_needing(canned, &d, 40000);
	canned_answer_needing(canned, &end, 65536);
	lists(ctx, "br0", NULL);
	/* And is kept for the next. */
	canned_expect(canned, RTM_GETLINK);
	canned_answer_needing(canned, &d, 65536);
	canned_answer(canned, &end);
	lists(ctx, "br0", NULL);
	canned_end(canned, ctx);
}

static void much_too_long(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 }, end = { 0 };

	(void)state;
	add_bridge(&d, 3, "br0");
	add_done(&end);
	/* 32 KiB, doubled five times, is 1 MiB: that much is made ... */
	canned_expect(canned, RTM_GETLINK);
	for (int i = 0; i < 5; i++)
		canned_answer_needing(canned, &d, 1024 * 1024);
	canned_answer(canned, &end);
	canned_expect(canned, RTM_GETLINK);
	canned_answer_needing(canned, &d, 1024 * 1024);
	canned_answer(canned, &end);
	lists(ctx, "br0", NULL);
	/* ... and not a byte more. */
	canned_expect(canned, RTM_GETLINK);
	canned_answer_needing(canned, &d, 1024 * 1024 + 1);
	canned_is_reset(canned, 0);
	fails(ctx, -EMSGSIZE);
	canned_end(canned, ctx);
}

/* A single link that does not fit: nothing more will come of that answer. */
static void a_long_link(void **state)
{
	const struct a_link link = { .index = 3, .name = "br0",
		.kind = "bridge", .padding = 8000 };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct vbr_bridge *bridge;

	(void)state;
	canned_link(canned, &link);
	canned_link(canned, &link);
	canned_link(canned, &link);
	assert_int_equal(vbr_bridge_get(ctx, "br0", &bridge), 0);
	assert_string_equal(vbr_bridge_name(bridge), "br0");
	vbr_bridge_free(bridge);
	canned_end(canned, ctx);
}

static void broken(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	/* The last message is cut. */
	add_bridge(&d, 3, "br0");
	add_bridge(&d, 4, "br1");
	d.len -= 4;
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	canned_is_reset(canned, 0);
	fails(ctx, -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot list the bridges: Bad message");
	/* A whole message, but of no known form; the rest is read. */
	d.len = 0;
	add_link(&d, &(struct a_link){ .index = 0, .name = "br0",
		 .kind = "bridge" });
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	d.len = 0;
	add_done(&d);
	canned_answer(canned, &d);
	fails(ctx, -EBADMSG);
	canned_list(canned, "br0", NULL);
	lists(ctx, "br0", NULL);
	canned_end(canned, ctx);
}

/* The kernel gives the list up in its midst. */
static void refused(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	canned_refuses(canned, RTM_GETLINK, -EOPNOTSUPP);
	fails(ctx, -EOPNOTSUPP);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EOPNOTSUPP);

	add_bridge(&d, 3, "br0");
	add_verdict(&d, &(struct verdict){ .is_done = true, .error = -EINVAL,
		    .text = "Invalid master" });
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	fails(ctx, -EINVAL);
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx), "cannot list the bridges: "
			    "Invalid argument; the kernel says: "
			    "Invalid master");
	canned_end(canned, ctx);
}

/* What else may end a list leaves it in the midst, too. */
static void left_in_the_midst(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram stray = { 0 };

	(void)state;
	canned_send_fails(canned, -EBADF);
	canned_is_reset(canned, 0);
	fails(ctx, -EBADF);
	canned_expect(canned, RTM_GETLINK);
	canned_receive_fails(canned, -EIO);
	/* That this fails is not what is to be told. */
	canned_is_reset(canned, -EMFILE);
	fails(ctx, -EIO);
	add_done(&stray)->nlmsg_seq = OTHER_SEQUENCE;
	canned_expect(canned, RTM_GETLINK);
	canned_answer_times(canned, &stray, 4097);
	canned_is_reset(canned, 0);
	fails(ctx, -EPROTO);
	canned_list(canned, "br0", NULL);
	lists(ctx, "br0", NULL);
	canned_end(canned, ctx);
}

static void strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	/* Of the same list: other families, deletions, plain links. */
	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_link(&d, &(struct a_link){ .index = 5, .name = "br5",
		 .kind = "bridge", .family = AF_INET6 });
	add_link(&d, &(struct a_link){ .index = 6, .name = "br6",
		 .kind = "bridge" })->nlmsg_type = RTM_DELLINK;
	/* Of others: the end of their list is not the end of ours. */
	add_done(&d)->nlmsg_seq = OTHER_SEQUENCE;
	add_link(&d, &(struct a_link){ .index = 7, .name = "br7",
		 .kind = "bridge" })->nlmsg_seq = OTHER_SEQUENCE;
	add_link(&d, &(struct a_link){ .index = 8, .name = "br8",
		 .kind = "bridge" });
	canned_expect(canned, RTM_GETLINK);
	canned_answer(canned, &d);
	d.len = 0;
	add_done(&d);
	canned_answer(canned, &d);
	lists(ctx, "br8", NULL);
	canned_end(canned, ctx);
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

/* What a sink refuses is not read on, but read to its end. */
static void failing_sink(void **state)
{
	struct counter counter = { .fail_at = 2 };
	const struct talk_sink sink = { count_message, count_restart,
					&counter };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };
	struct request req;

	(void)state;
	for (int i = 1; i <= 4; i++)
		add_bridge(&d, i, "br");
	canned_expect(canned, RTM_GETLINK);
	canned_answer_times(canned, &d, 3);
	d.len = 0;
	/* A spoiled answer is not asked for again, once it is refused. */
	add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	canned_answer(canned, &d);
	context_ask(ctx, "cannot count");
	request_links_of_kind(&req, "bridge");
	assert_int_equal(talk(ctx, &req, &sink), -EILSEQ);
	assert_string_equal(vbr_ctx_error(ctx), "cannot count: "
			    "Invalid or incomplete multibyte or wide "
			    "character");
	assert_int_equal(counter.taken, 2);
	assert_int_equal(counter.restarts, 0);

	canned_list(canned, "br0", NULL);
	lists(ctx, "br0", NULL);
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a list is read to its end", a_list),
		TEST("an interrupted list is read again", interrupted_once),
		TEST("a list interrupted eight times is EAGAIN",
		     interrupted_always),
		TEST("a list that lost a part is read again", dropped),
		TEST("an overrun within a list has it read again", overrun),
		TEST("a datagram without room gets more", too_long),
		TEST("room is made up to 1 MiB", much_too_long),
		TEST("a single link without room is asked for again",
		     a_long_link),
		TEST("a broken message is EBADMSG", broken),
		TEST("the kernel's refusal has its errno and its words",
		     refused),
		TEST("a list that is left in its midst is dropped",
		     left_in_the_midst),
		TEST("other messages within a list are passed over",
		     strangers),
		TEST("a list that is refused midway is read to its end",
		     failing_sink),
	};

	return run_all(tests);
}
