/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses numbers, times and switches; the whole word must match. */

#include "config.h"

#include "base/num.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_blanks(const char *text)
{
	while (is_blank(*text))
		text++;
	return text;
}

static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned int)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned int)(c - 'A') + 10;
	return UINT_MAX;
}

static unsigned int take_base(const char **text)
{
	const char *at = *text;

	if (at[0] != '0')
		return 10;
	if ((at[1] == 'x' || at[1] == 'X') && digit_value(at[2]) < 16) {
		*text += 2;
		return 16;
	}
	return 8;
}

/*
 * An integer in C notation: decimal, 0x hexadecimal or 0 octal, with a sign and
 * surrounding blanks, as brctl always accepted. Not strtoull(): it takes -1 for
 * its largest number, and makes a process load more of libc than all the code
 * here.
 */
int num_parse(const char *text, uint64_t max, uint64_t *ret_value)
{
	bool negative, too_large = false;
	unsigned int base;
	uint64_t value = 0;

	text = skip_blanks(text);
	negative = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	base = take_base(&text);
	if (digit_value(*text) >= base)
		return -EINVAL;
	for (; digit_value(*text) < base; text++) {
		if (value > (UINT64_MAX - digit_value(*text)) / base)
			too_large = true;
		value = value * base + digit_value(*text);
	}
	if (*skip_blanks(text))
		return -EINVAL;
	if (too_large || value > max || (negative && value))
		return -ERANGE;

	*ret_value = value;
	return 0;
}

/* strtod() in the C locale, whatever the program's locale is. */
static int parse_double(const char *text, char **ret_end, double *ret_value)
{
	locale_t c_locale = newlocale(LC_ALL_MASK, "C", NULL);

	if (!c_locale)
		return -ENOMEM;
	*ret_value = strtod_l(text, ret_end, c_locale);
	freelocale(c_locale);
	return 0;
}

/* The most common form, without the cost of strtod(). */
static bool whole_seconds(const char *text, uint64_t *ret_ticks)
{
	uint64_t seconds = 0;
	size_t len = 0;

	for (; digit_value(text[len]) < 10; len++) {
		if (len == 9)
			return false;
		seconds = seconds * 10 + digit_value(text[len]);
	}
	*ret_ticks = seconds * NUM_TICKS_PER_SECOND;
	return len > 0 && text[len] == '\0';
}

/* Converts the fraction to microseconds, adds "more" microseconds, and
 * truncates to ticks. */
static int parse_ticks(const char *text, double more, uint64_t max,
		       uint64_t *ret_ticks)
{
	double seconds;
	uint64_t whole, ticks;
	char *end;
	int rc;

	if (whole_seconds(text, &ticks))
		goto check;
	rc = parse_double(text, &end, &seconds);
	if (rc < 0)
		return rc;
	if (end == text || *skip_blanks(end) || isnan(seconds))
		return -EINVAL;
	if (seconds < 0 || seconds > UINT32_MAX)
		return -ERANGE;

	whole = (uint64_t)seconds;
	ticks = whole * NUM_TICKS_PER_SECOND +
		(uint64_t)(1e6 * (seconds - (double)whole) + more) /
			(1000000 / NUM_TICKS_PER_SECOND);
check:
	if (ticks > max)
		return -ERANGE;

	*ret_ticks = ticks;
	return 0;
}

/* Seconds with decimals, as ticks: 1.999 is 199 ticks, 8.2 is 820. */
int num_parse_ticks(const char *text, uint64_t max, uint64_t *ret_ticks)
{
	return parse_ticks(text, 0.5, max, ret_ticks);
}

/* Truncates as brctl does: 8.2 has no exact binary representation, and becomes
 * 819 ticks. */
int num_parse_ticks_truncated(const char *text, uint64_t max,
			      uint64_t *ret_ticks)
{
	return parse_ticks(text, 0, max, ret_ticks);
}

int num_parse_switch(const char *text, uint64_t *ret_value)
{
	static const struct {
		const char *word;
		uint64_t value;
	} words[] = {
		{ "on", 1 }, { "off", 0 }, { "yes", 1 },
		{ "no", 0 }, { "1", 1 },   { "0", 0 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i].word) == 0) {
			*ret_value = words[i].value;
			return 0;
		}
	}
	return -EINVAL;
}
