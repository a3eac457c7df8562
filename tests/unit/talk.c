/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Conversations of one answer, with a canned kernel: verdicts, the kernel's
 * words, interruptions, and answers that are not ours or no answers at all. */

#include "unit.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

/* A change that has a request, and nothing else, to say. */
static int change(struct vbr_ctx *ctx)
{
	return vbr_bridge_set(ctx, "br0", "hello_time", 200);
}

#define CANNOT "cannot set hello_time of bridge \"br0\": "

static void an_ack(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_acks(canned, RTM_NEWLINK);
	assert_int_equal(change(ctx), 0);
	assert_string_equal(vbr_ctx_error(ctx), "");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));
	canned_end(canned, ctx);
}

static void an_error(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);

	(void)state;
	canned_refuses(canned, RTM_NEWLINK, -ENODEV);
	assert_int_equal(change(ctx), -ENODEV);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "No such device");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ENODEV);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));

	/* The next error takes its place, a success leaves it. */
	canned_refuses(canned, RTM_NEWLINK, -EPERM);
	assert_int_equal(change(ctx), -EPERM);
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "Operation not permitted; the capability "
				   "CAP_NET_ADMIN is needed");
	canned_end(canned, ctx);
}

/* Where the last request's option lies, as the kernel counts it. */
static uint32_t offset_of_option(void)
{
	/* Headers, the name, two nests, the kind. */
	return 16 + 16 + 8 + 4 + 12 + 4;
}

static void an_extended_error(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -ERANGE,
					   .echo = 56,
					   .text = "integer out of range",
					   .offset = offset_of_option() });
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(vbr_bridge_set(ctx, "br0", "hello_time", 99), -ERANGE);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT
			    "Numerical result out of range; the kernel says: "
			    "integer out of range; it objects to: hello_time; "
			    "hello_time goes from 1.00 to 10.00 s");
	assert_string_equal(vbr_ctx_kernel_text(ctx), "integer out of range");
	assert_string_equal(vbr_ctx_kernel_attr(ctx), "hello_time");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -ERANGE);

	/* Nothing of it is left when the library refuses the next. */
	assert_int_equal(vbr_bridge_set(ctx, "br0", "nothing", 1), -ENOENT);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot set nothing of bridge "
			    "\"br0\": there is no option \"nothing\"");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
	assert_null(vbr_ctx_kernel_text(ctx));
	assert_null(vbr_ctx_kernel_attr(ctx));
	canned_end(canned, ctx);
}

static void hostile_words(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -EINVAL,
					   .capped = true,
					   .text = "\x1b]0;x\x07\xc2\x9b"
						   "1m\n\xff",
					   .text_len = 13,
					   .offset = 0xffffffff });
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EINVAL);
	assert_string_equal(vbr_ctx_kernel_text(ctx),
			    "\\033]0;x\\007\\302\\2331m\\012\\377");
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "Invalid argument; the kernel says: "
				   "\\033]0;x\\007\\302\\2331m\\012\\377");
	assert_null(vbr_ctx_kernel_attr(ctx));
	canned_end(canned, ctx);
}

/* Cut, but whole in memory, and the end of the sentence is still a NUL. */
static void endless_words(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
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
		canned_expect(canned, RTM_NEWLINK);
		canned_answer(canned, &d);
		assert_int_equal(change(ctx), -EINVAL);
		assert_in_range(strlen(vbr_ctx_kernel_text(ctx)), 150, 191);
		assert_in_range(strlen(vbr_ctx_error(ctx)), 120, 511);
	}
	canned_end(canned, ctx);
}

static void names_of_the_caller(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	char longest[2000];

	(void)state;
	canned_refuses(canned, RTM_NEWLINK, -ENODEV);
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
	canned_end(canned, ctx);
}

static void interrupted(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d);
	canned_send_fails(canned, -EINTR);
	canned_send_fails(canned, -EINTR);
	canned_expect(canned, RTM_NEWLINK);
	canned_receive_fails(canned, -EINTR);
	canned_receive_fails(canned, -EINTR);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), 0);
	canned_end(canned, ctx);
}

static void broken_line(void **state)
{
	static const int errors[] = { -ENOBUFS, -ECONNREFUSED, -EBADF, -EIO };

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct vbr_ctx *ctx;
		struct canned *canned = canned_new(&ctx);

		canned_send_fails(canned, errors[i]);
		assert_int_equal(change(ctx), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
		canned_expect(canned, RTM_NEWLINK);
		canned_receive_fails(canned, errors[i]);
		assert_int_equal(change(ctx), errors[i]);
		assert_int_equal(vbr_ctx_kernel_errno(ctx), 0);
		/* The next one may work. */
		canned_acks(canned, RTM_NEWLINK);
		assert_int_equal(change(ctx), 0);
		canned_end(canned, ctx);
	}
}

/* A change is never made twice: what became of it is not known. */
static void lost_verdict(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	canned_expect(canned, RTM_NEWLINK);
	canned_receive_fails(canned, -ENOBUFS);
	assert_int_equal(change(ctx), -ENOBUFS);
	assert_string_equal(vbr_ctx_error(ctx),
			    CANNOT "No buffer space available");

	canned_expect(canned, RTM_NEWLINK);
	canned_receive_fails(canned, -EMSGSIZE);
	assert_int_equal(change(ctx), -EMSGSIZE);

	done_message(&d, add_message(&d, NLMSG_OVERRUN, 0));
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -ENOBUFS);
	assert_int_equal(canned_requests(canned), 3);
	canned_end(canned, ctx);
}

/* Other conversations, families and announcements between us and the ack. */
static void strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_error(&d, -EBUSY)->nlmsg_seq = OTHER_SEQUENCE;
	add_ack(&d)->nlmsg_seq = OTHER_SEQUENCE;
	add_done(&d)->nlmsg_seq = OTHER_SEQUENCE;
	done_message(&d, add_message(&d, NLMSG_NOOP, 0));
	add_link(&d, &(struct a_link){ .index = 9, .name = "x" });
	add_entry(&d, &(struct an_entry){ .port = 1, .family = AF_INET });
	add_ack(&d);
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), 0);
	canned_end(canned, ctx);
}

static void endless_strangers(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram stray = { 0 }, last = { 0 };

	(void)state;
	add_ack(&stray)->nlmsg_seq = OTHER_SEQUENCE;
	add_ack(&last);
	canned_expect(canned, RTM_NEWLINK);
	canned_answer_times(canned, &stray, 4096);
	canned_answer(canned, &last);
	assert_int_equal(change(ctx), 0);

	canned_expect(canned, RTM_NEWLINK);
	canned_answer_times(canned, &stray, 4097);
	assert_int_equal(change(ctx), -EPROTO);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "Protocol error");
	canned_end(canned, ctx);
}

static void no_answers(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };
	struct nlmsghdr *msg;

	(void)state;
	/* Empty; shorter than a header; shorter than it says; too short. */
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	add_ack(&d);
	d.len = 15;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = d.first.nlmsg_len - 1;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = d.first.nlmsg_len;
	d.first.nlmsg_len = 15;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);

	/* An error of 1; no room for a code. */
	d.len = 0;
	msg = add_ack(&d);
	*(int *)mnl_nlmsg_get_payload(msg) = 1;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	d.len = 0;
	done_message(&d, add_message(&d, NLMSG_ERROR, 0));
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	assert_string_equal(vbr_ctx_error(ctx), CANNOT "Bad message");
	canned_end(canned, ctx);
}

/* Bytes behind the ack, that are no message. */
static void rest_behind_the_ack(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d);
	memset(d.bytes + d.len, 0, 4);
	d.len += 4;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), -EBADMSG);
	canned_end(canned, ctx);
}

/* Only a dump can be interrupted: an ack that says so is an ack. */
static void ack_with_dump_intr(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	struct datagram d = { 0 };

	(void)state;
	add_ack(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	canned_expect(canned, RTM_NEWLINK);
	canned_answer(canned, &d);
	assert_int_equal(change(ctx), 0);
	assert_int_equal(canned_requests(canned), 1);
	canned_end(canned, ctx);
}

/* Each request has its own number, and never that of a message to all. */
static void sequence_numbers(void **state)
{
	struct vbr_ctx *ctx;
	struct canned *canned = canned_new(&ctx);
	uint32_t last = 0;

	(void)state;
	for (int i = 0; i < 3; i++) {
		uint32_t number;

		canned_acks(canned, RTM_NEWLINK);
		assert_int_equal(change(ctx), 0);
		number = canned_request(canned)->head.nlmsg_seq;
		assert_int_not_equal(number, 0);
		assert_int_not_equal(number, last);
		last = number;
	}
	canned_end(canned, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an ack is a success without a word", an_ack),
		TEST("an error has a sentence", an_error),
		TEST("an extended ack has text and option", an_extended_error),
		TEST("the kernel's words are escaped", hostile_words),
		TEST("the kernel's words are cut", endless_words),
		TEST("the caller's names are escaped and cut",
		     names_of_the_caller),
		TEST("interrupted calls are repeated", interrupted),
		TEST("a line that breaks is an error each time", broken_line),
		TEST("a lost verdict of a change is an error", lost_verdict),
		TEST("messages of others are passed over", strangers),
		TEST("after 4096 messages of others it is EPROTO",
		     endless_strangers),
		TEST("what is no answer is EBADMSG", no_answers),
		TEST("what is behind an ack must be messages",
		     rest_behind_the_ack),
		TEST("an ack is no interrupted dump", ack_with_dump_intr),
		TEST("each request has a number of its own", sequence_numbers),
	};

	return run_all(tests);
}
