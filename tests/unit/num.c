/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses integers and switches. */

#include "unit.h"

#include <errno.h>
#include <inttypes.h>

#include "base/num.h"

#define UNTOUCHED UINT64_C(0xdeadbeefcafe)

struct row {
	const char *text;
	uint64_t max;
	int rc;
	uint64_t value;
};

static void try(const struct row *row)
{
	uint64_t value = UNTOUCHED;
	uint64_t expected = row->rc ? UNTOUCHED : row->value;
	int rc = num_parse(row->text, row->max, &value);

	check(rc == row->rc, "\"%s\" up to %" PRIu64 " gives %d, not %d",
	      row->text, row->max, rc, row->rc);
	check(value == expected, "\"%s\" is %" PRIu64 ", not %" PRIu64,
	      row->text, value, expected);
}

static void try_all(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		try(&rows[i]);
}

static void notations(void **state)
{
	static const struct row rows[] = {
		{ "0", UINT64_MAX, 0, 0 },
		{ "1", UINT64_MAX, 0, 1 },
		{ "32768", UINT64_MAX, 0, 32768 },
		{ "1234567890", UINT64_MAX, 0, 1234567890 },
		{ "0x0", UINT64_MAX, 0, 0 },
		{ "0x8000", UINT64_MAX, 0, 32768 },
		{ "0X8000", UINT64_MAX, 0, 32768 },
		{ "0xabcdef", UINT64_MAX, 0, 0xabcdef },
		{ "0xABCDEF", UINT64_MAX, 0, 0xabcdef },
		{ "0x00000000000000000001", UINT64_MAX, 0, 1 },
		{ "010", UINT64_MAX, 0, 8 },
		{ "0777", UINT64_MAX, 0, 511 },
		{ "00", UINT64_MAX, 0, 0 },
		{ "0000000000000000000000000000017", UINT64_MAX, 0, 15 },
	};

	(void)state;
	try_all(rows, COUNT(rows));
}

static void blanks_and_signs(void **state)
{
	static const struct row rows[] = {
		{ " 7", UINT64_MAX, 0, 7 },
		{ "7 ", UINT64_MAX, 0, 7 },
		{ " \t\n\v\f\r7\r\f\v\n\t ", UINT64_MAX, 0, 7 },
		{ "+7", UINT64_MAX, 0, 7 },
		{ " +0x7 ", UINT64_MAX, 0, 7 },
		{ "+0", UINT64_MAX, 0, 0 },
		{ "-0", UINT64_MAX, 0, 0 },
		{ "-00", UINT64_MAX, 0, 0 },
		{ "-0x0", UINT64_MAX, 0, 0 },
		{ "-1", UINT64_MAX, -ERANGE, 0 },
		{ " -1 ", UINT64_MAX, -ERANGE, 0 },
		{ "-0x1", UINT64_MAX, -ERANGE, 0 },
		{ "-01", UINT64_MAX, -ERANGE, 0 },
		{ "-18446744073709551615", UINT64_MAX, -ERANGE, 0 },
		{ "-18446744073709551616", UINT64_MAX, -ERANGE, 0 },
	};

	(void)state;
	try_all(rows, COUNT(rows));
}

static void garbage(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"\t",
		"+",
		"-",
		"+-1",
		"-+1",
		"--1",
		"++1",
		"- 1",
		"+ 1",
		"x",
		"abc",
		"0x",
		"0X",
		"0xg",
		"0x-1",
		"-0x",
		"x10",
		"08",
		"09",
		"0778",
		"1 2",
		"1a",
		"0x1g",
		"1.0",
		"1.",
		".1",
		"1e3",
		"1,5",
		"1;",
		"1\x01",
		"\xef\xbc\x91",
		"\2401",
		"1\xa0",
		"inf",
		"nan",
		"0b1",
		"1_000",
		"1'000",
		"0x 1",
		/* Invalid characters are reported before the size. */
		"99999999999999999999x",
		"-1x",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		try(&(struct row){ texts[i], UINT64_MAX, -EINVAL, 0 });
}

static void overflow(void **state)
{
	static const struct row rows[] = {
		{ "18446744073709551615", UINT64_MAX, 0, UINT64_MAX },
		{ "18446744073709551614", UINT64_MAX, 0, UINT64_MAX - 1 },
		{ "18446744073709551616", UINT64_MAX, -ERANGE, 0 },
		{ "18446744073709551617", UINT64_MAX, -ERANGE, 0 },
		{ "18446744073709551620", UINT64_MAX, -ERANGE, 0 },
		{ "36893488147419103232", UINT64_MAX, -ERANGE, 0 },
		{ "184467440737095516160", UINT64_MAX, -ERANGE, 0 },
		{ "0xffffffffffffffff", UINT64_MAX, 0, UINT64_MAX },
		{ "0x10000000000000000", UINT64_MAX, -ERANGE, 0 },
		{ "0x10000000000000001", UINT64_MAX, -ERANGE, 0 },
		{ "01777777777777777777777", UINT64_MAX, 0, UINT64_MAX },
		{ "02000000000000000000000", UINT64_MAX, -ERANGE, 0 },
		{ "02000000000000000000001", UINT64_MAX, -ERANGE, 0 },
		/* Overflows uint64_t to a small number. */
		{ "0x100000000000000000001", 10, -ERANGE, 0 },
		{ "100000000000000000000000000000000000000000", UINT64_MAX,
		  -ERANGE, 0 },
	};

	(void)state;
	try_all(rows, COUNT(rows));
}

static void limits(void **state)
{
	static const struct row rows[] = {
		{ "0", 0, 0, 0 },
		{ "1", 0, -ERANGE, 0 },
		{ "-0", 0, 0, 0 },
		{ "255", 255, 0, 255 },
		{ "256", 255, -ERANGE, 0 },
		{ "65535", UINT16_MAX, 0, UINT16_MAX },
		{ "65536", UINT16_MAX, -ERANGE, 0 },
		{ "0xffff", UINT16_MAX, 0, UINT16_MAX },
		{ "0x10000", UINT16_MAX, -ERANGE, 0 },
		{ "4294967295", UINT32_MAX, 0, UINT32_MAX },
		{ "4294967296", UINT32_MAX, -ERANGE, 0 },
		{ "18446744073709551614", UINT64_MAX - 1, 0, UINT64_MAX - 1 },
		{ "18446744073709551615", UINT64_MAX - 1, -ERANGE, 0 },
	};

	(void)state;
	try_all(rows, COUNT(rows));
}

static void switches(void **state)
{
	static const struct row rows[] = {
		{ "on", 0, 0, 1 },	    { "off", 0, 0, 0 },
		{ "yes", 0, 0, 1 },	    { "no", 0, 0, 0 },
		{ "1", 0, 0, 1 },	    { "0", 0, 0, 0 },
		{ "", 0, -EINVAL, 0 },	    { " ", 0, -EINVAL, 0 },
		{ "o", 0, -EINVAL, 0 },	    { "of", 0, -EINVAL, 0 },
		{ "y", 0, -EINVAL, 0 },	    { "n", 0, -EINVAL, 0 },
		{ "ye", 0, -EINVAL, 0 },    { "On", 0, -EINVAL, 0 },
		{ "OFF", 0, -EINVAL, 0 },   { "Yes", 0, -EINVAL, 0 },
		{ "on ", 0, -EINVAL, 0 },   { " on", 0, -EINVAL, 0 },
		{ "onn", 0, -EINVAL, 0 },   { "2", 0, -EINVAL, 0 },
		{ "01", 0, -EINVAL, 0 },    { "0x1", 0, -EINVAL, 0 },
		{ "-1", 0, -EINVAL, 0 },    { "true", 0, -EINVAL, 0 },
		{ "false", 0, -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t value = UNTOUCHED;
		uint64_t expected = rows[i].rc ? UNTOUCHED : rows[i].value;
		int rc = num_parse_switch(rows[i].text, &value);

		check(rc == rows[i].rc, "\"%s\" gives %d", rows[i].text, rc);
		check(value == expected, "\"%s\" is %" PRIu64, rows[i].text,
		      value);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("decimal, hexadecimal and octal numbers are parsed",
		     notations),
		TEST("blanks and signs around a number are allowed",
		     blanks_and_signs),
		TEST("invalid numbers are EINVAL and write nothing", garbage),
		TEST("2^64 and more is ERANGE in every base", overflow),
		TEST("the limit is accepted, one more is ERANGE", limits),
		TEST("six words are switches, all others are EINVAL", switches),
	};

	return run_all(tests);
}
