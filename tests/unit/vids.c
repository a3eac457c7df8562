/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Sets of VLAN ids: parses them, and iterates over their ranges. */

#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/vids.h"
#include "vbridge.h"

static void sets(void **state)
{
	static const struct {
		const char *text;
		int ids[8]; /* the list ends with -1 */
	} rows[] = {
		{ "10", { 10, -1 } },
		{ "0", { 0, -1 } },
		{ "4094", { 4094, -1 } },
		{ "010", { 10, -1 } },
		{ "20,10", { 10, 20, -1 } },
		{ "3-5", { 3, 4, 5, -1 } },
		{ "5-5", { 5, -1 } },
		{ "1,63-65,4094", { 1, 63, 64, 65, 4094, -1 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vbr_vids *vids;
		int vid = -1;

		check(vbr_vids_parse(rows[i].text, &vids) == 0, "%s",
		      rows[i].text);
		for (size_t k = 0;; k++) {
			vid = vbr_vids_next(vids, vid);
			check(vid == rows[i].ids[k], "%s: %zu is %d",
			      rows[i].text, k, vid);
			if (vid < 0)
				break;
		}
		vbr_vids_free(vids);
	}
}

static void no_sets(void **state)
{
	static const struct {
		const char *text;
		int rc;
	} rows[] = {
		{ "", -EINVAL },       { " ", -EINVAL },
		{ "x", -EINVAL },      { "10x", -EINVAL },
		{ " 10", -EINVAL },    { "10 ", -EINVAL },
		{ "-5", -EINVAL },     { "+5", -EINVAL },
		{ "0x10", -EINVAL },   { ",", -EINVAL },
		{ "1,", -EINVAL },     { ",1", -EINVAL },
		{ "1,,2", -EINVAL },   { "1-", -EINVAL },
		{ "-", -EINVAL },      { "1-2-3", -EINVAL },
		{ "5-3", -EINVAL },    { "4,4", -EINVAL },
		{ "3-5,4", -EINVAL },  { "4095", -ERANGE },
		{ "1-4095", -ERANGE }, { "99999999999999999999", -ERANGE },
		{ "1,4096", -ERANGE }, { "4095x", -EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vbr_vids *vids = (void *)&rows;

		check(vbr_vids_parse(rows[i].text, &vids) == rows[i].rc,
		      "\"%s\"", rows[i].text);
		check(vids == (void *)&rows, "\"%s\" is written", rows[i].text);
	}
}

/* The sentence says what is allowed, and which part is wrong. */
static void sentences(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "a number is missing at the end" },
		{ "1,", "a number is missing at the end" },
		{ "1-", "a number is missing at the end" },
		{ "10x", "\"x\" is not expected" },
		{ " 10", "\" 10\" is not expected" },
		{ "1,,2", "\",2\" is not expected" },
		{ "1-2-3", "\"-3\" is not expected" },
		{ "4095x", "\"x\" is not expected" },
		{ "7,5-3", "5-3 goes downwards" },
		{ "99999-5", "99999-5 goes downwards" },
		{ "4,4", "4 is given twice" },
		{ "3-5,4", "4 is given twice" },
	};
	char text[VBR_ERROR_TEXT_SIZE], expected[VBR_ERROR_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t len = vbr_vids_parse_error(rows[i].text, -EINVAL, text,
						  sizeof(text));

		snprintf(expected, sizeof(expected),
			 "\"%s\" is not a VLAN id, and no set of ids like "
			 "10,20-29: %s",
			 rows[i].text, rows[i].why);
		assert_string_equal(text, expected);
		assert_int_equal(len, strlen(text));
	}
	vbr_vids_parse_error("1-4095", -ERANGE, text, sizeof(text));
	assert_string_equal(text, "\"1-4095\" is out of range: VLAN ids range "
				  "from 0 to 4094");
	vbr_vids_parse_error("10", -ENOMEM, text, sizeof(text));
	assert_string_equal(text, "cannot read the VLAN ids \"10\": Cannot "
				  "allocate memory");
	/* A short buffer never ends with half a character. */
	assert_int_equal(
		vbr_vids_parse_error("\xc3\xa4", -EINVAL, text, 3),
		strlen("\"a\" is not a VLAN id, and no set of ids like "
		       "10,20-29: \"a\" is not expected") +
			2);
	assert_string_equal(text, "\"");
	vbr_vids_parse_error("\033", -EINVAL, text, sizeof(text));
	assert_string_equal(text,
			    "\"\\033\" is not a VLAN id, and no set of ids "
			    "like 10,20-29: \"\\033\" is not expected");
	assert_int_not_equal(vbr_vids_parse_error("x", -EINVAL, NULL, 0), 0);
}

static void all(void **state)
{
	struct vbr_vids *vids;
	int vid = -1;

	(void)state;
	assert_int_equal(vbr_vids_parse("0-4094", &vids), 0);
	for (int expected = 0; expected <= 4094; expected++) {
		vid = vbr_vids_next(vids, vid);
		assert_int_equal(vid, expected);
	}
	assert_int_equal(vbr_vids_next(vids, vid), -1);
	assert_int_equal(vbr_vids_next(vids, 5000), -1);
	assert_int_equal(vbr_vids_next(vids, INT_MAX), -1);
	assert_int_equal(vbr_vids_next(vids, INT_MIN), vbr_vids_next(vids, -1));
	vbr_vids_free(vids);
	vbr_vids_free(NULL);
}

static void made(void **state)
{
	static const struct {
		unsigned int first, last;
		int rc;
	} rows[] = {
		{ 20, 22, 0 },
		{ 5, 5, 0 },
		{ 21, 23, 0 },
		{ 4094, 4094, 0 },
		{ 0, 0, 0 },
		{ 9, 8, -EINVAL },
		{ 4095, 4095, -ERANGE },
		{ 7, 4095, -ERANGE },
		{ 0, UINT_MAX, -ERANGE },
		{ UINT_MAX, 0, -EINVAL },
	};
	static const int expected[] = { 0, 5, 20, 21, 22, 23, 4094, -1 };
	struct vbr_vids *vids;
	int vid = -1;

	(void)state;
	assert_int_equal(vbr_vids_new(&vids), 0);
	assert_int_equal(vbr_vids_next(vids, -1), -1);
	for (size_t i = 0; i < COUNT(rows); i++)
		check(vbr_vids_add(vids, rows[i].first, rows[i].last) ==
			      rows[i].rc,
		      "%u to %u", rows[i].first, rows[i].last);
	for (size_t i = 0; i < COUNT(expected); i++) {
		vid = vbr_vids_next(vids, vid);
		assert_int_equal(vid, expected[i]);
	}
	vbr_vids_free(vids);
}

/* Ranges of consecutive ids, also across the words of the bitmap. */
static void runs(void **state)
{
	static const struct {
		const char *text;
		int runs[5][2]; /* first and last; the list ends with -1 */
		size_t count;
	} rows[] = {
		{ "0", { { 0, 0 }, { -1 } }, 1 },
		{ "0-4094", { { 0, 4094 }, { -1 } }, 4095 },
		{ "2-4094", { { 2, 4094 }, { -1 } }, 4093 },
		{ "1,3,5", { { 1, 1 }, { 3, 3 }, { 5, 5 }, { -1 } }, 3 },
		{ "12,11,10", { { 10, 12 }, { -1 } }, 3 },
		{ "60-63,64-70,128", { { 60, 70 }, { 128, 128 }, { -1 } }, 12 },
		{ "63,65,4094",
		  { { 63, 63 }, { 65, 65 }, { 4094, 4094 }, { -1 } },
		  3 },
		{ "1,3-5,7-4093",
		  { { 1, 1 }, { 3, 5 }, { 7, 4093 }, { -1 } },
		  4091 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vids_fault fault;
		struct vbr_vids vids;
		int first, last = -1;

		assert_int_equal(vids_parse(rows[i].text, &vids, &fault), 0);
		assert_int_equal(vids_count(&vids), rows[i].count);
		for (size_t k = 0;; k++) {
			first = vids_next_run(&vids, last, &last);
			check(first == rows[i].runs[k][0],
			      "%s: run %zu "
			      "begins at %d",
			      rows[i].text, k, first);
			if (first < 0)
				break;
			check(last == rows[i].runs[k][1],
			      "%s: run %zu ends "
			      "at %d",
			      rows[i].text, k, last);
		}
	}
}

static void no_runs(void **state)
{
	struct vbr_vids vids = { 0 };
	int last = 4711;

	(void)state;
	assert_int_equal(vids_count(&vids), 0);
	assert_int_equal(vids_next_run(&vids, -1, &last), -1);
	assert_int_equal(last, 4711);
	vids_add(&vids, 4094);
	assert_true(vids_has(&vids, 4094));
	assert_false(vids_has(&vids, 4093));
	assert_int_equal(vids_next_run(&vids, 4093, &last), 4094);
	assert_int_equal(last, 4094);
	assert_int_equal(vids_next_run(&vids, 4094, &last), -1);
	assert_int_equal(last, 4094);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("numbers and ranges make a set", sets),
		TEST("invalid sets are refused, and nothing is written",
		     no_sets),
		TEST("the sentence names the wrong part", sentences),
		TEST("a set is built from ranges, or refuses them", made),
		TEST("the largest set has 4095 ids", all),
		TEST("consecutive ids are one range", runs),
		TEST("after the last range, nothing is written", no_runs),
	};

	return run_all(tests);
}
