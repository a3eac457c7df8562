/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Broken messages: truncated at each length, with each byte changed, with
 * random bytes. AddressSanitizer finds reads beyond a message. */

#include "unit.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "unit/parse.h"
#include "unit/samples.h"
#include "vbridge.h"
#include "wire/bad-attr.h"
#include "wire/option.h"
#include "wire/request.h"

static void cut_datagrams(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	add_samples(&d);
	for (size_t len = 0; len <= d.len; len++)
		parse_all(d.bytes, len);
}

static const struct nlmsghdr *each(const struct datagram *d, size_t *at)
{
	const struct nlmsghdr *msg = (const void *)(d->bytes + *at);

	if (*at >= d->len)
		return NULL;
	*at += NLMSG_ALIGN(msg->nlmsg_len);
	return msg;
}

/* The message is truncated, and its length agrees. */
static void cut_messages(void **state)
{
	struct datagram d = { 0 };
	const struct nlmsghdr *msg;
	size_t at = 0;

	(void)state;
	add_samples(&d);
	while ((msg = each(&d, &at))) {
		struct datagram part = { .len = msg->nlmsg_len };

		memcpy(part.bytes, msg, part.len);
		for (uint32_t len = 16; len <= msg->nlmsg_len; len++) {
			part.first.nlmsg_len = len;
			parse_all(part.bytes, len);
		}
	}
}

/* Truncates one attribute in a nest; the lengths around it agree. */
static void cut_attribute(const struct nlmsghdr *msg, size_t at, uint16_t len)
{
	struct datagram part = { .len = msg->nlmsg_len };
	struct nlattr *attr = (void *)(part.bytes + at);

	memcpy(part.bytes, msg, part.len);
	attr->nla_len = len;
	parse_all(part.bytes, part.len);
}

/* An attribute may start at any byte: writes there each length that is too
 * short, and some that are too long. */
static void cut_attributes(void **state)
{
	static const uint16_t long_by[] = { 1, 4, 100, 40000 };
	struct datagram d = { 0 };
	const struct nlmsghdr *msg;
	size_t next = 0;

	(void)state;
	add_sample_tables(&d);
	while ((msg = each(&d, &next))) {
		for (size_t at = 16; at + 4 <= msg->nlmsg_len; at += 4) {
			const struct nlattr *attr =
				(const void *)((const char *)msg + at);
			uint16_t was = attr->nla_len;

			if (was < 4 || at + was > msg->nlmsg_len)
				continue;
			for (uint16_t len = 0; len < was; len++)
				cut_attribute(msg, at, len);
			for (size_t i = 0; i < COUNT(long_by); i++)
				cut_attribute(msg, at,
					      (uint16_t)(was + long_by[i]));
		}
	}
}

static void changed_bytes(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	add_samples(&d);
	for (size_t i = 0; i < d.len; i++) {
		const char was = d.bytes[i];
		const char values[] = { 0, (char)0xff, (char)(was + 1),
					(char)(was - 1), (char)(was ^ 0x80) };

		for (size_t k = 0; k < sizeof(values); k++) {
			d.bytes[i] = values[k];
			parse_all(d.bytes, d.len);
		}
		d.bytes[i] = was;
	}
}

/* The extended ack points into another request. */
static void any_offset(void **state)
{
	const struct option_value value = {
		option_find(VBR_SCOPE_BRIDGE, "max_age"), 1
	};
	struct request req;
	size_t bad;

	(void)state;
	request_bridge_set(&req, "br0", &value, 1, &bad);
	for (size_t offset = 0; offset < 2 * sizeof(req); offset++) {
		const char *name = bad_attr_name(&req.head, offset);

		check(!name || (*name && strlen(name) < 32), "at %zu", offset);
	}
	assert_null(bad_attr_name(&req.head, SIZE_MAX));
}

static uint64_t random_state;

/* xorshift64* */
static uint32_t random_number(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (uint32_t)(random_state * UINT64_C(0x2545f4914f6cdd1d) >> 32);
}

static void seed_random(void)
{
	const char *given = getenv("VB_UNIT_SEED");

	if (given)
		random_state = strtoull(given, NULL, 0);
	else if (getrandom(&random_state, sizeof(random_state), 0) !=
		 sizeof(random_state))
		fail_msg("no random numbers: %d", errno);
	if (!random_state)
		random_state = 1;
	printf("# random messages: VB_UNIT_SEED=%#llx repeats them\n",
	       (unsigned long long)random_state);
}

/* Small numbers are likely, because they look like lengths and types. */
static char random_byte(void)
{
	uint32_t number = random_number();

	return (char)(number & 0x300 ? number & 7 : number);
}

static void random_messages(void **state)
{
	static const uint16_t types[] = {
		RTM_NEWLINK, RTM_NEWNEIGH, RTM_NEWVLAN,
		RTM_NEWMDB,  NLMSG_ERROR,  NLMSG_DONE,
	};

	(void)state;
	for (int round = 0; round < 50000; round++) {
		struct datagram d = { .len = 16 + random_number() % 200 };
		struct ifinfomsg *head = (void *)(d.bytes + 16);

		for (size_t i = 0; i < d.len; i++)
			d.bytes[i] = random_byte();
		d.first.nlmsg_len = (uint32_t)d.len;
		d.first.nlmsg_type = types[random_number() % COUNT(types)];
		d.first.nlmsg_flags |= NLM_F_ACK_TLVS;
		if (random_number() % 8) {
			head->ifi_family = AF_BRIDGE;
			head->ifi_index = 1;
		}
		parse_all(d.bytes, d.len);
	}
}

/* Changes several bytes of good messages at once. */
static void random_changes(void **state)
{
	struct datagram good = { 0 };

	(void)state;
	add_samples(&good);
	for (int round = 0; round < 20000; round++) {
		struct datagram d = good;
		uint32_t changes = 1 + random_number() % 16;

		for (uint32_t i = 0; i < changes; i++)
			d.bytes[random_number() % d.len] = random_byte();
		parse_all(d.bytes, d.len);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a datagram can be truncated at each length",
		     cut_datagrams),
		TEST("each message can be truncated at each byte",
		     cut_messages),
		TEST("each attribute can have any length", cut_attributes),
		TEST("each byte of a message can have any value",
		     changed_bytes),
		TEST("the kernel can point at any byte of a request",
		     any_offset),
		TEST("messages can be random", random_messages),
		TEST("valid messages can have random bytes", random_changes),
	};

	seed_random();
	return run_all(tests);
}
