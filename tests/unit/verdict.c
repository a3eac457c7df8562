/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* fdb_parse() and reply_parse_error(): FDB entries, and acks with and without a
 * text of the kernel. */

#include "unit.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/answers.h"
#include "wire/fdb.h"
#include "wire/vni.h"
#include "wire/reply.h"

static void an_fdb_entry(void **state)
{
	struct datagram d = { 0 };
	struct vbr_fdb_entry entry;

	(void)state;
	add_entry(&d, &(struct an_entry){ .port = 3,
					  .bridge = 7,
					  .mac = { 1, 2, 3, 4, 5, 6 },
					  .vlan = 4094,
					  .state = NUD_REACHABLE,
					  .used = 100,
					  .updated = 200 });
	assert_int_equal(fdb_parse(&d.first, &entry), 0);
	assert_int_equal(entry.port, 3);
	assert_int_equal(entry.bridge, 7);
	assert_int_equal(entry.vlan, 4094);
	assert_int_equal(entry.state, NUD_REACHABLE);
	assert_int_equal(entry.used, 100);
	assert_int_equal(entry.updated, 200);
	assert_memory_equal(entry.mac, "\1\2\3\4\5\6", 6);
}

/* As sent for devices that are not on a bridge. */
static void no_bridge(void **state)
{
	struct datagram d = { 0 };
	struct vbr_fdb_entry entry;

	(void)state;
	add_entry(&d, &(struct an_entry){ .port = 3,
					  .mac = { 1 },
					  .state = NUD_PERMANENT });
	assert_int_equal(fdb_parse(&d.first, &entry), 0);
	assert_int_equal(entry.bridge, 0);
	assert_int_equal(entry.vlan, 0);
}

static int parse_with(uint16_t type, size_t len)
{
	static const char bytes[32];
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, RTM_NEWNEIGH, 0);
	struct ndmsg *head = put_extra_header(msg, sizeof(*head));
	struct vbr_fdb_entry entry;

	head->ndm_family = AF_BRIDGE;
	head->ndm_ifindex = 1;
	if (type != NDA_LLADDR)
		put_attr(msg, NDA_LLADDR, 6, bytes);
	if (type)
		put_attr(msg, type, len, bytes);
	return fdb_parse(msg, &entry);
}

static void broken_entries(void **state)
{
	static const struct {
		uint16_t type;
		size_t len;
	} good[] = {
		{ NDA_LLADDR, 6 },
		{ NDA_MASTER, 4 },
		{ NDA_VLAN, 2 },
		{ NDA_CACHEINFO, sizeof(struct nda_cacheinfo) },
		{ NDA_PROTOCOL, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		for (size_t len = 0; len <= 32; len++) {
			int rc = parse_with(good[i].type, len);

			check(rc == (len == good[i].len ? 0 : -EBADMSG),
			      "%d of %zu bytes gives %d", good[i].type, len,
			      rc);
		}
	}
	assert_int_equal(parse_with(0x3ff0, 5), 0);
}

/* Of a message with one attribute more than the address. */
static int parse_remote_with(uint16_t type, size_t len)
{
	static const char bytes[64];
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, RTM_NEWNEIGH, 0);
	struct remote remote, before;
	int rc;

	put_extra_header(msg, sizeof(struct ndmsg));
	put_attr(msg, NDA_LLADDR, 6, bytes);
	put_attr(msg, type, len, bytes);
	memset(&before, 0xee, sizeof(before));
	remote = before;
	rc = fdb_parse_remote(msg, &remote);
	if (rc <= 0)
		assert_memory_equal(&remote, &before, sizeof(remote));
	return rc;
}

static void broken_remotes(void **state)
{
	static const struct {
		uint16_t type;
		size_t len, other;
	} good[] = {
		{ NDA_DST, 4, 16 },    { NDA_PORT, 2, 2 },
		{ NDA_VNI, 4, 4 },     { NDA_IFINDEX, 4, 4 },
		{ NDA_SRC_VNI, 4, 4 }, { 13, 4, 4 }, /* NDA_NH_ID */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		for (size_t len = 0; len <= 32; len++) {
			int rc = parse_remote_with(good[i].type, len);
			bool fits = len == good[i].len || len == good[i].other;

			check(rc == (fits ? 1 : -EBADMSG),
			      "%d of %zu bytes gives %d", good[i].type, len,
			      rc);
		}
	}
	assert_int_equal(parse_remote_with(NDA_VLAN, 2), 0);
}

static int take_vni_with(uint16_t type, size_t len)
{
	const struct nlattr attr = { (uint16_t)(4 + len), type };
	char row[64] = { 0, 0, 0, 0, 1 };
	struct datagram d = { 0 };
	struct nlmsghdr *msg = add_message(&d, 120, 0); /* RTM_NEWTUNNEL */
	char *head = put_extra_header(msg, 8);
	struct attr_span rows;
	struct vbr_vni vni;
	int device, rc;

	head[0] = AF_BRIDGE;
	head[4] = 7;
	memcpy(row, &attr, sizeof(attr));
	put_attr(msg, 1, 4 + len, row);
	rc = vni_parse(msg, &device, &rows);
	return rc < 0 ? rc : vni_take(&rows, &vni);
}

static void broken_vnis(void **state)
{
	static const size_t good[] = { [1] = 4, [2] = 4, [3] = 4, [4] = 16 };

	(void)state;
	for (uint16_t type = 1; type < COUNT(good); type++) {
		for (size_t len = 0; len <= 32; len++) {
			int rc = take_vni_with(type, len);

			check(rc == (len == good[type] ? 1 : -EBADMSG),
			      "%d of %zu bytes gives %d", type, len, rc);
		}
	}
}

static void wrong_entries(void **state)
{
	struct vbr_fdb_entry entry, before;
	struct datagram d = { 0 };
	struct nlmsghdr *msg;
	struct ndmsg *head;

	(void)state;
	memset(&entry, 0xee, sizeof(entry));
	before = entry;
	msg = add_message(&d, RTM_NEWNEIGH, 0);
	head = put_extra_header(msg, sizeof(*head));
	head->ndm_family = AF_BRIDGE;
	head->ndm_ifindex = 1;
	/* Without an address. */
	assert_int_equal(fdb_parse(msg, &entry), -EBADMSG);
	put_attr(msg, NDA_LLADDR, 6, "\1\2\3\4\5\6");
	head->ndm_ifindex = 0;
	assert_int_equal(fdb_parse(msg, &entry), -EBADMSG);
	head->ndm_ifindex = -1;
	assert_int_equal(fdb_parse(msg, &entry), -EBADMSG);
	head->ndm_ifindex = 1;
	head->ndm_family = AF_INET;
	assert_int_equal(fdb_parse(msg, &entry), -ENOMSG);
	head->ndm_family = AF_BRIDGE;
	msg->nlmsg_type = RTM_DELNEIGH;
	assert_int_equal(fdb_parse(msg, &entry), -ENOMSG);
	msg->nlmsg_type = RTM_NEWNEIGH;
	for (uint32_t len = 16; len < 16 + sizeof(*head); len++) {
		msg->nlmsg_len = len;
		assert_int_equal(fdb_parse(msg, &entry), -EBADMSG);
	}
	assert_memory_equal(&entry, &before, sizeof(entry));
}

static struct reply_error parse_verdict(const struct verdict *v)
{
	struct datagram d = { 0 };
	struct reply_error error;

	memset(&error, 0xee, sizeof(error));
	assert_int_equal(reply_parse_error(add_verdict(&d, v), &error), 0);
	/* The text is in the datagram, which is freed soon. */
	if (error.text)
		error.text = v->text;
	return error;
}

static void plain_verdicts(void **state)
{
	static const struct verdict rows[] = {
		{ .capped = true },
		{ .echo = 32 },
		{ .error = -EPERM, .echo = 32 },
		{ .error = -EPERM, .echo = 0 },
		{ .error = -EBUSY, .capped = true, .echo = 100 },
		{ .is_done = true },
		{ .is_done = true, .error = -EINVAL },
		{ .error = -4095 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reply_error error = parse_verdict(&rows[i]);

		check(error.error == rows[i].error, "row %zu", i);
		check(!error.text && !error.text_len && !error.offset,
		      "row %zu", i);
	}
}

static void extended_verdicts(void **state)
{
	static const struct verdict rows[] = {
		{ .error = -EINVAL, .echo = 48, .text = "No", .offset = 40 },
		{ .error = -EINVAL, .echo = 49, .text = "No", .offset = 40 },
		{ .error = -EINVAL, .capped = true, .echo = 48, .text = "No" },
		{ .error = -EINVAL, .capped = true, .offset = 36 },
		{ .error = -EINVAL, .echo = 0, .text = "x", .offset = 1 },
		{ .text = "A warning on success", .capped = true },
		{ .is_done = true,
		  .error = -EINVAL,
		  .text = "No",
		  .offset = 20 },
		/* A text without NUL, and an empty one. */
		{ .error = -EINVAL, .text = "abcd", .text_len = 4 },
		{ .error = -EINVAL, .text = "abc", .text_len = 3 },
		{ .error = -EINVAL, .text = "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct reply_error error = parse_verdict(&rows[i]);
		const char *text = rows[i].text;

		check(error.error == rows[i].error, "row %zu", i);
		check(error.text_len == (text ? strlen(text) : 0),
		      "row %zu: text of %zu", i, error.text_len);
		check((error.text != NULL) == (text != NULL), "row %zu", i);
		check(error.offset == rows[i].offset, "row %zu: offset %zu", i,
		      error.offset);
	}
}

static void the_text_itself(void **state)
{
	struct datagram d = { 0 };
	struct reply_error error;

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -EINVAL,
					   .echo = 64,
					   .text = "Invalid\0hidden",
					   .text_len = 15 });
	assert_int_equal(reply_parse_error(&d.first, &error), 0);
	assert_int_equal(error.text_len, 7);
	assert_memory_equal(error.text, "Invalid", 7);
}

/* The flag tells if there are extended attributes; the echoed request is not
 * one. */
static void without_the_flag(void **state)
{
	struct datagram d = { 0 };
	struct reply_error error;

	(void)state;
	add_verdict(&d, &(struct verdict){ .error = -EINVAL,
					   .echo = 48,
					   .text = "No",
					   .offset = 20 });
	d.first.nlmsg_flags = 0;
	assert_int_equal(reply_parse_error(&d.first, &error), 0);
	assert_null(error.text);
	assert_int_equal(error.offset, 0);
}

/* The length in the echoed request can have any value. */
static void hostile_echo(void **state)
{
	static const uint32_t lens[] = {
		0,	    1,		15,	    16,		17,
		63,	    64,		65,	    0x7fffffff, 0x80000000,
		0xfffffff0, 0xfffffffb, 0xfffffffc, 0xfffffffd, 0xffffffff,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lens); i++) {
		struct datagram d = { 0 };
		struct reply_error error;
		struct nlmsgerr *said;

		/* An echo of 48 bytes, and nothing after it. */
		add_verdict(&d, &(struct verdict){ .error = -1, .echo = 48 });
		d.first.nlmsg_flags = NLM_F_ACK_TLVS;
		said = nlmsg_data(&d.first);
		said->msg.nlmsg_len = lens[i];
		assert_int_equal(reply_parse_error(&d.first, &error), 0);
		assert_int_equal(error.error, -1);
		if (lens[i] > 64) {
			check(!error.text && !error.offset,
			      "%#x echoed bytes leave room for words", lens[i]);
		}
	}
}

static void no_verdicts(void **state)
{
	struct datagram d = { 0 };
	struct reply_error error, before;
	int *code;

	(void)state;
	memset(&error, 0xee, sizeof(error));
	before = error;
	add_verdict(&d, &(struct verdict){ .capped = true });
	code = nlmsg_data(&d.first);
	*code = 1;
	assert_int_equal(reply_parse_error(&d.first, &error), -EBADMSG);
	*code = INT32_MAX;
	assert_int_equal(reply_parse_error(&d.first, &error), -EBADMSG);
	*code = 0;
	for (uint32_t len = 16; len < 36; len++) {
		d.first.nlmsg_len = len;
		assert_int_equal(reply_parse_error(&d.first, &error), -EBADMSG);
	}
	d.first.nlmsg_type = NLMSG_DONE;
	for (uint32_t len = 16; len < 20; len++) {
		d.first.nlmsg_len = len;
		assert_int_equal(reply_parse_error(&d.first, &error), -EBADMSG);
	}
	assert_memory_equal(&error, &before, sizeof(error));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("an FDB entry has port, bridge, VLAN, state and times",
		     an_fdb_entry),
		TEST("an FDB entry may be on no bridge", no_bridge),
		TEST("an attribute of a wrong width is EBADMSG",
		     broken_entries),
		TEST("a destination's attribute of a wrong width is EBADMSG",
		     broken_remotes),
		TEST("a VNI's attribute of a wrong width is EBADMSG",
		     broken_vnis),
		TEST("invalid entries are refused, and nothing is written",
		     wrong_entries),
		TEST("acks without a text", plain_verdicts),
		TEST("text and offset are found, capped or not",
		     extended_verdicts),
		TEST("the kernel's text ends at its first NUL",
		     the_text_itself),
		TEST("without the flag there is no text", without_the_flag),
		TEST("an echo longer than the message hides the text",
		     hostile_echo),
		TEST("invalid acks are EBADMSG and write nothing", no_verdicts),
	};

	return run_all(tests);
}
