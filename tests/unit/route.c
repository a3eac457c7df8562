/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The hops of a default route, and messages with broken ones. */

#include "unit/unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/ip.h"
#include "wire/message.h"

union message {
	struct nlmsghdr head;
	char bytes[512];
};

static const unsigned char gateway[] = { 10, 0, 0, 9 };
static const unsigned char via[] = { AF_INET6, 0, 0xfe, 0x80, 0, 0, 0, 0, 0,
				     0,	       0, 0,	0,    0, 0, 0, 0, 9 };

static void add_hop(struct nlmsghdr *msg, int index, unsigned char hops,
		    uint16_t type, const void *bytes, size_t size)
{
	struct rtnexthop *hop = mnl_nlmsg_get_payload_tail(msg);

	*hop = (struct rtnexthop){ .rtnh_ifindex = index, .rtnh_hops = hops };
	msg->nlmsg_len += sizeof(*hop);
	mnl_attr_put(msg, type, size, bytes);
	hop->rtnh_len = (unsigned short)((char *)mnl_nlmsg_get_payload_tail(
						 msg) -
					 (char *)hop);
}

/* Two hops: 10.0.0.9, and fe80::9 with the weight 3. Returns the attribute. */
static struct nlattr *make(union message *message)
{
	struct nlmsghdr *msg = &message->head;
	struct nlattr *nest;
	struct rtmsg *route;

	memset(message, 0, sizeof(*message));
	route = message_begin(message, RTM_NEWROUTE, 0, sizeof(*route));
	route->rtm_family = AF_INET;
	route->rtm_table = RT_TABLE_MAIN;
	route->rtm_type = RTN_UNICAST;
	mnl_attr_put_u32(msg, RTA_PRIORITY, 50);
	nest = mnl_attr_nest_start(msg, RTA_MULTIPATH);
	add_hop(msg, 4, 0, RTA_GATEWAY, gateway, sizeof(gateway));
	add_hop(msg, 5, 2, RTA_VIA, via, sizeof(via));
	mnl_attr_nest_end(msg, nest);
	return nest;
}

static void hops(void **state)
{
	union message message;
	struct attr_span rest;
	struct ip_route hop;

	(void)state;
	make(&message);
	assert_int_equal(ip_parse_route(&message.head, &hop, &rest), 0);
	assert_int_equal(hop.index, 4);
	assert_int_equal(hop.metric, 50);
	assert_int_equal(hop.weight, 1);
	assert_int_equal(hop.gateway.family, ADDRESS_IPV4);
	assert_memory_equal(hop.gateway.bytes, gateway, sizeof(gateway));
	assert_int_equal(ip_next_hop(&rest, &hop), 1);
	assert_int_equal(hop.index, 5);
	assert_int_equal(hop.metric, 50);
	assert_int_equal(hop.weight, 3);
	assert_int_equal(hop.family, ADDRESS_IPV4);
	assert_int_equal(hop.gateway.family, ADDRESS_IPV6);
	assert_memory_equal(hop.gateway.bytes, via + 2, 16);
	assert_int_equal(ip_next_hop(&rest, &hop), 0);
}

static void with_source(union message *message, size_t source, size_t id)
{
	static const unsigned char bytes[8] = { 10, 0, 0, 1 };
	const uint32_t ids[2] = { 17, 0 };

	make(message);
	((struct rtmsg *)mnl_nlmsg_get_payload(&message->head))->rtm_protocol =
		RTPROT_STATIC;
	mnl_attr_put(&message->head, RTA_PREFSRC, source, bytes);
	mnl_attr_put(&message->head, RTA_NH_ID, id, ids);
}

static void origin(void **state)
{
	static const unsigned char source[4] = { 10, 0, 0, 1 };
	union message message;
	struct attr_span rest;
	struct ip_route hop;

	(void)state;
	with_source(&message, 4, 4);
	assert_int_equal(ip_parse_route(&message.head, &hop, &rest), 0);
	assert_int_equal(ip_next_hop(&rest, &hop), 1);
	assert_int_equal(hop.protocol, RTPROT_STATIC);
	assert_true(hop.has_source);
	assert_int_equal(hop.source.family, ADDRESS_IPV4);
	assert_memory_equal(hop.source.bytes, source, sizeof(source));
	assert_int_equal(hop.nexthop, 17);
	for (size_t size = 0; size <= 8; size++) {
		int expected = size == 4 ? 0 : -EBADMSG;

		with_source(&message, size, 4);
		assert_int_equal(ip_parse_route(&message.head, &hop, &rest),
				 expected);
		with_source(&message, 4, size);
		assert_int_equal(ip_parse_route(&message.head, &hop, &rest),
				 expected);
	}
}

/* All hops of the message; a negative errno. */
static int count(const union message *message)
{
	struct attr_span rest;
	struct ip_route hop;
	int rc = ip_parse_route(&message->head, &hop, &rest), found;

	for (found = 0; rc == 0 && (rc = ip_next_hop(&rest, &hop)) > 0; rc = 0)
		found++;
	return rc < 0 ? rc : found + 1;
}

static void shortened(void **state)
{
	union message message;
	struct nlattr *nest = make(&message);
	unsigned short whole = nest->nla_len;
	uint32_t first = sizeof(struct rtnexthop) + 8;

	(void)state;
	for (unsigned short len = sizeof(*nest) + 1; len < whole; len++) {
		unsigned int left = len - sizeof(*nest);

		make(&message);
		nest->nla_len = len;
		message.head.nlmsg_len -= (uint32_t)(whole - len);
		check(count(&message) == (left == first ? 1 : -EBADMSG),
		      "%u bytes of hops", left);
	}
}

static void broken(void **state)
{
	static const unsigned short lengths[] = { 0, 1, 7, 512, 65535 };
	union message message;
	struct rtnexthop *hop;

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		hop = mnl_attr_get_payload(make(&message));
		hop->rtnh_len = lengths[i];
		check(count(&message) == -EBADMSG, "length %u", lengths[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("all hops of a route are read", hops),
		TEST("protocol, source and nexthop id of a route", origin),
		TEST("hops that are cut off are refused", shortened),
		TEST("hops with a wrong length are refused", broken),
	};

	return run_all(tests);
}
