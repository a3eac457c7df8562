/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Guesses which command a misspelt word stands for. */

#include "config.h"

#include "cli/suggest.h"

#include <string.h>

/* Longer words are not typing errors. */
#define WORD_MAX 40

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The number of letters to add, drop, change or swap, to turn one word into the
 * other. */
static size_t distance(const char *a, const char *b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];
	size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t i = 0; i <= a_len; i++)
		d[i][0] = i;
	for (size_t k = 0; k <= b_len; k++)
		d[0][k] = k;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t k = 1; k <= b_len; k++) {
			d[i][k] = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			d[i][k] = least(d[i][k], d[i - 1][k] + 1);
			d[i][k] = least(d[i][k], d[i][k - 1] + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1])
				d[i][k] = least(d[i][k], d[i - 2][k - 2] + 1);
		}
	}
	return d[a_len][b_len];
}

/* "add if" for "addif". */
static int is_joined(const char *name, const char *word, const char *next)
{
	size_t len = strlen(word);

	return next && len && strncmp(name, word, len) == 0 &&
	       strcmp(name + len, next) == 0;
}

/* "add" for "addbr": the "br" is missing. */
static int is_short(const char *name, const char *word)
{
	return is_joined(name, word, "br");
}

/* Accepts one wrong letter in four. */
static const char *nearest(const char *word, const char *(*name_at)(size_t i))
{
	const char *name, *best = NULL;
	size_t limit = (strlen(word) + 1) / 4;

	for (size_t i = 0; (name = name_at(i)); i++) {
		size_t d = distance(word, name);

		if (d && d <= limit) {
			limit = d - 1;
			best = name;
		}
	}
	return best;
}

/* For names with common beginnings, such as options: accepts one wrong letter
 * in four, or a part of the name. */
bool suggest_is_near(const char *word, const char *name)
{
	size_t len = strlen(word);

	if (len > WORD_MAX || strlen(name) > WORD_MAX || len < 3)
		return false;
	return strstr(name, word) || distance(word, name) <= (len + 1) / 4;
}

const char *suggest_command(const char *word, const char *next,
			    const char *(*name_at)(size_t i))
{
	const char *name;

	for (size_t i = 0; (name = name_at(i)); i++)
		if (is_joined(name, word, next))
			return name;
	for (size_t i = 0; (name = name_at(i)); i++)
		if (is_short(name, word))
			return name;
	return strlen(word) > WORD_MAX ? NULL : nearest(word, name_at);
}
