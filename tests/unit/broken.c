/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Messages broken in every way that is easy to think of: cut at each length,
 * each byte changed, all bytes random. Run it with AddressSanitizer: what is
 * looked for is a read beyond the message. Only documented errors are allowed.
 */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "unit/answers.h"
#include "vbridge.h"
#include "wire/blame.h"
#include "wire/fdb.h"
#include "wire/link.h"
#include "wire/option.h"
#include "wire/reply.h"
#include "wire/request.h"

/* Every byte of what was parsed is looked at: it must lie in the message. */
static unsigned int touch(const void *bytes, size_t len)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += ((const unsigned char *)bytes)[i];
	return sum;
}

static void read_options(struct attr_span span, enum option_scope scope)
{
	const struct option_table *table = option_table(scope);
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value;

	touch(span.bytes, span.len);
	for (size_t i = 0; i < table->count; i++) {
		const struct vbr_option *row = &table->rows[i];
		int rc = option_get(span, row, &value);

		check(rc == 0 || rc == -ENODATA || rc == -EBADMSG ||
		      rc == -EOVERFLOW, "%s gives %d", row->name, rc);
		check((rc == 0 || rc == -EOVERFLOW) ==
		      (option_text(span, row, text, sizeof(text)) >= 0),
		      "%s", row->name);
	}
}

static void parse_link(const struct nlmsghdr *msg)
{
	struct link_info info;
	int rc = link_parse(msg, &info);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	check(info.index > 0 && info.master >= 0, "index %d", info.index);
	check(strnlen(info.name, NAME_SIZE) < NAME_SIZE && info.name[0],
	      "the name has no end");
	check(!info.is_port || info.master, "a port without a master");
	read_options(info.options, SCOPE_BRIDGE);
	read_options(info.port_options, SCOPE_PORT);
}

static void parse_entry(const struct nlmsghdr *msg)
{
	struct vbr_fdb_entry entry;
	int rc = fdb_parse(msg, &entry);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc == 0)
		check(entry.port > 0 && vbr_fdb_entry_state(&entry) <=
		      VBR_FDB_EXPIRED, "port %d", entry.port);
}

static void parse_verdict(const struct nlmsghdr *msg)
{
	struct reply_error error;
	int rc = reply_parse_error(msg, &error);

	check(rc == 0 || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	check(error.error <= 0, "%d", error.error);
	touch(error.text, error.text_len);
}

/* All that talk() may do with a datagram, in an allocation of its length. */
static void parse_all(const void *bytes, size_t len)
{
	void *copy = malloc(len ? len : 1);
	const struct nlmsghdr *msg;
	size_t left = len;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	for (msg = msg_first(copy, len); msg; msg = msg_next(msg, &left)) {
		parse_link(msg);
		parse_entry(msg);
		parse_verdict(msg);
	}
	free(copy);
}

static void make_good(struct datagram *d)
{
	static const char *const texts[] = { "No such option", "x" };

	add_link(d, &(struct a_link){ .index = 7, .name = "br0",
		 .kind = "bridge", .flags = 1 });
	add_link(d, &(struct a_link){ .index = 8, .name = "eth0",
		 .kind = "veth", .master = 7, .port_no = 1 });
	add_link(d, &(struct a_link){ .index = 9, .name = "eth1",
		 .master = 7, .port_no = 2, .family = AF_BRIDGE });
	add_entry(d, &(struct an_entry){ .port = 8, .bridge = 7, .vlan = 1,
		  .mac = { 2 }, .state = NUD_REACHABLE });
	for (size_t i = 0; i < COUNT(texts); i++) {
		add_verdict(d, &(struct verdict){ .error = -EINVAL, .echo = 48,
			    .text = texts[i], .offset = 40 });
		add_verdict(d, &(struct verdict){ .error = -EINVAL,
			    .capped = true, .text = texts[i], .offset = 40 });
		add_verdict(d, &(struct verdict){ .is_done = true,
			    .text = texts[i], .offset = 40 });
	}
}

static void cut_datagrams(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	make_good(&d);
	for (size_t len = 0; len <= d.len; len++)
		parse_all(d.bytes, len);
}

static const struct nlmsghdr *each(const struct datagram *d, size_t *at)
{
	const struct nlmsghdr *msg = (const void *)(d->bytes + *at);

	if (*at >= d->len)
		return NULL;
	*at += MNL_ALIGN(msg->nlmsg_len);
	return msg;
}

/* Cut, and its header agrees that it is so short. */
static void cut_messages(void **state)
{
	struct datagram d = { 0 };
	const struct nlmsghdr *msg;
	size_t at = 0;

	(void)state;
	make_good(&d);
	while ((msg = each(&d, &at))) {
		struct datagram part = { .len = msg->nlmsg_len };

		memcpy(part.bytes, msg, part.len);
		for (uint32_t len = 16; len <= msg->nlmsg_len; len++) {
			part.first.nlmsg_len = len;
			parse_all(part.bytes, len);
		}
	}
}

static void changed_bytes(void **state)
{
	struct datagram d = { 0 };

	(void)state;
	make_good(&d);
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

/* The verdict's words lead back into a request that is none of its own. */
static void any_offset(void **state)
{
	const struct option_value value = {
		option_find(SCOPE_BRIDGE, "max_age"), 1
	};
	struct request req;
	size_t bad;

	(void)state;
	request_bridge_set(&req, "br0", &value, 1, &bad);
	for (size_t offset = 0; offset < 2 * sizeof(req); offset++) {
		const char *name = blame_name(&req.head, offset);

		check(!name || (*name && strlen(name) < 32), "at %zu", offset);
	}
	assert_null(blame_name(&req.head, SIZE_MAX));
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

/* Small numbers are likely: they look like lengths and types. */
static char random_byte(void)
{
	uint32_t number = random_number();

	return (char)(number & 0x300 ? number & 7 : number);
}

static void random_messages(void **state)
{
	static const uint16_t types[] = { RTM_NEWLINK, RTM_NEWNEIGH,
					  NLMSG_ERROR, NLMSG_DONE };

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

/* Several bytes of good messages at once. */
static void random_changes(void **state)
{
	struct datagram good = { 0 };

	(void)state;
	make_good(&good);
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
		TEST("a datagram may be cut at each length", cut_datagrams),
		TEST("each message may be short of any byte", cut_messages),
		TEST("each byte of a message may be another", changed_bytes),
		TEST("the kernel may point at any byte of a request",
		     any_offset),
		TEST("messages may be random", random_messages),
		TEST("good messages may have random bytes", random_changes),
	};

	seed_random();
	return run_all(tests);
}
