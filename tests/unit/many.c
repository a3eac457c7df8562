/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Many requests at once with a fake kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "core/batch.h"
#include "core/context.h"
#include "core/talk.h"
#include "unit/fake-kernel.h"

static int send_many(struct vbr_ctx *ctx, size_t count, int *ret_verdicts)
{
	struct request *reqs = calloc(count, sizeof(*reqs));
	int rc;

	assert_non_null(reqs);
	for (size_t i = 0; i < count; i++)
		request_group_set(&reqs[i], 3, (uint32_t)i);
	context_begin(ctx, "cannot send many");
	rc = talk_batch(ctx, reqs, count, ret_verdicts);
	free(reqs);
	return rc;
}

static void all_acked(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	int verdicts[200];

	(void)state;
	/* 64 requests at once, each with its own sequence number. */
	for (int i = 0; i < 4; i++) {
		fake_expect(fake_kernel, RTM_SETLINK);
		fake_verdicts(fake_kernel, i < 3 ? 64 : 8, FAKE_ALL, 0);
	}
	memset(verdicts, 0x55, sizeof(verdicts));
	assert_int_equal(send_many(ctx, 200, verdicts), 0);
	for (int i = 0; i < 200; i++)
		assert_int_equal(verdicts[i], 0);
	assert_int_equal(fake_requests(fake_kernel), 200);
	assert_non_null(fake_sent(fake_kernel, 7));
	assert_null(fake_sent(fake_kernel, 8));
	assert_int_equal(fake_sent(fake_kernel, 7)->nlmsg_seq,
			 fake_sent(fake_kernel, 0)->nlmsg_seq + 7);
	fake_end(fake_kernel, ctx);
}

/* What the callback of vbr_ctx_set_progress() was called with. */
struct heard {
	char text[128];
};

static void hear(void *data, size_t done, size_t total)
{
	struct heard *heard = data;
	size_t len = strlen(heard->text);

	snprintf(heard->text + len, sizeof(heard->text) - len, "%zu/%zu ", done,
		 total);
}

static void progress(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct heard heard = { "" };
	int verdicts[70];

	(void)state;
	vbr_ctx_set_progress(ctx, hear, &heard);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 64, FAKE_ALL, 0);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 6, FAKE_ALL, 0);
	assert_int_equal(send_many(ctx, 70, verdicts), 0);
	assert_string_equal(heard.text, "0/70 64/70 70/70 ");

	heard.text[0] = '\0';
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 64, 3, -EBUSY);
	assert_int_equal(send_many(ctx, 70, verdicts), -EBUSY);
	assert_string_equal(heard.text, "0/70 ");

	/* A change of one object reports no progress. */
	heard.text[0] = '\0';
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 1, FAKE_ALL, 0);
	assert_int_equal(send_many(ctx, 1, verdicts), 0);
	vbr_ctx_set_dry_run(ctx, true);
	assert_int_equal(send_many(ctx, 70, verdicts), 0);
	vbr_ctx_set_dry_run(ctx, false);
	vbr_ctx_set_progress(ctx, NULL, NULL);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 2, FAKE_ALL, 0);
	assert_int_equal(send_many(ctx, 2, verdicts), 0);
	assert_string_equal(heard.text, "");
	fake_end(fake_kernel, ctx);
}

static void some_refused(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	int verdicts[70];

	(void)state;
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_verdicts(fake_kernel, 64, 3, -EBUSY);
	assert_int_equal(send_many(ctx, 70, verdicts), -EBUSY);
	for (int i = 0; i < 70; i++)
		assert_int_equal(verdicts[i], i == 3   ? -EBUSY
					      : i < 64 ? 0
						       : -ECANCELED);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot send many: Device or resource busy");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EBUSY);
	fake_end(fake_kernel, ctx);
}

/* The first error that arrives is reported. */
static void which_is_told(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	add_error(&d, -EBUSY)->nlmsg_seq = ANSWER_TO(1);
	add_error(&d, -EPERM)->nlmsg_seq = ANSWER_TO(0);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBUSY);
	assert_int_equal(verdicts[0], -EPERM);
	assert_int_equal(verdicts[1], -EBUSY);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot send many: Device or resource busy");
	fake_end(fake_kernel, ctx);
}

static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	/* Messages for others, and replies that are not acks, in between. */
	add_error(&d, -EBUSY)->nlmsg_seq = OTHER_SEQUENCE;
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_link(&d, &(struct a_link){ .index = 1, .name = "lo" });
	add_ack(&d)->nlmsg_seq = ANSWER_TO(1);
	fake_send_fails(fake_kernel, -EINTR);
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_receive_fails(fake_kernel, -EINTR);
	fake_answer(fake_kernel, &d);
	fake_receive_fails(fake_kernel, -EINTR);
	fake_verdicts(fake_kernel, 1, FAKE_ALL, 0);
	assert_int_equal(send_many(ctx, 2, verdicts), 0);
	fake_end(fake_kernel, ctx);
}

static void broken(void **state)
{
	static const int errors[] = { -ENOBUFS, -EMSGSIZE, -EIO };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	int verdicts[2];

	(void)state;
	fake_resets_at_will(fake_kernel);
	for (size_t i = 0; i < COUNT(errors); i++) {
		fake_expect(fake_kernel, RTM_SETLINK);
		fake_receive_fails(fake_kernel, errors[i]);
		assert_int_equal(send_many(ctx, 2, verdicts), errors[i]);
	}
	fake_send_fails(fake_kernel, -EBADF);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADF);
	assert_int_equal(verdicts[0], -ECANCELED);
	/* An empty datagram, a datagram that is too short, and an errno of
	 * 1. */
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	add_ack(&d);
	d.len -= 4;
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	d.len = 0;
	*(int *)nlmsg_data(add_ack(&d)) = 1;
	fake_expect(fake_kernel, RTM_SETLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(send_many(ctx, 2, verdicts), -EBADMSG);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("many requests are sent in batches of 64", all_acked),
		TEST("progress counts finished requests", progress),
		TEST("after a refusal, no more requests are sent",
		     some_refused),
		TEST("the first refusal is reported", which_is_told),
		TEST("interrupted calls and foreign messages are skipped",
		     interrupted),
		TEST("an error of the socket is returned", broken),
	};

	return run_all(tests);
}
