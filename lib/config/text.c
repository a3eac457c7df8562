/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A text of command lines that grows; no kernel, no I/O. */

#include "config.h"

#include "config/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 1024

void text_drop(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}

/* Room for so many more bytes and a NUL. */
static bool make_room(struct text *text, size_t more)
{
	size_t room = text->room ? text->room : ROOM_FIRST;
	char *bytes;

	if (text->is_short)
		return false;
	while (room - text->len <= more && room <= SIZE_MAX / 2)
		room *= 2;
	if (room == text->room)
		return true;
	bytes = realloc(text->bytes, room);
	if (!bytes) {
		text->is_short = true;
		return false;
	}
	text->bytes = bytes;
	text->room = room;
	return true;
}

static void put(struct text *text, const char *bytes, size_t size)
{
	if (!make_room(text, size))
		return;
	memcpy(text->bytes + text->len, bytes, size);
	text->len += size;
	text->bytes[text->len] = '\0';
}

void text_put(struct text *text, const char *bytes)
{
	put(text, bytes, strlen(bytes));
}

void text_format(struct text *text, const char *format, ...)
{
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (size < 0 || !make_room(text, (size_t)size))
		return;
	va_start(list, format);
	vsnprintf(text->bytes + text->len, (size_t)size + 1, format, list);
	va_end(list);
	text->len += (size_t)size;
}

/* Not strspn(), which makes a table for each word. */
static bool is_plain(const char *word)
{
	if (!*word)
		return false;
	for (; *word; word++)
		if (!(*word >= 'a' && *word <= 'z') &&
		    !(*word >= 'A' && *word <= 'Z') &&
		    !(*word >= '0' && *word <= '9') &&
		    !strchr("._-+,:/=@%", *word))
			return false;
	return true;
}

void text_word(struct text *text, const char *word)
{
	if (text->len && text->bytes[text->len - 1] != '\n')
		text_put(text, " ");
	if (is_plain(word)) {
		text_put(text, word);
		return;
	}
	text_put(text, "'");
	for (; *word; word++)
		if (*word == '\'')
			text_put(text, "'\\''");
		else
			put(text, word, 1);
	text_put(text, "'");
}

static void put_list(struct text *text, const char *word, va_list list)
{
	for (; word; word = va_arg(list, const char *))
		text_word(text, word);
}

void text_words(struct text *text, const char *word, ...)
{
	va_list list;

	va_start(list, word);
	put_list(text, word, list);
	va_end(list);
}

static bool has_dash(va_list list)
{
	const char *word;

	while ((word = va_arg(list, const char *)))
		if (*word == '-')
			return true;
	return false;
}

void text_begin_list(struct text *text, const char *tool, const char *command,
		     va_list list)
{
	const char *word;
	va_list again;

	text_words(text, tool, command, NULL);
	va_copy(again, list);
	/* vconfig takes options before the command only. */
	if (strcmp(tool, "brctl") == 0 && has_dash(again))
		text_word(text, "--");
	va_end(again);
	word = va_arg(list, const char *);
	put_list(text, word, list);
}

void text_begin(struct text *text, const char *tool, const char *command, ...)
{
	va_list list;

	va_start(list, command);
	text_begin_list(text, tool, command, list);
	va_end(list);
}

void text_line(struct text *text, const char *tool, const char *command, ...)
{
	va_list list;

	va_start(list, command);
	text_begin_list(text, tool, command, list);
	va_end(list);
	text_end(text);
}

void text_end(struct text *text)
{
	text_put(text, "\n");
}

void text_cut(struct text *text, size_t len)
{
	if (len >= text->len)
		return;
	text->len = len;
	text->bytes[len] = '\0';
}
