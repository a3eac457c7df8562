/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes how much is done into one line of a terminal, over and over. */

#include "config.h"

#include "cli/progress.h"

#include <time.h>
#include <unistd.h>

#include "vbridge.h"

/*
 * In milliseconds: the time of silence after which something is shown, and the
 * least time between two updates.
 */
#define SILENCE 2000
#define INTERVAL 250

uint64_t progress_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The clock is read only here, because most commands end before. */
static bool is_due(struct progress *progress)
{
	uint64_t now = progress->now();

	if (progress->due == 0)
		progress->due = now + SILENCE;
	if (now < progress->due)
		return false;
	progress->due = now + INTERVAL;
	return isatty(fileno(progress->stream));
}

static int print(const struct progress *progress, const char *tool, size_t done,
		 size_t total)
{
	if (total && progress->line)
		/* Translators: a line of a batch file, and what it does. */
		return fprintf(progress->stream, _("%s: line %lu: %zu of %zu"),
			       tool, progress->line, done, total);
	if (total)
		return fprintf(progress->stream, _("%s: %zu of %zu"), tool,
			       done, total);
	return fprintf(progress->stream, _("%s: line %lu"), tool,
		       progress->line);
}

void progress_show(struct progress *progress, const char *tool, size_t done,
		   size_t total)
{
	if (!is_due(progress))
		return;
	progress_erase(progress);
	progress->width = print(progress, tool, done, total);
	fflush(progress->stream);
}

/* Blanks, which every terminal understands. */
void progress_erase(struct progress *progress)
{
	if (progress->width <= 0)
		return;
	fprintf(progress->stream, "\r%*s\r", progress->width, "");
	fflush(progress->stream);
	progress->width = 0;
}

void progress_interrupt(struct progress *progress)
{
	progress_erase(progress);
	progress->due = 0;
}
