/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Aligns the columns of tables. The rows are kept in memory in place of stdout,
 * so that the functions that print them need no change.
 */

#include "config.h"

#include "cli/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/out.h"
#include "cli/terminal.h"

/* More columns than any table has; the last one takes the rest of a row. */
#define COLUMNS_MAX 16

struct table {
	size_t widths[COLUMNS_MAX]; /* of the columns before a tab */
	size_t terminal;	    /* its width; 0: no limit */
	bool has_colours;
};

/* --- keeping -------------------------------------------------------------- */

int table_begin(void)
{
	int kept, terminal;

	if (!isatty(STDOUT_FILENO))
		return -1;
	fflush(stdout);
	kept = memfd_create("table", MFD_CLOEXEC);
	if (kept < 0)
		return -1;
	terminal = dup(STDOUT_FILENO);
	if (terminal >= 0 && dup2(kept, STDOUT_FILENO) < 0) {
		close(terminal);
		terminal = -1;
	}
	close(kept);
	return terminal;
}

/* Returns the kept text, with a NUL at its end; NULL: there is no memory. */
static char *read_kept(void)
{
	off_t size = lseek(STDOUT_FILENO, 0, SEEK_END);
	char *text = size < 0 ? NULL : malloc((size_t)size + 1);
	ssize_t len;

	if (!text)
		return NULL;
	len = pread(STDOUT_FILENO, text, (size_t)size, 0);
	text[len > 0 ? len : 0] = '\0';
	return text;
}

/* Without memory, the columns are not aligned. */
static void copy_kept(int terminal)
{
	char block[4096];
	off_t at = 0;
	ssize_t len;

	while ((len = pread(STDOUT_FILENO, block, sizeof(block), at)) > 0 &&
	       write(terminal, block, (size_t)len) == len)
		at += len;
}

/* --- columns -------------------------------------------------------------- */

static void measure_row(struct table *table, const char *row, size_t len)
{
	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		const char *tab = memchr(row, '\t', len);
		size_t width;

		if (!tab)
			return;
		width = out_width(row, (size_t)(tab - row));
		if (width > table->widths[i])
			table->widths[i] = width;
		len -= (size_t)(tab - row) + 1;
		row = tab + 1;
	}
}

static void measure(struct table *table, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		measure_row(table, text, len);
		text += len + (text[len] == '\n');
	}
}

/* --- printing ------------------------------------------------------------- */

/* How much of the text fits into so many columns: to its last blank, or else to
 * the end of its first word. */
static size_t fitting(const char *text, size_t len, size_t room)
{
	size_t end = 0;

	for (size_t at = 0; at < len;) {
		const char *blank = memchr(text + at, ' ', len - at);
		size_t next = blank ? (size_t)(blank - text) : len;

		if (end && out_width(text, next) > room)
			return end;
		end = next;
		at = next + 1;
	}
	return end;
}

/* The last column, which starts at "column". */
static void print_rest(const struct table *table, const char *text, size_t len,
		       size_t column)
{
	size_t room = table->terminal > column ? table->terminal - column : 0;

	if (room < table->terminal / 3)
		room = 0;
	while (room && out_width(text, len) > room) {
		size_t part = fitting(text, len, room);

		printf("%.*s", (int)part, text);
		part += part < len;
		text += part;
		len -= part;
		if (len)
			printf("\n%*s", (int)column, "");
	}
	printf("%.*s", (int)len, text);
}

static void print_row(const struct table *table, const char *row, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		const char *tab = memchr(row, '\t', len);
		size_t size, width;

		if (!tab)
			break;
		size = (size_t)(tab - row);
		width = out_width(row, size);
		printf("%.*s%*s", (int)size, row,
		       (int)(table->widths[i] - width + 2), "");
		column += table->widths[i] + 2;
		len -= size + 1;
		row = tab + 1;
	}
	print_rest(table, row, len, column);
}

/* The first row with columns is the heading. */
static void print_rows(const struct table *table, const char *text)
{
	bool is_headed = false;

	while (*text) {
		size_t len = strcspn(text, "\n");
		bool is_heading = table->has_colours && !is_headed &&
				  memchr(text, '\t', len);

		if (is_heading)
			fputs("\033[1m", stdout);
		print_row(table, text, len);
		if (is_heading)
			fputs("\033[0m", stdout);
		is_headed |= is_heading;
		text += len;
		if (*text) {
			putchar('\n');
			text++;
		}
	}
}

void table_end(int terminal)
{
	struct table table = { .widths = { 0 } };
	char *text;

	if (terminal < 0)
		return;
	fflush(stdout);
	text = read_kept();
	if (!text)
		copy_kept(terminal);
	dup2(terminal, STDOUT_FILENO);
	close(terminal);
	if (!text)
		return;
	table.terminal = terminal_width();
	table.has_colours = terminal_has_colours();
	measure(&table, text);
	print_rows(&table, text);
	free(text);
}
