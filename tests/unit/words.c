/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Splits lines into words, as a shell does. */

#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define MOST 8

/* In "words", each word is followed by a bar. */
static void splits(const char *line, const char *words)
{
	char *list[MOST], text[64], got[64] = "";
	struct split split = { .words = list };

	snprintf(text, sizeof(text), "%s", line);
	check(words_split(text, &split) == SPLIT_DONE, "%s: is refused", line);
	for (int i = 0; i < split.count; i++) {
		strcat(got, split.words[i]);
		strcat(got, "|");
	}
	check(strcmp(got, words) == 0, "%s: %s and not %s", line, got, words);
	assert_null(split.words[split.count]);
}

static void refuses(const char *line, enum split_result why, char bad)
{
	char *list[MOST], text[64];
	struct split split = { .words = list };

	snprintf(text, sizeof(text), "%s", line);
	check(words_split(text, &split) == why, "%s: not refused so", line);
	check(split.bad == bad, "%s: '%c' and not '%c'", line, split.bad, bad);
}

static void plain(void **state)
{
	(void)state;
	splits("", "");
	splits("  \t ", "");
	splits("addbr br0", "addbr|br0|");
	splits("\taddbr \t br0  ", "addbr|br0|");
	splits("a=b c:d,e-f x]{y}~!%^+@", "a=b|c:d,e-f|x]{y}~!%^+@|");
	splits("\xc3\xa4 \xff\x01\x7f", "\xc3\xa4|\xff\x01\x7f|");
	splits("a\rb\vc", "a\rb\vc|");
}

static void comments(void **state)
{
	(void)state;
	splits("#", "");
	splits("  # addbr 'br0", "");
	splits("addbr br0 # ; $x", "addbr|br0|");
	splits("addbr br#0", "addbr|br#0|");
	splits("addbr \\#0 '#1' \"#2\"", "addbr|#0|#1|#2|");
}

static void quoted(void **state)
{
	(void)state;
	splits("'a b' \"c d\" e\\ f", "a b|c d|e f|");
	splits("a'b'\"c\"\\d", "abcd|");
	splits("'' \"\" ''\"\"", "|||");
	splits("'a\\\"$`;' x", "a\\\"$`;|x|");
	splits("\"a'b\\\"\\\\\\$\\`;&|\"", "a'b\"\\$`;&||");
	/* Before other characters, the backslash remains. */
	splits("\"a\\b\\'c\"", "a\\b\\'c|");
	splits("\\'\\\"\\\\\\$\\a", "'\"\\$a|");
}

static void refused(void **state)
{
	static const char special[] = ";&|<>()$`*?[";
	char line[8];

	(void)state;
	refuses("a 'b", SPLIT_OPEN_QUOTE, '\'');
	refuses("a \"b'c'", SPLIT_OPEN_QUOTE, '"');
	refuses("'", SPLIT_OPEN_QUOTE, '\'');
	refuses("\"\\\"", SPLIT_OPEN_QUOTE, '"');
	refuses("\"\\", SPLIT_OPEN_QUOTE, '"');
	refuses("a \\", SPLIT_OPEN_BACKSLASH, '\\');
	for (const char *bad = special; *bad; bad++) {
		snprintf(line, sizeof(line), "a b%c", *bad);
		refuses(line, SPLIT_SPECIAL, *bad);
	}
	refuses("\"a$b\"", SPLIT_SPECIAL, '$');
	refuses("\"`\"", SPLIT_SPECIAL, '`');
	refuses("a ~", SPLIT_SPECIAL, '~');
	splits("a~b '~' '*'", "a~b|~|*|");
}

/* Every byte: alone, between quotes, and after a backslash; each in its own
 * allocation, so that ASan finds reads beyond it. */
static void every_byte(void **state)
{
	static const char *const frames[] = { "%c",	"x%c",	 "'%c'",
					      "\"%c\"", "\\%c",	 "%c%c%c",
					      "'%c",	"\"\\%c" };

	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		for (size_t i = 0; i < COUNT(frames); i++) {
			char *list[MOST], text[16], *line;
			struct split split = { .words = list };
			size_t size;

			size = (size_t)snprintf(text, sizeof(text), frames[i],
						byte, byte, byte) +
			       1;
			line = malloc(size);
			assert_non_null(line);
			memcpy(line, text, size);
			words_split(line, &split);
			for (int k = 0; k < split.count; k++)
				assert_true(strlen(split.words[k]) < size);
			free(line);
		}
	}
}

/* As many words as fit on a line: each has one byte. */
static void many(void **state)
{
	char *line = malloc(65536), **list = malloc(32770 * sizeof(*list));
	struct split split = { .words = list };

	(void)state;
	assert_non_null(line);
	assert_non_null(list);
	for (size_t i = 0; i < 65535; i++)
		line[i] = i % 2 ? ' ' : 'x';
	line[65535] = '\0';
	assert_int_equal(words_split(line, &split), SPLIT_DONE);
	assert_int_equal(split.count, 32768);
	assert_null(list[32768]);
	free(line);
	free(list);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("blanks separate words", plain),
		TEST("a comment starts only where a word could start",
		     comments),
		TEST("quotes and backslashes work as in a shell", quoted),
		TEST("special characters of a shell are refused", refused),
		TEST("every byte, in and out of quotes", every_byte),
		TEST("the longest line, and the most words", many),
	};

	return run_all(tests);
}
