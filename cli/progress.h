/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* How much of a long command is done, on a terminal. */

#ifndef VBR_CLI_PROGRESS_H
#define VBR_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* One line on a stream. It begins with these two set, and the rest 0. */
struct progress {
	FILE *stream;
	uint64_t (*now)(void); /* milliseconds */
	unsigned long line;    /* of a batch, or 0 */
	uint64_t due;	       /* when something is shown; 0: not begun */
	int width;	       /* of what is shown; 0: nothing is */
};

/* Milliseconds of a clock that never goes back. */
uint64_t progress_clock(void);

/* Shows how many objects are done, unless something was shown a moment ago or
 * two seconds have not passed yet; only on a terminal. "total": 0 if nothing but
 * the line of the batch is known. */
void progress_show(struct progress *progress, const char *tool, size_t done,
		   size_t total);

/* Erases what is shown: the objects are done. */
void progress_erase(struct progress *progress);

/* The same before other output on the terminal, after which the two seconds
 * begin anew. */
void progress_interrupt(struct progress *progress);

#endif
