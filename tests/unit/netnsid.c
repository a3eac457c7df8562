/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about the ids of network namespaces. */

#include "unit.h"

#include <errno.h>
#include <linux/net_namespace.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "wire/netnsid.h"
#include "wire/message.h"
#include "wire/request.h"

static void a_request_has_the_descriptor(void **state)
{
	struct request req;
	const struct nlattr *attr;

	(void)state;
	netnsid_request(&req, 7);
	assert_int_equal(req.head.nlmsg_type, RTM_GETNSID);
	assert_int_equal(req.head.nlmsg_flags, NLM_F_REQUEST);
	attr = mnl_nlmsg_get_payload_offset(&req.head, sizeof(struct rtgenmsg));
	assert_int_equal(mnl_attr_get_type(attr), NETNSA_FD);
	assert_int_equal(mnl_attr_get_u32(attr), 7);
}

/* A message with one attribute. */
static void begin(struct request *req, uint16_t type, uint16_t attr, size_t len,
		  const void *data)
{
	request_begin(req, type, 0, sizeof(struct rtgenmsg));
	mnl_attr_put(&req->head, attr, len, data);
}

static void answers_are_ids(void **state)
{
	static const int ids[] = { 0, 5, -1 };
	struct request req;
	int id;

	(void)state;
	for (size_t i = 0; i < COUNT(ids); i++) {
		begin(&req, RTM_NEWNSID, NETNSA_NSID, sizeof(int), &ids[i]);
		id = 99;
		assert_int_equal(netnsid_parse(&req.head, &id), 0);
		assert_int_equal(id, ids[i]);
	}
}

static void other_answers_are_refused(void **state)
{
	struct request req;
	int id = 99;

	(void)state;
	begin(&req, RTM_NEWLINK, NETNSA_NSID, sizeof(id), &id);
	assert_int_equal(netnsid_parse(&req.head, &id), -ENOMSG);
	begin(&req, RTM_NEWNSID, NETNSA_NSID, 2, &id);
	assert_int_equal(netnsid_parse(&req.head, &id), -EBADMSG);
	begin(&req, RTM_NEWNSID, NETNSA_PID, sizeof(id), &id);
	assert_int_equal(netnsid_parse(&req.head, &id), -EBADMSG);
	request_begin(&req, RTM_NEWNSID, 0, 0);
	assert_int_equal(netnsid_parse(&req.head, &id), -EBADMSG);
	assert_int_equal(id, 99);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a request has the file descriptor",
		     a_request_has_the_descriptor),
		TEST("a reply has an id, or says that there is none",
		     answers_are_ids),
		TEST("other replies are refused, and write nothing",
		     other_answers_are_refused),
	};

	return run_all(tests);
}
