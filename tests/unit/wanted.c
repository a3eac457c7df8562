/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Wanted requests, and the script around them. */

#include "unit.h"

#include "unit/wanted.h"

#include <string.h>

#include "vbridge.h"

struct nlmsghdr *want(struct datagram *d, uint16_t type, uint16_t flags,
		      const void *head, size_t size)
{
	struct nlmsghdr *msg;

	/* libmnl leaves the padding as it finds it. */
	memset(d, 0, sizeof(*d));
	msg = add_message(d, type, NLM_F_REQUEST | flags);
	memcpy(mnl_nlmsg_put_extra_header(msg, size), head, size);
	return msg;
}

void canned_verdict(struct canned *canned, const struct nlmsghdr *msg,
		    int error)
{
	struct datagram d = { 0 };

	if (error)
		add_error(&d, error);
	else
		add_ack(&d);
	canned_reply(canned, msg, &d);
}

void canned_reply(struct canned *canned, const struct nlmsghdr *msg,
		  const struct datagram *answer)
{
	canned_expect_this(canned, msg);
	canned_answer(canned, answer);
}

void canned_br0(struct canned *canned)
{
	canned_link(canned, &(struct a_link){ .index = 7, .name = "br0",
		    .kind = "bridge" });
}

void canned_eth0(struct canned *canned)
{
	canned_link(canned, &(struct a_link){ .index = 8, .name = "eth0",
		    .kind = "veth", .master = 7, .port_no = 1 });
	canned_index(canned, "br0", 7);
}

void says(const struct vbr_ctx *ctx, const char *why)
{
	const char *said = strstr(vbr_ctx_error(ctx), ": ");

	assert_non_null(said);
	assert_string_equal(said + 2, why);
}
