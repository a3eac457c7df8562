/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Encodes and decodes each option, with libnl-3 on the other side. */

#include "unit.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "unit/attrs.h"
#include "unit/options.h"
#include "vbridge.h"
#include "wire/message.h"

#define UNTOUCHED UINT64_C(0xdeadbeefcafe)

struct buffer {
	union {
		struct nlmsghdr head;
		char bytes[128];
	};
};

/* Decodes the bytes without a library. */
static uint64_t decode(const struct known_option *known, const uint8_t *bytes)
{
	uint64_t little = 0, big = 0;
	const uint16_t probe = 1;
	uint32_t bits;

	if (known->form == BIT) {
		memcpy(&bits, bytes, sizeof(bits));
		return bits >> known->bit & 1;
	}
	for (size_t i = 0; i < known->width; i++) {
		big = big << 8 | bytes[i];
		little |= (uint64_t)bytes[i] << 8 * i;
	}
	if (known->form == BIG || *(const uint8_t *)&probe == 0)
		return big;
	return little;
}

/* All options but IPv6 addresses and maps are numbers. */
static bool is_number(const struct known_option *known)
{
	return known->form != MAP && known->width <= 8;
}

/* Encodes a value, also one that the kernel would refuse. */
static int put(const struct known_option *known, uint64_t value,
	       struct buffer *b, size_t size)
{
	struct vbr_option row = *known_row(known);
	struct nlattr *nest;
	int rc;

	row.access = OPTION_READ | OPTION_WRITE;
	message_begin(&b->head, RTM_NEWLINK, 0, 0);
	nest = mnl_attr_nest_start_check(&b->head, size, 0x3000);
	assert_non_null(nest);
	rc = option_put(&b->head, size, nest, &row, value);
	mnl_attr_nest_end(&b->head, nest);
	return rc;
}

static void encode(const struct known_option *known, uint64_t value)
{
	const struct nlattr *nest, *attr;
	const uint8_t *bytes;
	struct buffer b;

	check(put(known, value, &b, sizeof(b)) == 0, "%s = %" PRIu64,
	      known->name, value);
	nest = nlmsg_data(&b.head);
	attr = nla_data(nest);
	assert_true(nla_ok(attr, nla_len(nest)));
	check(attr->nla_type == known->attr, "%s as %d", known->name,
	      attr->nla_type);
	check(nla_len(attr) == known->width, "%s has %d bytes, not %d",
	      known->name, nla_len(attr), known->width);
	bytes = nla_data(attr);
	check(known->form == FLAG || decode(known, bytes) == value,
	      "%s is not %" PRIu64, known->name, value);
	if (known->form == BIT) {
		uint32_t mask = UINT32_C(1) << known->bit;

		assert_memory_equal(bytes + 4, &mask, 4);
	}
	assert_int_equal(b.head.nlmsg_len, 20 + NLMSG_ALIGN(4 + known->width));
}

static void libnl_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const struct vbr_option *row = known_row(known);
		uint64_t max = option_wire_max(row);

		if (!is_number(known))
			continue;
		if (known->form != FLAG)
			encode(known, 0);
		encode(known, row->min);
		encode(known, row->max);
		encode(known, max);
		encode(known, UINT64_C(0x0123456789abcdef) & max);
	}
}

/* Options that are bits of the same attribute become one attribute. */
static void bits_are_merged(void **state)
{
	const uint32_t expected[2] = { 0x10, 0x13 };
	struct nlattr *nest;
	struct buffer b;

	(void)state;
	message_begin(&b.head, RTM_NEWLINK, 0, 0);
	nest = mnl_attr_nest_start_check(&b.head, sizeof(b), 0x3000);
	assert_int_equal(option_put(&b.head, sizeof(b), nest,
				    option_find(VBR_SCOPE_BRIDGE,
						"no_linklocal_learn"),
				    0),
			 0);
	assert_int_equal(option_put(&b.head, sizeof(b), nest,
				    option_find(VBR_SCOPE_BRIDGE, "priority"),
				    7),
			 0);
	assert_int_equal(option_put(&b.head, sizeof(b), nest,
				    option_find(VBR_SCOPE_BRIDGE,
						"fdb_local_vlan_0"),
				    1),
			 0);
	assert_int_equal(option_put(&b.head, sizeof(b), nest,
				    option_find(VBR_SCOPE_BRIDGE,
						"mcast_vlan_snooping"),
				    0),
			 0);
	mnl_attr_nest_end(&b.head, nest);
	assert_int_equal(b.head.nlmsg_len, 20 + 12 + 8);
	assert_memory_equal((const char *)nest + 8, expected, 8);
}

/* Built by libnl-3, between attributes of other options. */
static struct attr_span built(struct buffer *b,
			      const struct known_option *known,
			      const void *bytes, size_t width)
{
	struct nlattr *nest = NULL;

	memset(b, 0, sizeof(*b));
	put_header(b);
	put_u32(&b->head, 0x3ff0, 0x01010101);
	if (known->nest)
		nest = nest_start(&b->head, known->nest);
	put_u32(&b->head, 0x3ff2, 0x01010101);
	if (bytes)
		put_attr(&b->head, known->attr, width, bytes);
	if (nest)
		nest_end(&b->head, nest);
	put_u8(&b->head, 0x3ff1, 1);
	return message_attrs(&b->head, 0);
}

static int read_back(const struct known_option *known, const void *bytes,
		     size_t width, uint64_t *ret_value)
{
	struct buffer b;

	return option_get(built(&b, known, bytes, width), known_row(known),
			  ret_value);
}

static void libnl_writes(void **state)
{
	static const uint8_t bytes[8] = {
		0x80, 1, 2, 0x93, 255, 255, 255, 255
	};
	static const uint8_t ones[8] = {
		255, 255, 255, 255, 255, 255, 255, 255
	};
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];

		if (!is_number(known) || known->form == FLAG)
			continue;
		check(read_back(known, bytes, known->width, &value) == 0, "%s",
		      known->name);
		check(value == decode(known, bytes), "%s is %#" PRIx64,
		      known->name, value);
		assert_int_equal(read_back(known, ones, known->width, &value),
				 0);
		check(value == known_max(known), "%s is %#" PRIx64, known->name,
		      value);
	}
}

/* The mask lacks this bit, so the kernel does not know the option. */
static void unknown_bits(void **state)
{
	uint64_t value = UNTOUCHED;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		uint32_t bits[2] = { UINT32_MAX, ~(UINT32_C(1) << known->bit) };

		if (known->form == BIT)
			assert_int_equal(read_back(known, bits, 8, &value),
					 -ENODATA);
	}
	assert_true(value == UNTOUCHED);
}

static void wrong_widths(void **state)
{
	static const uint8_t bytes[32];

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];

		for (size_t width = 0; width <= 32; width++) {
			uint64_t value = UNTOUCHED;
			int rc = read_back(known, bytes, width, &value);

			if (width == known->width || known->form == MAP)
				continue;
			check(rc == -EBADMSG, "%s of %zu bytes gives %d",
			      known->name, width, rc);
			check(value == UNTOUCHED, "%s", known->name);
		}
	}
}

static void absent(void **state)
{
	uint64_t value = UNTOUCHED;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct vbr_option *row = known_row(&known_options[i]);

		assert_int_equal(read_back(&known_options[i], NULL, 0, &value),
				 -ENODATA);
		assert_int_equal(option_get((struct attr_span){ 0 }, row,
					    &value),
				 -ENODATA);
	}
	assert_true(value == UNTOUCHED);
}

/* A refused value leaves nothing in the message. */
static void refused(const struct known_option *known, uint64_t value,
		    size_t size, int expected)
{
	struct buffer b;
	int rc = put(known, value, &b, size);

	check(rc == expected, "%s = %" PRIu64 " gives %d, not %d", known->name,
	      value, rc, expected);
	assert_int_equal(b.head.nlmsg_len, 20);
}

static void beyond_the_wire(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const struct vbr_option *row = known_row(known);
		uint64_t max = row->type == VBR_OPTION_BOOL ? 1
							    : known_max(known);

		if (!is_number(known))
			continue;
		check(option_wire_max(row) == max, "%s", known->name);
		if (max < UINT64_MAX) {
			refused(known, max + 1, sizeof(struct buffer), -ERANGE);
			refused(known, UINT64_MAX, sizeof(struct buffer),
				-ERANGE);
		}
		refused(known, row->min, 20 + 3 + known->width, -EMSGSIZE);
	}
}

static int put_as_it_is(const struct vbr_option *row, uint64_t value)
{
	struct nlattr *nest;
	struct buffer b;

	message_begin(&b.head, RTM_NEWLINK, 0, 0);
	nest = mnl_attr_nest_start_check(&b.head, sizeof(b), 0x3000);
	return option_put(&b.head, sizeof(b), nest, row, value);
}

static void read_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++)
		if (!known_options[i].settable)
			assert_int_equal(
				put_as_it_is(known_row(&known_options[i]), 0),
				-EACCES);
}

/* Values that the kernel would misinterpret are refused. */
static void strict_ranges(void **state)
{
	size_t strict = 0;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct vbr_option *row = known_row(&known_options[i]);

		if (!(row->access & OPTION_STRICT) && row->wire != WIRE_FLAG)
			continue;
		strict++;
		assert_int_equal(put_as_it_is(row, row->min), 0);
		assert_int_equal(put_as_it_is(row, row->max), 0);
		assert_int_equal(put_as_it_is(row, row->max + 1), -ERANGE);
		if (row->min)
			assert_int_equal(put_as_it_is(row, row->min - 1),
					 -ERANGE);
	}
	assert_true(strict > 5);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("libnl reads each option that the library wrote",
		     libnl_reads),
		TEST("options that are bits share an attribute",
		     bits_are_merged),
		TEST("the library reads each option that libnl wrote",
		     libnl_writes),
		TEST("a bit that the kernel does not know is ENODATA",
		     unknown_bits),
		TEST("an option of a wrong width is EBADMSG", wrong_widths),
		TEST("an option that was not sent is ENODATA", absent),
		TEST("a value too wide for the attribute is ERANGE",
		     beyond_the_wire),
		TEST("a read-only option is EACCES", read_only),
		TEST("a value that the kernel would misread is ERANGE",
		     strict_ranges),
	};

	return run_all(tests);
}
