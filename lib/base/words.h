/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Splits a line into words, as a shell does; no kernel, no I/O. */

#ifndef VBR_BASE_WORDS_H
#define VBR_BASE_WORDS_H

enum split_result {
	SPLIT_DONE,
	SPLIT_OPEN_QUOTE,     /* a quote has no end */
	SPLIT_OPEN_BACKSLASH, /* nothing follows a backslash */
	SPLIT_SPECIAL,	      /* a shell would do more than split words */
};

struct split {
	char **words; /* at least half as many as the line has bytes, plus 2 */
	int count;
	char bad; /* the quote, or the special character */
};

/*
 * Splits a line in place, and puts a NULL after the last word. Blanks separate
 * words; '...', "..." and a backslash quote; "#" begins a comment. In every
 * line that is accepted, a shell would find the same words: characters that are
 * special for a shell must be quoted.
 */
enum split_result words_split(char *line, struct split *split);

#endif
