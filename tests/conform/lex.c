/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Splits a line of a .steps file into words, which are separated by blanks.
 * "..." can contain blanks and the escapes \\ \" \n \t \ooo. # starts a
 * comment, and p{0..3} is four words.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform.h"

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Reads an escape after its backslash; returns its length. */
static size_t lex_escape(const char *c, struct text *word)
{
	char byte = *c;

	if (is_octal(c[0]) && is_octal(c[1]) && is_octal(c[2])) {
		byte = (char)((c[0] - '0') * 64 + (c[1] - '0') * 8 +
			      (c[2] - '0'));
		text_add(word, &byte, 1);
		return 3;
	}
	if (byte == 'n')
		byte = '\n';
	else if (byte == 't')
		byte = '\t';
	else if (byte != '\\' && byte != '"')
		return 0;
	text_add(word, &byte, 1);
	return 1;
}

static const char *lex_quoted(const char *c, struct text *word,
			      const char **ret_error)
{
	while (*c && *c != '"') {
		size_t len;

		if (*c != '\\') {
			text_add(word, c++, 1);
			continue;
		}
		len = lex_escape(c + 1, word);
		if (!len) {
			*ret_error = "unknown escape";
			return NULL;
		}
		c += 1 + len;
	}
	if (!*c) {
		*ret_error = "a quote is left open";
		return NULL;
	}
	return c + 1;
}

/* p{0..3}x: replaced by the words for 0 to 3. */
static void lex_expand(const char *word, struct words *words)
{
	struct text one = { 0 };
	const char *brace = strchr(word, '{');
	int from, to, used = 0;

	if (!brace || sscanf(brace, "{%d..%d}%n", &from, &to, &used) != 2 ||
	    !used) {
		words_add(words, word);
		return;
	}
	for (int i = from; i <= to; i++) {
		one.len = 0;
		text_printf(&one, "%.*s%d%s", (int)(brace - word), word, i,
			    brace + used);
		words_add(words, one.data);
	}
	text_free(&one);
}

/* One word. Returns the rest of the line, or NULL if it is wrong. */
static const char *lex_word(const char *c, struct words *words,
			    const char **ret_error)
{
	struct text word = { 0 };
	bool quoted = false;

	text_add(&word, "", 0);
	while (c && *c && !strchr(" \t\n", *c)) {
		if (*c == '"') {
			quoted = true;
			c = lex_quoted(c + 1, &word, ret_error);
		} else {
			text_add(&word, c++, 1);
		}
	}
	if (c && quoted)
		words_add(words, word.data);
	else if (c)
		lex_expand(word.data, words);
	text_free(&word);
	return c;
}

int lex(const char *line, struct words *ret_words, const char **ret_error)
{
	struct words words = { 0 };
	const char *c = line;

	for (;;) {
		c += strspn(c, " \t\n");
		if (!*c || *c == '#')
			break;
		c = lex_word(c, &words, ret_error);
		if (!c) {
			words_free(&words);
			return -EINVAL;
		}
	}
	*ret_words = words;
	return 0;
}
