/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Many requests at once over a canned kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "core/talk.h"
#include "unit/fake-kernel.h"

static int send_many(struct vbr_ctx *ctx, size_t count, int *ret_verdicts)
{
	struct request *reqs = calloc(count, sizeof(*reqs));
	int rc;

	assert_non_null(reqs);
	for (size_t i = 0; i < count; i++)
		request_group_set(&reqs[i], "eth0", (uint32_t)i);
	context_ask(ctx, "cannot send many");
	rc = talk_many(ctx, reqs, count, ret_verdicts);
	free(reqs);
	return rc;
}

static void all_acked(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	int verdicts[200];

	(void)state;
	/* 64 at once, and each has a number of its own. */
	for (int i = 0; i < 4; i++) {
		canned_expect(canned, RTM_SETLINK);
		canned_verdicts(canned, i < 3 ? 64 : 8, CANNED_ALL, 0);
	}
	memset(verdicts, 0x55, sizeof(verdicts));
	assert_int_equal(send_many(ctx, 200, verdicts), 0);
	for (int i = 0; i < 200; i++)
		assert_int_equal(verdicts[i], 0);
	assert_int_equal(canned_requests(canned), 200);
	assert_non_null(canned_sent(canned, 7));
	assert_null(canned_sent(canned, 8));
	assert_int_equal(canned_sent(canned, 7)->nlmsg_seq,
			 canned_sent(canned, 0)->nlmsg_seq + 7);
	canned_end(canned, ctx);
}

static void some_refused(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	int verdicts[70];

	(void)state;
	canned_expect(canned, RTM_SETLINK);
	canned_verdicts(canned, 64, 3, -EBUSY);
	assert_int_equal(send_many(ctx, 70, verdicts), -EBUSY);
	for (int i = 0; i < 70; i++)
		assert_int_equal(verdicts[i], i == 3   ? -EBUSY
					      : i < 64 ? 0
						       : -ECANCELED);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot send many: Device or resource busy");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	canned_end(canned, ctx);
}

/* The first that comes is the one that is told. */
static void which_is_told(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	add_error(&d, -EBUSY)->nlmsg_seq = ANSWER_TO(1);
	add_error(&d, -EPERM)->nlmsg_seq = ANSWER_TO(0);
	canned_expect(canned, RTM_SETLINK);
	canned_answer(canned, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBUSY);
	assert_int_equal(verdicts[0], -EPERM);
	assert_int_equal(verdicts[1], -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot send many: Device or resource busy");
	canned_end(canned, ctx);
}

static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	/* Strangers, and answers that are no verdicts, between them. */
	add_error(&d, -EBUSY)->nlmsg_seq = OTHER_SEQUENCE;
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_ack(&d)->nlmsg_seq = ANSWER_TO(1);
	canned_send_fails(canned, -EINTR);
	canned_expect(canned, RTM_SETLINK);
	canned_receive_fails(canned, -EINTR);
	canned_answer(canned, &d);
	canned_receive_fails(canned, -EINTR);
	canned_verdicts(canned, 1, CANNED_ALL, 0);
	assert_int_equal(send_many(ctx, 2, verdicts), 0);
	canned_end(canned, ctx);
}

static void broken(void **state)
{
	static const int errors[] = { -ENOBUFS, -EMSGSIZE, -EIO };
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	canned_resets_at_will(canned);
	for (size_t i = 0; i < COUNT(errors); i++) {
		canned_expect(canned, RTM_SETLINK);
		canned_receive_fails(canned, errors[i]);
		assert_int_equal(send_many(ctx, 2, verdicts), errors[i]);
	}
	canned_send_fails(canned, -EBADF);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADF);
	assert_int_equal(verdicts[0], -ECANCELED);
	/* Nothing, less than a message, and a verdict of 1. */
	canned_expect(canned, RTM_SETLINK);
	canned_answer(canned, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	add_ack(&d);
	d.len -= 4;
	canned_expect(canned, RTM_SETLINK);
	canned_answer(canned, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	d.len = 0;
	*(int *)mnl_nlmsg_get_payload(add_ack(&d)) = 1;
	canned_expect(canned, RTM_SETLINK);
	canned_answer(canned, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("many requests are sent 64 at once", all_acked),
		TEST("behind a refused one no more are sent", some_refused),
		TEST("the first refusal is the one that is told",
		     which_is_told),
		TEST("interruptions and strangers are passed over",
		     interrupted),
		TEST("a line that breaks is an error", broken),
	};

	return run_all(tests);
}
