/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A text of command lines that grows; no kernel, no I/O. */

#ifndef VBR_CONFIG_TEXT_H
#define VBR_CONFIG_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A zeroed text is empty. Without memory it keeps what it has and ignores the
 * rest; "is_short" then stays set. */
struct text {
	char *bytes; /* ends with a NUL; NULL while it is empty */
	size_t len, room;
	bool is_short;
};

void text_drop(struct text *text);

/* Appends bytes as they are. */
void text_put(struct text *text, const char *bytes);
void text_format(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * A line of words, the last of which is NULL here. Words are quoted for a shell
 * where they must be. If a word after the second, which is the command, begins
 * with a dash, brctl gets "--", so that it takes it for no option.
 */
void text_begin(struct text *text, const char *tool, const char *command, ...)
	__attribute__((sentinel));
void text_begin_list(struct text *text, const char *tool, const char *command,
		     va_list list);
/* The same, and nothing after it. */
void text_line(struct text *text, const char *tool, const char *command, ...)
	__attribute__((sentinel));
void text_word(struct text *text, const char *word);
void text_words(struct text *text, const char *word, ...)
	__attribute__((sentinel));
void text_end(struct text *text);

/* Forgets all after the first "len" bytes. */
void text_cut(struct text *text, size_t len);

#endif
