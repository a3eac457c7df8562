/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names of devices: which the user may give, which can exist, how they are
 * printed. */

#include "unit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/name.h"
#include "vbridge.h"

static void new_names(void **state)
{
	static const struct {
		const char *name;
		int rc;
	} rows[] = {
		{ "a", 0 },
		{ "br0", 0 },
		{ "br%d", 0 },
		{ "...", 0 },
		{ ".a", 0 },
		{ "a.b", 0 },
		{ "-h", 0 },
		{ "a=b", 0 },
		{ "123456789012345", 0 },
		{ "br\xc3\xa4", 0 },
		{ "\xff\xfe", 0 },
		{ "a\"b", 0 },
		{ "a\\b", 0 },
		{ "", -EINVAL },
		{ ".", -EINVAL },
		{ "all", -EINVAL },
		{ "default", -EINVAL },
		{ "all0", 0 },
		{ "..", -EINVAL },
		{ "/", -EINVAL },
		{ "a/b", -EINVAL },
		{ "a:b", -EINVAL },
		{ "a b", -EINVAL },
		{ " a", -EINVAL },
		{ "a ", -EINVAL },
		{ "a\tb", -EINVAL },
		{ "a\nb", -EINVAL },
		{ "a\vb", -EINVAL },
		{ "a\fb", -EINVAL },
		{ "a\rb", -EINVAL },
		{ "a\x01", -EILSEQ },
		{ "\x1b[31m", -EILSEQ },
		{ "a\x1f", -EILSEQ },
		{ "\x7f", -EILSEQ },
		{ "\b", -EILSEQ },
		/* C1 characters as one byte, in UTF-8 and overlong; a mark that
		 * reverses the following text. */
		{ "a\x80", -EILSEQ },
		{ "\x9b"
		  "31m",
		  -EILSEQ },
		{ "\xc2\x9b"
		  "31m",
		  -EILSEQ },
		{ "\xc0\x9b", -EILSEQ },
		{ "a\xe2\x80\xae"
		  "b",
		  -EILSEQ },
		{ "1234567890123456", -ENAMETOOLONG },
		{ "12345678901234567890123456789012", -ENAMETOOLONG },
		/* The first error is reported if there are several. */
		{ "1234567890123456/", -EINVAL },
		{ "\x1b a", -EINVAL },
		{ "1234567890123456\x1b", -EILSEQ },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = name_check_new(rows[i].name);

		check(rc == rows[i].rc, "\"%s\" gives %d, not %d", rows[i].name,
		      rc, rows[i].rc);
	}
}

static void possible_names(void **state)
{
	char longest[129] = "";

	(void)state;
	assert_true(name_can_exist("a"));
	assert_true(name_can_exist("123456789012345"));
	assert_true(name_can_exist("\x1b"));
	assert_false(name_can_exist(""));
	memset(longest, 'x', 127);
	assert_true(name_can_exist(longest));
	longest[127] = 'x';
	assert_false(name_can_exist(longest));
	assert_false(name_is_long("123456789012345"));
	assert_true(name_is_long("1234567890123456"));
	assert_int_equal(NAME_SIZE, 16);
	assert_int_equal(ALTNAME_SIZE, 128);
}

struct shown {
	const char *name, *text;
};

static const struct shown plain[] = {
	{ "", "" },
	{ "br0", "br0" },
	{ " ~", " ~" },
	{ "a\\b", "a\\b" },
	{ "\x01", "\\001" },
	{ "\x1b[0m", "\\033[0m" },
	{ "\n\r\t", "\\012\\015\\011" },
	{ "\x7f", "\\177" },
	{ "a\x1f"
	  "b",
	  "a\\037b" },
};

/* The first and the last character of each length, and around the gaps. */
static const struct shown unicode[] = {
	{ "\xc2\xa0", "\xc2\xa0" },
	{ "\xc3\xa4", "\xc3\xa4" },
	{ "\xdf\xbf", "\xdf\xbf" },
	{ "\xe0\xa0\x80", "\xe0\xa0\x80" },
	{ "\xe2\x82\xac", "\xe2\x82\xac" },
	{ "\xed\x9f\xbf", "\xed\x9f\xbf" },
	{ "\xee\x80\x80", "\xee\x80\x80" },
	{ "\xef\xbf\xbf", "\xef\xbf\xbf" },
	{ "\xf0\x90\x80\x80", "\xf0\x90\x80\x80" },
	{ "\xf0\x9f\x8c\x89", "\xf0\x9f\x8c\x89" },
	{ "\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf" },
};

/* Direction marks, joiners and other characters without width; and the
 * characters just before and after each range of them. */
static const struct shown marks[] = {
	{ "\xe2\x80\x8a", "\xe2\x80\x8a" },
	{ "\xe2\x80\x8b", "\\342\\200\\213" },
	{ "\xe2\x80\x8f", "\\342\\200\\217" },
	{ "\xe2\x80\x90", "\xe2\x80\x90" },
	{ "\xe2\x80\xa7", "\xe2\x80\xa7" },
	{ "\xe2\x80\xa8", "\\342\\200\\250" },
	{ "\xe2\x80\xae", "\\342\\200\\256" },
	{ "\xe2\x80\xaf", "\xe2\x80\xaf" },
	{ "\xe2\x81\x9f", "\xe2\x81\x9f" },
	{ "\xe2\x81\xa0", "\\342\\201\\240" },
	{ "\xe2\x81\xa9", "\\342\\201\\251" },
	{ "\xe2\x81\xaa", "\xe2\x81\xaa" },
	{ "\xef\xbb\xbe", "\xef\xbb\xbe" },
	{ "\xef\xbb\xbf", "\\357\\273\\277" },
	{ "\xef\xbc\x80", "\xef\xbc\x80" },
};

static const struct shown broken[] = {
	/* C1 control characters, which control a terminal as ESC does. */
	{ "\xc2\x80", "\\302\\200" },
	{ "\xc2\x9b", "\\302\\233" },
	{ "\xc2\x9f", "\\302\\237" },
	/* Bytes that cannot start a character. */
	{ "\x80", "\\200" },
	{ "\x9b", "\\233" },
	{ "\xbf", "\\277" },
	{ "\xf8\x88\x80\x80\x80", "\\370\\210\\200\\200\\200" },
	{ "\xfe", "\\376" },
	{ "\xff", "\\377" },
	/* Overlong encodings. */
	{ "\xc0\x80", "\\300\\200" },
	{ "\xc1\xbf", "\\301\\277" },
	{ "\xc0\x9b", "\\300\\233" },
	{ "\xe0\x9f\xbf", "\\340\\237\\277" },
	{ "\xe0\x80\x9b", "\\340\\200\\233" },
	{ "\xf0\x8f\xbf\xbf", "\\360\\217\\277\\277" },
	/* Surrogates, and code points beyond the last. */
	{ "\xed\xa0\x80", "\\355\\240\\200" },
	{ "\xed\xbf\xbf", "\\355\\277\\277" },
	{ "\xf4\x90\x80\x80", "\\364\\220\\200\\200" },
	{ "\xf7\xbf\xbf\xbf", "\\367\\277\\277\\277" },
	/* Truncated characters, at the end and in the middle. */
	{ "\xc3", "\\303" },
	{ "\xe2", "\\342" },
	{ "\xe2\x82", "\\342\\202" },
	{ "\xf0\x9f\x8c", "\\360\\237\\214" },
	{ "\xe2\x82"
	  "a",
	  "\\342\\202a" },
	{ "\xc3\xc3\xa4", "\\303\xc3\xa4" },
	{ "\xf0\x9f\xc3\xa4", "\\360\\237\xc3\xa4" },
	{ "a\xc3\x1b", "a\\303\\033" },
};

static void show_all(const struct shown *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char text[64];
		size_t expected = name_format(rows[i].name, text, sizeof(text));

		check(strcmp(text, rows[i].text) == 0,
		      "row %zu is shown as \"%s\", not as \"%s\"", i, text,
		      rows[i].text);
		check(expected == strlen(rows[i].text),
		      "row %zu wants %zu bytes, not %zu", i, expected,
		      strlen(rows[i].text));
	}
}

static void show_plain(void **state)
{
	(void)state;
	show_all(plain, COUNT(plain));
}

static void show_unicode(void **state)
{
	(void)state;
	show_all(unicode, COUNT(unicode));
}

static void show_marks(void **state)
{
	(void)state;
	show_all(marks, COUNT(marks));
}

static void show_broken(void **state)
{
	(void)state;
	show_all(broken, COUNT(broken));
}

/* Allocates exactly "size" bytes, so that ASan finds one byte too many. */
static void cut(const char *name, const char *whole, const size_t *ends,
		size_t count, size_t size)
{
	char *text = malloc(size);
	size_t kept = 0, expected;

	assert_non_null(text);
	memset(text, 'x', size);
	expected = name_format(name, text, size);
	for (size_t i = 0; i < count; i++)
		if (ends[i] < size)
			kept = ends[i];
	check(expected == strlen(whole), "at %zu it wants %zu", size, expected);
	check(strlen(text) == kept, "at %zu it is cut to \"%s\"", size, text);
	check(memcmp(text, whole, kept) == 0, "at %zu: \"%s\"", size, text);
	free(text);
}

static void cut_everywhere(void **state)
{
	/* One character of each length, and an escape sequence. */
	static const char name[] = "a\xc3\xa4\x1b\xe2\x82\xac\xf0\x9f\x8c\x89z";
	static const char whole[] =
		"a\xc3\xa4\\033\xe2\x82\xac\xf0\x9f\x8c\x89z";
	static const size_t ends[] = { 1, 3, 7, 10, 14, 15 };

	(void)state;
	assert_int_equal(name_format(name, NULL, 0), strlen(whole));
	for (size_t size = 1; size <= sizeof(whole) + 2; size++)
		cut(name, whole, ends, COUNT(ends), size);
}

static void longest(void **state)
{
	char text[VBR_NAME_TEXT_SIZE];
	char name[NAME_SIZE];

	(void)state;
	memset(name, 0x1b, sizeof(name));
	name[NAME_SIZE - 1] = '\0';
	assert_int_equal(vbr_format_name(name, text, sizeof(text)), 60);
	assert_int_equal(strlen(text), 60);
}

/* Only printable characters and valid UTF-8 may reach the terminal. */
static void every_byte(void **state)
{
	(void)state;
	for (unsigned int byte = 1; byte < 256; byte++) {
		char name[2] = { (char)byte, '\0' };
		char text[8];

		name_format(name, text, sizeof(text));
		if (byte >= 0x20 && byte < 0x7f)
			assert_string_equal(text, name);
		else
			assert_int_equal(text[0], '\\');
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a new name is refused for the first reason that applies",
		     new_names),
		TEST("a name of 1 to 15 bytes is valid", possible_names),
		TEST("control characters are shown in octal", show_plain),
		TEST("UTF-8 of each length is shown as it is", show_unicode),
		TEST("invisible format characters are shown in octal",
		     show_marks),
		TEST("broken UTF-8 and C1 controls are shown in octal",
		     show_broken),
		TEST("a text is truncated between characters at every size",
		     cut_everywhere),
		TEST("the longest name fits into VBR_NAME_TEXT_SIZE", longest),
		TEST("each single byte is shown or escaped", every_byte),
	};

	return run_all(tests);
}
