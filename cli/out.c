/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes names and times, and checks that output is written. */

#include "config.h"

#include "cli/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/progress.h"
#include "vbridge.h"

static bool is_used;

static struct progress progress = { .now = progress_clock };

bool out_stderr_was_used(void)
{
	bool was_used = is_used;

	is_used = false;
	return was_used;
}

static FILE *prepare_stderr(void)
{
	static char room[1024];

	if (!progress.stream)
		setvbuf(stderr, room, _IOLBF, sizeof(room));
	progress.stream = stderr;
	return stderr;
}

FILE *out_stderr(void)
{
	is_used = true;
	prepare_stderr();
	progress_interrupt(&progress);
	return stderr;
}

void out_progress(const char *tool, size_t done, size_t total)
{
	prepare_stderr();
	if (total && done == total)
		progress_erase(&progress);
	else
		progress_show(&progress, tool, done, total);
}

void out_progress_line(const char *tool, unsigned long line)
{
	progress.line = line;
	if (line)
		out_progress(tool, 0, 0);
	else
		progress_erase(&progress);
}

void out_stdout(void)
{
	if (progress.due && isatty(STDOUT_FILENO))
		progress_interrupt(&progress);
}

void out_name(FILE *stream, const char *name)
{
	char text[VBR_NAME_TEXT_SIZE], *longer;
	size_t len = vbr_format_name(name, text, sizeof(text));

	if (len < sizeof(text)) {
		fputs(text, stream);
		return;
	}
	longer = malloc(len + 1);
	if (longer)
		vbr_format_name(name, longer, len + 1);
	fputs(longer ? longer : text, stream);
	free(longer);
}

/* Bytes that do not continue a character. */
size_t out_width(const char *text, size_t len)
{
	size_t width = 0;

	for (size_t i = 0; i < len; i++)
		width += ((unsigned char)text[i] & 0xc0) != 0x80;
	return width;
}

char *out_number(char *at, uint64_t number, int width)
{
	char digits[OUT_NUMBER_SIZE];
	int len = 0;

	do {
		digits[len++] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	for (; width > len; width--)
		*at++ = ' ';
	while (len > 0)
		*at++ = digits[--len];
	return at;
}

char *out_ticks(char *at, uint64_t ticks)
{
	unsigned int rest = (unsigned int)(ticks % VBR_TICKS_PER_SECOND);

	at = out_number(at, ticks / VBR_TICKS_PER_SECOND, 4);
	*at++ = '.';
	*at++ = (char)('0' + rest / 10);
	*at++ = (char)('0' + rest % 10);
	return at;
}

int out_silence(void)
{
	int stdout_copy, sink = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fflush(stdout);
	stdout_copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (sink >= 0 && stdout_copy >= 0)
		dup2(sink, STDOUT_FILENO);
	if (sink >= 0)
		close(sink);
	return stdout_copy;
}

void out_resume(int silenced)
{
	fflush(stdout);
	if (silenced < 0)
		return;
	dup2(silenced, STDOUT_FILENO);
	close(silenced);
}

/* To a terminal: line by line, in order with stderr. Otherwise in large
 * blocks. */
void out_table(void)
{
	static char room[65536];
	static bool is_set;

	out_stdout();
	/* In a batch, the buffer may hold output by now. */
	if (is_set)
		return;
	is_set = true;
	if (!isatty(STDOUT_FILENO))
		setvbuf(stdout, room, _IOFBF, sizeof(room));
}

int out_finish(void)
{
	int failed = ferror_unlocked(stdout);

	/* Most commands print nothing, and need not load the code that
	 * writes. */
	if (!failed && __fpending(stdout) == 0)
		return 0;
	errno = failed ? EIO : 0;
	if (fflush(stdout) != 0)
		return -1;
	return failed ? -1 : 0;
}
