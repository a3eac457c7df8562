/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Iterates over messages and attributes; nothing is read beyond the end. */

#include "unit.h"

#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "unit/attrs.h"
#include "wire/message.h"

static size_t count_attrs(struct attr_span span)
{
	size_t count = 0;

	while (attr_take(&span))
		count++;
	return count;
}

/* The copy has exactly "len" bytes, so that ASan finds a read beyond it. */
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
	_Alignas(4) char bytes[256];
	struct nlmsghdr *msg = put_header(bytes);
	const struct nlattr *attr;
	struct attr_span span, rest;

	(void)state;
	put_extra_header(msg, sizeof(struct ifinfomsg));
	put_u16(msg, 1, 0x1234);
	put_u32(msg, 2 | NLA_F_NESTED, 0x12345678);
	put_string(msg, 3 | NLA_F_NET_BYTEORDER, "name");

	span = message_attrs(msg, sizeof(struct ifinfomsg));
	assert_int_equal(count_attrs(span), 3);
	rest = span;
	attr = attr_take(&rest);
	assert_int_equal(mnl_attr_get_type(attr), 1);
	assert_int_equal(mnl_attr_get_u16(attr), 0x1234);
	attr = attr_take(&rest);
	assert_int_equal(mnl_attr_get_type(attr), 2);
	assert_int_equal(attr_nested(attr).len, 4);
	attr = attr_take_of(&span, 3);
	assert_string_equal(mnl_attr_get_str(attr), "name");
	assert_null(attr_take_of(&span, 3));
	assert_null(attr_take_of(&rest, 1));
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

/* A truncated header, and a header that is longer than its message. */
static void read_headers(void **state)
{
	(void)state;
	for (uint32_t len = 16; len <= 40; len++) {
		struct nlmsghdr *msg = calloc(1, len);
		struct attr_span span;

		assert_non_null(msg);
		msg->nlmsg_len = len;
		span = message_attrs(msg, 16);
		assert_int_equal(span.len, len > 32 ? len - 32 : 0);
		free(msg);
	}
}

static size_t count_messages(const uint32_t *lens, size_t total)
{
	char *bytes = calloc(1, total ? total : 1);
	const struct nlmsghdr *msg;
	size_t count = 0, at = 0;
	int left = (int)total;

	assert_non_null(bytes);
	for (size_t i = 0; lens[i] && at + 4 <= total; i++) {
		memcpy(bytes + at, &lens[i], 4);
		at += NLMSG_ALIGN(lens[i]);
	}
	for (msg = (void *)bytes; message_ok(msg, left);
	     msg = mnl_nlmsg_next(msg, &left))
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
		TEST("the library reads attributes that libnl wrote",
		     read_attrs),
		TEST("broken attributes end a span", read_broken_attrs),
		TEST("a message that is too short has no attributes",
		     read_headers),
		TEST("messages are separated, and broken ones end the span",
		     read_messages),
	};

	return run_all(tests);
}
