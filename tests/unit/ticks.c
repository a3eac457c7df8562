/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Times as text: seconds to ticks, truncated as in brctl, in any locale. */

#include "unit.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "wire/option-text.h"

#define UNTOUCHED UINT64_C(0xdeadbeefcafe)

static void try(const char *text, uint64_t max, int wanted_rc, uint64_t ticks)
{
	uint64_t value = UNTOUCHED;
	uint64_t expected = wanted_rc ? UNTOUCHED : ticks;
	int rc = num_parse_ticks_truncated(text, max, &value);

	check(rc == wanted_rc, "\"%s\" gives %d, not %d", text, rc, wanted_rc);
	check(value == expected, "\"%s\" is %" PRIu64 " ticks, not %" PRIu64,
	      text, value, expected);
}

struct row {
	const char *text;
	uint64_t ticks;
};

static const struct row times[] = {
	{ "0", 0 },
	{ "1", 100 },
	{ "15", 1500 },
	{ "300", 30000 },
	{ "000", 0 },
	{ "010", 1000 },
	{ "0015", 1500 },
	{ "999999999", UINT64_C(99999999900) },
	{ "1000000000", UINT64_C(100000000000) },
	{ "0000000000015", 1500 },
	{ "4294967295", UINT64_C(429496729500) },
	{ " 15", 1500 },
	{ "15 ", 1500 },
	{ "\t15\n", 1500 },
	{ "+15", 1500 },
	{ "-0", 0 },
	{ "-0.0", 0 },
	{ "+0.5", 50 },
	{ "0.5", 50 },
	{ ".5", 50 },
	{ "5.", 500 },
	{ "5.0", 500 },
	{ "1e3", 100000 },
	{ "1E3", 100000 },
	{ "15e-1", 150 },
	{ "0x10", 1600 },
	{ "0xf", 1500 },
	{ "0x1p4", 1600 },
	{ "0x.8", 50 },
	/* Truncated to microseconds, then to ticks; never rounded. */
	{ "1.999", 199 },
	{ "0.019999", 1 },
	{ "0.009999", 0 },
	{ "0.01", 1 },
	{ "0.29", 29 },
	{ "5.99", 599 },
	{ "4.35", 434 },
	{ "1.1", 110 },
	{ "2.3", 229 },
	{ "8.2", 819 },
	{ "1.15", 114 },
	{ "0.0000001", 0 },
	{ "1e-300", 0 },
	{ "29.99", 2998 },
};

static void known_times(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(times); i++)
		try(times[i].text, UINT64_MAX, 0, times[i].ticks);
}

/* The rule of the documentation, without code of the library. */
static uint64_t by_the_rule(const char *text)
{
	double all = strtod(text, NULL);
	long seconds = (long)all;
	long micro = (long)trunc((all - (double)seconds) * 1e6);

	return (uint64_t)(seconds * 100 + micro / 10000);
}

static void every_millisecond(void **state)
{
	char text[32];

	(void)state;
	for (int ms = 0; ms < 120000; ms++) {
		snprintf(text, sizeof(text), "%d.%03d", ms / 1000, ms % 1000);
		try(text, UINT64_MAX, 0, by_the_rule(text));
	}
}

static void every_hundredth(void **state)
{
	char text[32];

	(void)state;
	for (int cs = 0; cs < 1000000; cs += 7) {
		snprintf(text, sizeof(text), "%d.%02d", cs / 100, cs % 100);
		try(text, UINT64_MAX, 0, by_the_rule(text));
	}
}

/* Each value that is shown can be set again. */
static void every_tick(void **state)
{
	const struct vbr_option *option = option_find(VBR_SCOPE_BRIDGE,
						      "ageing_time");
	char text[VBR_OPTION_TEXT_SIZE];

	(void)state;
	for (uint64_t ticks = 0; ticks < 1000000; ticks++) {
		uint64_t value = UNTOUCHED;

		option_format(option, ticks, text, sizeof(text));
		assert_int_equal(num_parse_ticks(text, ticks, &value), 0);
		check(value == ticks, "\"%s\" is %" PRIu64 " ticks", text,
		      value);
	}
}

static void cut_below_a_tick(void **state)
{
	static const struct row rows[] = {
		{ "1.999", 199 },  { "8.2", 820 },
		{ "0.0099", 0 },   { "42949672.95", UINT32_MAX },
		{ "1e3", 100000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t value = UNTOUCHED;

		assert_int_equal(num_parse_ticks(rows[i].text, UINT32_MAX,
						 &value),
				 0);
		check(value == rows[i].ticks, "\"%s\" is %" PRIu64 " ticks",
		      rows[i].text, value);
	}
}

static void no_times(void **state)
{
	static const char *const texts[] = {
		"",	" ",	  "+",	     "-",      ".",    "+.",
		"x",	"15x",	  "x15",     "15s",    "1,5",  "1.5.5",
		"1 5",	"--1",	  "- 1",     "e3",     "nan",  "NaN",
		"-nan", "nan(1)", "1.5\x01", "15\xa0", "1:00", "0.5 s",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		try(texts[i], UINT64_MAX, -EINVAL, 0);
}

static void too_much(void **state)
{
	static const char *const texts[] = {
		"-1",	       "-0.001",   "-1e-300",	 "-15",
		"-1e300",      "1e300",	   "1e999",	 "inf",
		"-inf",	       "infinity", "4294967296", "99999999999999999999",
		"0x100000000",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		try(texts[i], UINT64_MAX, -ERANGE, 0);
}

static void limits(void **state)
{
	(void)state;
	try("42949672.95", UINT32_MAX, 0, UINT32_MAX);
	try("42949672.96", UINT32_MAX, -ERANGE, 0);
	try("42949673", UINT32_MAX, -ERANGE, 0);
	try("42949672", UINT32_MAX, 0, UINT64_C(4294967200));
	try("15", 1500, 0, 1500);
	try("15", 1499, -ERANGE, 0);
	try("15.0", 1500, 0, 1500);
	try("15.0", 1499, -ERANGE, 0);
	try("0", 0, 0, 0);
	try("0.009", 0, 0, 0);
	try("0.01", 0, -ERANGE, 0);
}

/*
 * LC_NUMERIC of glibc with a decimal comma, in the file format of localedef: a
 * magic number, six items, and their offsets. Built here, because most machines
 * have no such locale installed.
 */
static const unsigned char comma_locale[] = {
	0x14, 0x11, 0x03, 0x20, 6,   0, 0,    0,   0x20, 0,   0,    0, 0x22, 0,
	0,    0,    0x24, 0,	0,   0, 0x28, 0,   0,	 0,   0x2c, 0, 0,    0,
	0x30, 0,    0,	  0,	',', 0, '.',  0,   3,	 3,   0,    0, ',',  0,
	0,    0,    '.',  0,	0,   0, 'U',  'T', 'F',	 '-', '8',  0,
};

static void write_locale(const char *dir)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/comma", dir);
	assert_return_code(mkdir(path, 0700), errno);
	snprintf(path, sizeof(path), "%s/comma/LC_NUMERIC", dir);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(comma_locale, sizeof(comma_locale), 1, file),
			 1);
	assert_int_equal(fclose(file), 0);
}

static void remove_locale(const char *dir)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/comma/LC_NUMERIC", dir);
	assert_return_code(unlink(path), errno);
	snprintf(path, sizeof(path), "%s/comma", dir);
	assert_return_code(rmdir(path), errno);
	assert_return_code(rmdir(dir), errno);
}

static void comma(void **state)
{
	char dir[] = "/tmp/vbridge-locale.XXXXXX";
	bool set;

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_locale(dir);
	setenv("LOCPATH", dir, 1);
	set = setlocale(LC_NUMERIC, "comma") != NULL;
	remove_locale(dir);
	unsetenv("LOCPATH");
	assert_true(set);
	/* Otherwise the test would prove nothing. */
	assert_true(strtod("1,5", NULL) == 1.5);
	assert_true(strtod("1.5", NULL) == 1.0);

	try("1,5", UINT64_MAX, -EINVAL, 0);
	for (size_t i = 0; i < COUNT(times); i++)
		try(times[i].text, UINT64_MAX, 0, times[i].ticks);
	/* The library has not changed the locale. */
	assert_string_equal(setlocale(LC_NUMERIC, NULL), "comma");
	assert_true(strtod("1,5", NULL) == 1.5);
	assert_non_null(setlocale(LC_NUMERIC, "C"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("every tick that is shown can be parsed", every_tick),
		TEST("less than a tick is truncated", cut_below_a_tick),
		TEST("times are truncated as in brctl", known_times),
		TEST("each millisecond of two minutes follows the rule",
		     every_millisecond),
		TEST("hundredths up to 10,000 seconds follow the rule",
		     every_hundredth),
		TEST("invalid times are EINVAL and write nothing", no_times),
		TEST("negative, infinite and huge times are ERANGE", too_much),
		TEST("the limit is accepted, one tick more is ERANGE", limits),
		TEST("a locale with a decimal comma changes nothing", comma),
	};

	return run_all(tests);
}
