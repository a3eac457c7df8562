/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Splits a line into words, as a shell does; knows nothing of commands. */

#include "config.h"

#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A word is never longer than what it is read from, so it is written over
 * it. */
struct cursor {
	const char *at;
	char *out;
	char bad;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static enum split_result refuse(struct cursor *cursor, char bad,
				enum split_result why)
{
	cursor->bad = bad;
	return why;
}

static enum split_result take_single(struct cursor *cursor)
{
	while (*cursor->at != '\'') {
		if (!*cursor->at)
			return refuse(cursor, '\'', SPLIT_OPEN_QUOTE);
		*cursor->out++ = *cursor->at++;
	}
	cursor->at++;
	return SPLIT_DONE;
}

/* Between double quotes a backslash quotes only what is special there. */
static enum split_result take_double(struct cursor *cursor)
{
	for (; *cursor->at != '"'; *cursor->out++ = *cursor->at++) {
		if (!*cursor->at)
			return refuse(cursor, '"', SPLIT_OPEN_QUOTE);
		if (strchr("$`", *cursor->at))
			return refuse(cursor, *cursor->at, SPLIT_SPECIAL);
		if (*cursor->at == '\\' && cursor->at[1] &&
		    strchr("$`\"\\", cursor->at[1]))
			cursor->at++;
	}
	cursor->at++;
	return SPLIT_DONE;
}

static enum split_result take_escaped(struct cursor *cursor)
{
	if (!*cursor->at)
		return refuse(cursor, '\\', SPLIT_OPEN_BACKSLASH);
	*cursor->out++ = *cursor->at++;
	return SPLIT_DONE;
}

/* Most characters of a configuration need no quotes. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ':';
}

static enum split_result take_piece(struct cursor *cursor)
{
	char c = *cursor->at++;

	if (c == '\'')
		return take_single(cursor);
	if (c == '"')
		return take_double(cursor);
	if (c == '\\')
		return take_escaped(cursor);
	if (!is_plain(c) && strchr(";&|<>()$`*?[", c))
		return refuse(cursor, c, SPLIT_SPECIAL);
	*cursor->out++ = c;
	return SPLIT_DONE;
}

static enum split_result take_word(struct cursor *cursor)
{
	enum split_result result = SPLIT_DONE;

	/* A shell takes it for a home directory. */
	if (*cursor->at == '~')
		return refuse(cursor, '~', SPLIT_SPECIAL);
	while (result == SPLIT_DONE && *cursor->at && !is_blank(*cursor->at))
		result = take_piece(cursor);
	/* The NUL may replace the blank. */
	if (*cursor->at)
		cursor->at++;
	*cursor->out++ = '\0';
	return result;
}

enum split_result words_split(char *line, struct split *split)
{
	struct cursor cursor = { line, line, '\0' };
	enum split_result result = SPLIT_DONE;

	split->count = 0;
	while (result == SPLIT_DONE) {
		while (is_blank(*cursor.at))
			cursor.at++;
		if (!*cursor.at || *cursor.at == '#')
			break;
		split->words[split->count++] = cursor.out;
		result = take_word(&cursor);
	}
	split->words[split->count] = NULL;
	split->bad = cursor.bad;
	return result;
}
