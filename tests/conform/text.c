/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Growing bytes and lists of words. Ends the program if there is no memory. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform.h"

void die(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	va_start(args, format);
	printf("Bail out! ");
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	exit(2);
}

void *xalloc(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		die("out of memory");
	return memory;
}

/* Allocates one byte more, so that "data" is also a C string. */
static void text_room(struct text *text, size_t more)
{
	if (text->len + more < text->cap)
		return;
	text->cap = (text->len + more + 1) * 2;
	text->data = xalloc(text->data, text->cap);
}

void text_add(struct text *text, const void *data, size_t len)
{
	text_room(text, len);
	if (len)
		memcpy(text->data + text->len, data, len);
	text->len += len;
	text->data[text->len] = '\0';
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		die("a format of the driver is wrong: %s", format);
	text_room(text, (size_t)len);
	va_start(args, format);
	vsnprintf(text->data + text->len, (size_t)len + 1, format, args);
	va_end(args);
	text->len += (size_t)len;
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

bool text_equal(const struct text *a, const struct text *b)
{
	if (a->len != b->len)
		return false;
	return !a->len || !memcmp(a->data, b->data, a->len);
}

bool text_is(const struct text *text, const char *string)
{
	size_t len = strlen(string);

	if (text->len != len)
		return false;
	return !len || !memcmp(text->data, string, len);
}

static bool word_is_plain(const char *word)
{
	const unsigned char *c = (const unsigned char *)word;

	if (!*c)
		return false;
	for (; *c; c++)
		if (*c <= ' ' || *c >= 0x7f || strchr("\"'\\#{", *c))
			return false;
	return true;
}

/* The reverse of lex(): writes a word as in a .steps file. */
void text_quote(struct text *text, const char *word)
{
	const unsigned char *c = (const unsigned char *)word;

	if (word_is_plain(word)) {
		text_printf(text, "%s", word);
		return;
	}
	text_add(text, "\"", 1);
	for (; *c; c++) {
		if (*c == '"' || *c == '\\')
			text_printf(text, "\\%c", *c);
		else if (*c >= ' ' && *c < 0x7f)
			text_printf(text, "%c", *c);
		else
			text_printf(text, "\\%03o", *c);
	}
	text_add(text, "\"", 1);
}

void words_add(struct words *words, const char *word)
{
	size_t len = strlen(word) + 1;

	words->word = xalloc(words->word,
			     (words->count + 2) * sizeof(*words->word));
	words->word[words->count] = xalloc(NULL, len);
	memcpy(words->word[words->count++], word, len);
	words->word[words->count] = NULL;
}

void words_free(struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
	*words = (struct words){ 0 };
}
