/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages and attributes: libmnl reads what the library writes, and the
 * other way around; nothing is read or written beyond its end. */

#include "unit.h"

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "wire/attr.h"

struct buffer {
	union {
		struct nlmsghdr head;
		char bytes[256];
	};
};

static void write_message(void **state)
{
	struct buffer b;
	struct ifinfomsg *link;
	const struct nlattr *attr;
	int seen = 0;

	(void)state;
	memset(&b, 0xee, sizeof(b));
	link = msg_start(&b.head, RTM_NEWLINK, NLM_F_REQUEST, sizeof(*link));
	assert_ptr_equal(link, mnl_nlmsg_get_payload(&b.head));
	link->ifi_index = 7;
	assert_true(attr_put(&b.head, sizeof(b), 3, "abc", 3));
	assert_true(attr_put(&b.head, sizeof(b), 4, NULL, 0));
	assert_true(attr_put(&b.head, sizeof(b), 5, "12345678", 8));

	assert_true(mnl_nlmsg_ok(&b.head, (int)b.head.nlmsg_len));
	assert_int_equal(b.head.nlmsg_type, RTM_NEWLINK);
	assert_int_equal(b.head.nlmsg_flags, NLM_F_REQUEST);
	assert_int_equal(b.head.nlmsg_seq, 0);
	assert_int_equal(b.head.nlmsg_pid, 0);
	assert_int_equal(link->ifi_family, 0);
	assert_int_equal(b.head.nlmsg_len, 16 + 16 + 8 + 4 + 12);
	mnl_attr_for_each(attr, &b.head, sizeof(*link))
	{
		static const char *const data[] = { "abc", "", "12345678" };
		const char *expect = seen < 3 ? data[seen] : "";
		size_t len = strlen(expect);

		assert_int_equal(mnl_attr_get_type(attr), 3 + seen);
		assert_int_equal(mnl_attr_get_payload_len(attr), len);
		assert_memory_equal(mnl_attr_get_payload(attr), expect, len);
		seen++;
	}
	assert_int_equal(seen, 3);
	/* The padding behind "abc" is nobody's old data. */
	assert_int_equal(b.bytes[16 + 16 + 4 + 3], 0);
}

static void write_nests(void **state)
{
	struct buffer b;
	struct nlattr *outer, *inner;
	const struct nlattr *attr;

	(void)state;
	msg_start(&b.head, RTM_NEWLINK, 0, sizeof(struct ifinfomsg));
	outer = attr_nest(&b.head, sizeof(b), 18);
	inner = attr_nest(&b.head, sizeof(b), 2);
	assert_true(attr_put(&b.head, sizeof(b), 1, "x", 1));
	attr_nest_end(&b.head, inner);
	attr_nest_end(&b.head, outer);
	attr_nest_end(&b.head, NULL);

	attr = mnl_nlmsg_get_payload_offset(&b.head, sizeof(struct ifinfomsg));
	assert_int_equal(attr->nla_type, 18 | NLA_F_NESTED);
	assert_int_equal(attr->nla_len, 16);
	attr = mnl_attr_get_payload(attr);
	assert_int_equal(attr->nla_type, 2 | NLA_F_NESTED);
	assert_int_equal(attr->nla_len, 12);
	attr = mnl_attr_get_payload(attr);
	assert_int_equal(mnl_attr_get_type(attr), 1);
	assert_int_equal(mnl_attr_get_payload_len(attr), 1);
}

/* Room for a message of every size: what does not fit leaves no trace. */
static void write_to_the_end(void **state)
{
	(void)state;
	for (size_t size = 16; size < 64; size++) {
		struct nlmsghdr *msg = calloc(1, size);
		size_t count = 0;

		assert_non_null(msg);
		msg_start(msg, NLMSG_MIN_TYPE, 0, 0);
		while (attr_put(msg, size, 1, "12345", 5)) {
			count++;
			assert_in_range(msg->nlmsg_len, 0, size);
		}
		assert_int_equal(count, (size - 16) / 12);
		assert_int_equal(msg->nlmsg_len, 16 + 12 * count);
		if (size - msg->nlmsg_len < 4)
			assert_null(attr_nest(msg, size, 1));
		free(msg);
	}
}

static void write_too_long(void **state)
{
	size_t size = 3 * UINT16_MAX;
	struct nlmsghdr *msg = malloc(size);
	char *data = calloc(2, UINT16_MAX);

	(void)state;
	assert_non_null(msg);
	assert_non_null(data);
	msg_start(msg, NLMSG_MIN_TYPE, 0, 0);
	assert_false(attr_put(msg, size, 1, data, UINT16_MAX - 3));
	assert_false(attr_put(msg, size, 1, data, 2 * UINT16_MAX));
	assert_false(attr_put(msg, size, 1, data, SIZE_MAX));
	assert_false(attr_put(msg, size, 1, data, SIZE_MAX - 8));
	assert_int_equal(msg->nlmsg_len, 16);
	assert_true(attr_put(msg, size, 1, data, UINT16_MAX - 4));
	assert_int_equal(msg->nlmsg_len, 16 + 65536);
	free(data);
	free(msg);
}

static size_t count_attrs(struct attr_span span)
{
	size_t count = 0;

	while (attr_take(&span))
		count++;
	return count;
}

/* Exactly as long as it says it is, so that ASan sees the next byte. */
static size_t count_in(const void *bytes, size_t len)
{
	void *copy = malloc(len ? len : 1);
	size_t count;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	count = count_attrs((struct attr_span){ copy, len });
	free(copy);
	return count;
}

static void read_attrs(void **state)
{
	struct buffer b;
	const struct nlattr *attr;
	struct attr_span span;

	(void)state;
	mnl_nlmsg_put_header(&b);
	mnl_nlmsg_put_extra_header(&b.head, sizeof(struct ifinfomsg));
	mnl_attr_put_u16(&b.head, 1, 0x1234);
	mnl_attr_put_u32(&b.head, 2 | NLA_F_NESTED, 0x12345678);
	mnl_attr_put_strz(&b.head, 3 | NLA_F_NET_BYTEORDER, "name");

	span = msg_attrs(&b.head, sizeof(struct ifinfomsg));
	assert_int_equal(count_attrs(span), 3);
	attr = attr_take(&span);
	assert_int_equal(attr_type(attr), 1);
	assert_int_equal(attr_len(attr), 2);
	assert_int_equal(attr_u16(attr), 0x1234);
	attr = attr_take(&span);
	assert_int_equal(attr_type(attr), 2);
	assert_int_equal(attr_u32(attr), 0x12345678);
	assert_int_equal(attr_nested(attr).len, 4);
	attr = attr_take(&span);
	assert_int_equal(attr_type(attr), 3);
	assert_string_equal(attr_data(attr), "name");
	assert_null(attr_take(&span));
}

static void read_broken_attrs(void **state)
{
	static const struct {
		size_t len;
		uint16_t attr[8];
		size_t count;
	} rows[] = {
		{ 0, { 0 }, 0 },
		{ 1, { 4, 1 }, 0 },
		{ 3, { 4, 1 }, 0 },
		{ 4, { 4, 1 }, 1 },
		{ 4, { 0, 1 }, 0 },
		{ 4, { 3, 1 }, 0 },
		{ 4, { 5, 1 }, 0 },
		{ 4, { 0xffff, 1 }, 0 },
		{ 5, { 5, 1, 0 }, 1 },
		{ 8, { 5, 1, 0, 0 }, 1 },
		{ 6, { 5, 1, 0 }, 1 },
		{ 8, { 4, 1, 4, 2 }, 2 },
		{ 8, { 4, 1, 3, 2 }, 1 },
		{ 8, { 4, 1, 5, 2 }, 1 },
		{ 12, { 4, 1, 0, 2, 4, 3 }, 1 },
		{ 7, { 4, 1, 4, 2 }, 1 },
		{ 16, { 4, 1, 4, 2, 4, 3, 4, 4 }, 4 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t count = count_in(rows[i].attr, rows[i].len);

		check(count == rows[i].count, "row %zu has %zu attributes", i,
		      count);
	}
}

/* A header that is cut, and one that is longer than its message. */
static void read_headers(void **state)
{
	(void)state;
	for (uint32_t len = 16; len <= 40; len++) {
		struct nlmsghdr *msg = calloc(1, len);
		struct attr_span span;

		assert_non_null(msg);
		msg->nlmsg_len = len;
		span = msg_attrs(msg, 16);
		assert_int_equal(span.len, len > 32 ? len - 32 : 0);
		if (len < 32)
			assert_null(msg_header(msg, 16));
		else
			assert_ptr_equal(msg_header(msg, 16), msg + 1);
		assert_ptr_equal(msg_header(msg, 0), msg + 1);
		free(msg);
	}
}

static size_t count_messages(const uint32_t *lens, size_t total)
{
	char *bytes = calloc(1, total ? total : 1);
	const struct nlmsghdr *msg;
	size_t count = 0, left = total, at = 0;

	assert_non_null(bytes);
	for (size_t i = 0; lens[i] && at + 4 <= total; i++) {
		memcpy(bytes + at, &lens[i], 4);
		at += NLMSG_ALIGN(lens[i]);
	}
	for (msg = msg_first(bytes, total); msg; msg = msg_next(msg, &left))
		count++;
	free(bytes);
	return count;
}

static void read_messages(void **state)
{
	static const struct {
		size_t len;
		uint32_t lens[4];
		size_t count;
	} rows[] = {
		{ 0, { 0 }, 0 },
		{ 4, { 16 }, 0 },
		{ 15, { 16 }, 0 },
		{ 16, { 16 }, 1 },
		{ 16, { 15 }, 0 },
		{ 16, { 17 }, 0 },
		{ 17, { 17 }, 1 },
		{ 20, { 17 }, 1 },
		{ 18, { 17 }, 1 },
		{ 32, { 16, 16 }, 2 },
		{ 32, { 16, 17 }, 1 },
		{ 32, { 16, 4 }, 1 },
		{ 31, { 16, 16 }, 1 },
		{ 36, { 17, 16 }, 2 },
		{ 37, { 18, 17 }, 2 },
		{ 48, { 16, 16, 16 }, 3 },
		{ 16, { UINT32_MAX }, 0 },
		{ 16, { 0x80000010 }, 0 },
		{ 32, { 16, UINT32_MAX }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t count = count_messages(rows[i].lens, rows[i].len);

		check(count == rows[i].count, "row %zu has %zu messages", i,
		      count);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("libmnl reads a message that the library wrote",
		     write_message),
		TEST("libmnl reads nests that the library wrote", write_nests),
		TEST("an attribute without room is not written at all",
		     write_to_the_end),
		TEST("an attribute over 65535 bytes is not written",
		     write_too_long),
		TEST("the library reads attributes that libmnl wrote",
		     read_attrs),
		TEST("broken attributes end a span", read_broken_attrs),
		TEST("a message too short has no header and no attributes",
		     read_headers),
		TEST("messages are told apart, broken ones end them",
		     read_messages),
	};

	return run_all(tests);
}
