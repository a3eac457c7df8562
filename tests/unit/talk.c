/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests with a single reply, with a fake kernel: acks, extended acks,
 * interrupted calls, foreign messages and invalid replies. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

/* A change that is a single request with an ack. */
static int change(struct vbr_ctx *ctx)
{
	return vbr_bridge_set(ctx, "br0", "hello_time", 200);
}

#define CANNOT "cannot set hello_time of bridge \"br0\": "
#define LOST "; the kernel's answer was lost, and the change may have been made"

static void an_ack(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_acks(fake_kernel, RTM_NEWLINK);
	assert_int_equal(change(ctx), 0);
	assert_string_equal(vbr_ctx_error(ctx), "");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));
	fake_end(fake_kernel, ctx);
}

static void an_error(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_refuses(fake_kernel, RTM_NEWLINK, -ENODEV);
	assert_int_equal(change(ctx), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "No such device");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENODEV);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));

	/* The next error replaces it; a success does not. */
	fake_refuses(fake_kernel, RTM_NEWLINK, -EPERM);
	assert_int_equal(change(ctx), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "Operation not permitted; the capability "
				   "CAP_NET_ADMIN is needed");
	fake_end(fake_kernel, ctx);
}

/* Offset of the option in the last request, as in an extended ack. */
static uint32_t offset_of_option(void)
{
	/* Two headers, the name, two nests, the kind. */
	return 16 + 16 + 8 + 4 + 12 + 4;
}

static void an_extended_error(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -ERANGE,
					   .echo = 56,
					   .text = "integer out of range",
					   .offset = offset_of_option() });
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "hello_time", 99), -ERANGE);
	assert_string_equal(
		vbr_ctx_error(ctx),
		CANNOT "Numerical result out of range; the kernel says: "
		       "integer out of range; offending attribute: hello_time; "
		       "hello_time ranges from 1.00 to 10.00 s");
	assert_string_equal(vbr_ctx_kernel_text(ctx), "integer out of range");
	assert_string_equal(vbr_ctx_kernel_attr(ctx), "hello_time");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ERANGE);

	/* The text is gone after an error of the library. */
	assert_int_equal(vbr_bridge_set(ctx, "br0", "nothing", 1), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set nothing of bridge "
			    "\"br0\": there is no option \"nothing\"");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));
	fake_end(fake_kernel, ctx);
}

static void hostile_words(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -EINVAL,
					   .capped = true,
					   .text = "\x1b]0;x\x07\xc2\x9b"
						   "1m\n\xff",
					   .text_len = 13,
					   .offset = 0xffffffff });
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EINVAL);
	assert_string_equal(vbr_ctx_kernel_text(ctx),
			    "\\033]0;x\\007\\302\\2331m\\012\\377");
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "Invalid argument; the kernel says: "
				   "\\033]0;x\\007\\302\\2331m\\012\\377");
	assert_null(vbr_ctx_kernel_attr(ctx));
	fake_end(fake_kernel, ctx);
}

/* The text is truncated. The sentence still ends with NUL. */
static void endless_words(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	char text[900];

	(void)state;
	for (int fill = 0; fill < 2; fill++) {
		memset(text, fill ? 0x1b : 'x', sizeof(text));
		d.len = 0;
		add_verdict(&d, &(struct verdict){ .error = -EINVAL,
						   .capped = true,
						   .text = text,
						   .text_len = sizeof(text) });
		fake_expect(fake_kernel, RTM_NEWLINK);
		fake_answer(fake_kernel, &d);
		assert_int_equal(change(ctx), -EINVAL);
		assert_in_range(strlen(vbr_ctx_kernel_text(ctx)), 150, 191);
		assert_in_range(strlen(vbr_ctx_error(ctx)), 120, 511);
	}
	fake_end(fake_kernel, ctx);
}

static void names_of_the_caller(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	char longest[2000];

	(void)state;
	fake_refuses(fake_kernel, RTM_NEWLINK, -ENODEV);
	assert_int_equal(vbr_bridge_set(ctx, "\x1b[31m%s%n", "max_age", 1),
			 -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set max_age of bridge "
			    "\"\\033[31m%s%n\": No such device");
	memset(longest, 0x1b, sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(vbr_bridge_set(ctx, longest, "max_age", 1), -ENODEV);
	assert_in_range(strlen(vbr_ctx_error(ctx)), 120, 511);
	assert_non_null(strstr(vbr_ctx_error(ctx), ": No such device"));
	assert_int_equal(vbr_bridge_set(ctx, "br0", longest, 1), -ENOENT);
	assert_non_null(strstr(vbr_ctx_error(ctx), ": there is no option \""));
	fake_end(fake_kernel, ctx);
}

static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d);
	fake_send_fails(fake_kernel, -EINTR);
	fake_send_fails(fake_kernel, -EINTR);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_receive_fails(fake_kernel, -EINTR);
	fake_receive_fails(fake_kernel, -EINTR);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), 0);
	fake_end(fake_kernel, ctx);
}

static void broken_line(void **state)
{
	static const int errors[] = { -ENOBUFS, -ECONNREFUSED, -EBADF, -EIO };

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct vbr_ctx *ctx;
		struct fake_kernel *fake_kernel = fake_new(&ctx);

		fake_send_fails(fake_kernel, errors[i]);
		assert_int_equal(change(ctx), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
		/* Nothing was sent, so nothing can have changed. */
		assert_null(strstr(vbr_ctx_error(ctx), LOST));
		fake_expect(fake_kernel, RTM_NEWLINK);
		fake_receive_fails(fake_kernel, errors[i]);
		assert_int_equal(change(ctx), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
		/* The next call works. */
		fake_acks(fake_kernel, RTM_NEWLINK);
		assert_int_equal(change(ctx), 0);
		fake_end(fake_kernel, ctx);
	}
}

/* A change is never sent twice, although its result is unknown. */
static void lost_verdict(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_receive_fails(fake_kernel, -ENOBUFS);
	assert_int_equal(change(ctx), -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "No buffer space available" LOST);

	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_receive_fails(fake_kernel, -EMSGSIZE);
	assert_int_equal(change(ctx), -EMSGSIZE);

	done_message(&d, add_message(&d, NLMSG_OVERRUN, 0));
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -ENOBUFS);
	assert_int_equal(fake_requests(fake_kernel), 3);
	fake_end(fake_kernel, ctx);
}

/* Replies to others, other families and notifications before the ack. */
static void strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_error(&d, -EBUSY)->nlmsg_seq = OTHER_SEQUENCE;
	add_ack(&d)->nlmsg_seq = OTHER_SEQUENCE;
	add_done(&d)->nlmsg_seq = OTHER_SEQUENCE;
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_link(&d, &(struct a_link){ .index = 9, .name = "x" });
	add_entry(&d, &(struct an_entry){ .port = 1, .family = AF_INET });
	add_ack(&d);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), 0);
	fake_end(fake_kernel, ctx);
}

static void endless_strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram stray = { 0 }, last = { 0 };

	(void)state;
	add_ack(&stray)->nlmsg_seq = OTHER_SEQUENCE;
	add_ack(&last);
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer_times(fake_kernel, &stray, 4096);
	fake_answer(fake_kernel, &last);
	assert_int_equal(change(ctx), 0);

	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer_times(fake_kernel, &stray, 4097);
	assert_int_equal(change(ctx), -EPROTO);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "Protocol error" LOST);
	fake_end(fake_kernel, ctx);
}

static void no_answers(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };
	struct nlmsghdr *msg;

	(void)state;
	/* Empty; shorter than a header; shorter than its length field; no
	 * errno. */
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	add_ack(&d);
	d.len = 15;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = d.first.nlmsg_len - 1;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = d.first.nlmsg_len;
	d.first.nlmsg_len = 15;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);

	/* A positive errno; no room for an errno. */
	d.len = 0;
	msg = add_ack(&d);
	*(int *)nlmsg_data(msg) = 1;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = 0;
	done_message(&d, add_message(&d, NLMSG_ERROR, 0));
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "Bad message" LOST);
	fake_end(fake_kernel, ctx);
}

/* After the ack come bytes that are not a message. */
static void rest_behind_the_ack(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d);
	memset(d.bytes + d.len, 0, 4);
	d.len += 4;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	fake_end(fake_kernel, ctx);
}

/* Only a dump can be interrupted: in an ack, the flag has no meaning. */
static void ack_with_dump_intr(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	fake_expect(fake_kernel, RTM_NEWLINK);
	fake_answer(fake_kernel, &d);
	assert_int_equal(change(ctx), 0);
	assert_int_equal(fake_requests(fake_kernel), 1);
	fake_end(fake_kernel, ctx);
}

/* Each request has its own number, which is never 0. */
static void sequence_numbers(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	uint32_t last = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		uint32_t number;

		fake_acks(fake_kernel, RTM_NEWLINK);
		assert_int_equal(change(ctx), 0);
		number = fake_request(fake_kernel)->head.nlmsg_seq;
		assert_int_not_equal(number, 0);
		assert_int_not_equal(number, last);
		last = number;
	}
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an ack is a success, without a sentence", an_ack),
		TEST("an error has a sentence", an_error),
		TEST("an extended ack has a text and an option",
		     an_extended_error),
		TEST("the kernel's text is escaped", hostile_words),
		TEST("the kernel's text is truncated", endless_words),
		TEST("names from the caller are escaped and truncated",
		     names_of_the_caller),
		TEST("interrupted calls are repeated", interrupted),
		TEST("errors of the socket are returned each time",
		     broken_line),
		TEST("a lost ack of a change is an error", lost_verdict),
		TEST("foreign messages are skipped", strangers),
		TEST("4096 foreign messages are EPROTO", endless_strangers),
		TEST("invalid replies are EBADMSG", no_answers),
		TEST("only messages may follow an ack", rest_behind_the_ack),
		TEST("an ack is not an interrupted dump", ack_with_dump_intr),
		TEST("each request has its own sequence number",
		     sequence_numbers),
	};

	return run_all(tests);
}
