/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The option table: every row against the kernel's own widths, and in both
 * directions with libmnl at the other end. */

#include "unit.h"

#include <errno.h>
#include <inttypes.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "unit/options.h"
#include "vbridge.h"
#include "wire/attr.h"

#define UNTOUCHED UINT64_C(0xdeadbeefcafe)

struct buffer {
	union {
		struct nlmsghdr head;
		char bytes[128];
	};
};

static const struct option_row *row_of(const struct known_option *known)
{
	const struct option_row *row = option_find(known->scope, known->name);

	check(row != NULL, "no option %s", known->name);
	return row;
}

static uint64_t width_max(const struct known_option *known)
{
	return UINT64_MAX >> (64 - 8 * known->width);
}

/* Byte by byte, with no help of the library or libmnl. */
static uint64_t decode(const struct known_option *known, const uint8_t *bytes)
{
	uint64_t little = 0, big = 0;
	const uint16_t probe = 1;

	for (size_t i = 0; i < known->width; i++) {
		big = big << 8 | bytes[i];
		little |= (uint64_t)bytes[i] << 8 * i;
	}
	if (known->big_endian || *(const uint8_t *)&probe == 0)
		return big;
	return little;
}

static void table_is_the_kernels(void **state)
{
	size_t bridges, ports, vlans;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const struct option_row *row = row_of(known);

		check(row->attr == known->attr, "%s is attribute %d",
		      known->name, row->attr);
		check(row->writable == known->writable, "%s", known->name);
		check(option_find_attr(known->scope, known->attr) == row,
		      "attribute %d is not %s", known->attr, known->name);
	}
	option_rows(SCOPE_BRIDGE, &bridges);
	option_rows(SCOPE_PORT, &ports);
	option_rows(SCOPE_VLAN, &vlans);
	assert_int_equal(bridges + ports + vlans, known_count);
}

static void encode(const struct known_option *known, uint64_t value)
{
	/* Those that can only be read have a wire form, too. */
	struct option_row row = *row_of(known);
	struct buffer b;
	const struct nlattr *attr;

	row.writable = true;
	msg_start(&b.head, RTM_NEWLINK, 0, 0);
	assert_int_equal(option_put(&b.head, sizeof(b), &row, value), 0);
	attr = mnl_nlmsg_get_payload(&b.head);
	assert_true(mnl_attr_ok(attr, (int)b.head.nlmsg_len - 16));
	check(attr->nla_type == known->attr, "%s as %d", known->name,
	      attr->nla_type);
	check(mnl_attr_get_payload_len(attr) == known->width,
	      "%s has %d bytes, not %d", known->name,
	      mnl_attr_get_payload_len(attr), known->width);
	check(decode(known, mnl_attr_get_payload(attr)) == value,
	      "%s is not %" PRIu64, known->name, value);
	assert_int_equal(b.head.nlmsg_len, 16 + MNL_ALIGN(4 + known->width));
}

static void libmnl_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		const struct option_row *row = row_of(known);
		uint64_t max = option_wire_max(row);

		encode(known, 0);
		encode(known, row->min);
		encode(known, row->max);
		encode(known, max);
		encode(known, UINT64_C(0x0123456789abcdef) & max);
	}
}

/* Built by libmnl, between attributes that are none of the option. */
static int read_back(const struct known_option *known, const void *bytes,
		     size_t width, uint64_t *ret_value)
{
	struct buffer b = { 0 };
	struct attr_span span;

	mnl_nlmsg_put_header(&b);
	mnl_attr_put_u32(&b.head, 0x3ff0, 0x01010101);
	if (bytes)
		mnl_attr_put(&b.head, known->attr, width, bytes);
	mnl_attr_put_u8(&b.head, 0x3ff1, 1);
	span = msg_attrs(&b.head, 0);
	return option_get(span, row_of(known), ret_value);
}

static void libmnl_writes(void **state)
{
	static const uint8_t bytes[8] = { 0x80, 1, 2, 0x93, 4, 5, 6, 0xf7 };
	static const uint8_t ones[8] = { 255, 255, 255, 255, 255, 255, 255,
					 255 };
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];

		assert_int_equal(read_back(known, bytes, known->width, &value),
				 0);
		check(value == decode(known, bytes), "%s is %#" PRIx64,
		      known->name, value);
		assert_int_equal(read_back(known, ones, known->width, &value),
				 0);
		check(value == width_max(known), "%s is %#" PRIx64,
		      known->name, value);
	}
}

static void wrong_widths(void **state)
{
	static const uint8_t bytes[16];

	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];

		for (size_t width = 0; width <= 16; width++) {
			uint64_t value = UNTOUCHED;
			int rc = read_back(known, bytes, width, &value);

			if (width == known->width)
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
		const struct option_row *row = row_of(&known_options[i]);

		assert_int_equal(read_back(&known_options[i], NULL, 0, &value),
				 -ENODATA);
		assert_int_equal(option_get((struct attr_span){ 0 }, row,
					    &value), -ENODATA);
	}
	assert_true(value == UNTOUCHED);
}

/* Nothing of a refused value is in the message. */
static void refused(const struct option_row *row, uint64_t value, size_t size,
		    int wanted)
{
	struct buffer b;
	int rc;

	msg_start(&b.head, RTM_NEWLINK, 0, 0);
	rc = option_put(&b.head, size, row, value);
	check(rc == wanted, "%s = %" PRIu64 " gives %d, not %d", row->name,
	      value, rc, wanted);
	assert_int_equal(b.head.nlmsg_len, 16);
}

static void beyond_the_wire(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct known_option *known = &known_options[i];
		struct option_row row = *row_of(known);
		uint64_t max = row.unit == UNIT_SWITCH ? 1 : width_max(known);

		row.writable = true;
		check(option_wire_max(&row) == max, "%s", known->name);
		if (max < UINT64_MAX) {
			refused(&row, max + 1, sizeof(struct buffer), -ERANGE);
			refused(&row, UINT64_MAX, sizeof(struct buffer),
				-ERANGE);
		}
		refused(&row, row.min, 16 + 3 + known->width, -EMSGSIZE);
	}
}

static void read_only(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++)
		if (!known_options[i].writable)
			refused(row_of(&known_options[i]), 0,
				sizeof(struct buffer), -EACCES);
}

/* "4.4", or "2.6.25" as it was before 3.0. */
static bool is_version(const char *text)
{
	unsigned int a, b, c;
	char rest;

	return sscanf(text, "%u.%u%c", &a, &b, &rest) == 2 ||
	       sscanf(text, "2.%u.%u%c", &b, &c, &rest) == 2;
}

/* The texts are arrays within the row: one too long would have no NUL, and
 * two rows of a name would hide each other. */
static void well_formed(const struct option_row *row)
{
	check(memchr(row->name, '\0', sizeof(row->name)) != NULL,
	      "%.28s is cut", row->name);
	check(memchr(row->help, '\0', sizeof(row->help)) != NULL,
	      "%s's help is cut", row->name);
	check(memchr(row->since, '\0', sizeof(row->since)) != NULL,
	      "%s's since is cut", row->name);
	check(row->name[0] != '\0' && row->name[strspn(row->name,
	      "abcdefghijklmnopqrstuvwxyz_")] == '\0', "\"%s\"", row->name);
	check(strlen(row->help) > 10, "%s has no help", row->name);
	check(is_version(row->since), "%s is since \"%s\"", row->name,
	      row->since);
	check(row->min <= row->max, "%s", row->name);
	check(row->max <= option_wire_max(row), "%s", row->name);
	check(row->unit != UNIT_SWITCH || row->max == 1, "%s", row->name);
	check((row->unit == UNIT_BRIDGE_ID) == (row->type == OPTION_BRIDGE_ID),
	      "%s", row->name);
}

static void rows_are_well_formed(void **state)
{
	(void)state;
	for (int scope = SCOPE_BRIDGE; scope <= SCOPE_VLAN; scope++) {
		size_t count;
		const struct option_row *rows = option_rows(
			(enum option_scope)scope, &count);

		for (size_t i = 0; i < count; i++) {
			well_formed(&rows[i]);
			for (size_t k = 0; k < i; k++) {
				check(strcmp(rows[i].name, rows[k].name) != 0,
				      "two of %s", rows[i].name);
				check(rows[i].attr != rows[k].attr,
				      "%s and %s are one attribute",
				      rows[i].name, rows[k].name);
			}
		}
	}
}

static void unknown(void **state)
{
	(void)state;
	assert_null(option_find(SCOPE_BRIDGE, "path_cost"));
	assert_null(option_find(SCOPE_PORT, "max_age"));
	assert_null(option_find(SCOPE_BRIDGE, ""));
	assert_null(option_find(SCOPE_BRIDGE, "forward_dela"));
	assert_null(option_find(SCOPE_BRIDGE, "forward_delayy"));
	assert_null(option_find_attr(SCOPE_BRIDGE, 0));
	assert_null(option_find_attr(SCOPE_PORT, 0x3ff0));
}

/* What a time's, a switch's and a number's text may be is known to num.c;
 * here is only which row takes what. */
static void parses_by_unit(void **state)
{
	(void)state;
	for (size_t i = 0; i < known_count; i++) {
		const struct option_row *row = row_of(&known_options[i]);
		uint64_t value = UNTOUCHED;
		int rc = option_parse(row, "0.5", &value);

		check(rc == (row->unit == UNIT_TICKS ? 0 : -EINVAL),
		      "%s = 0.5 gives %d", row->name, rc);
		rc = option_parse(row, "on", &value);
		check(rc == (row->unit == UNIT_SWITCH ? 0 : -EINVAL),
		      "%s = on gives %d", row->name, rc);
		rc = option_parse(row, "-1", &value);
		check(rc == (row->unit == UNIT_SWITCH ? -EINVAL : -ERANGE),
		      "%s = -1 gives %d", row->name, rc);
		assert_int_equal(option_parse(row, "1", &value), 0);
		assert_int_equal(value, row->unit == UNIT_TICKS ? 100 : 1);
	}
	assert_int_equal(VBR_TICKS_PER_SECOND, 100);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("the table has the kernel's attributes, and no others",
		     table_is_the_kernels),
		TEST("libmnl reads each option that the library wrote",
		     libmnl_reads),
		TEST("the library reads each option that libmnl wrote",
		     libmnl_writes),
		TEST("an option of a wrong width is EBADMSG", wrong_widths),
		TEST("an option that was not sent is ENODATA", absent),
		TEST("a value that the wire cannot carry is ERANGE",
		     beyond_the_wire),
		TEST("an option that can only be read is EACCES", read_only),
		TEST("each row is whole, and unique in its scope",
		     rows_are_well_formed),
		TEST("no option has a name that is not in the table", unknown),
		TEST("each option reads text as its unit wants",
		     parses_by_unit),
	};

	return run_all(tests);
}
