/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints differences: short texts as a whole, and the different lines of
 * states. */
#include <string.h>

#include "conform.h"

enum { LINE_MAX_BYTES = 400, REPORT_MAX = 8000 };

static const char *const side_name[] = { "the reference", "ours" };

/* Shows non-printing bytes, so that every difference is visible. */
static void line_add(struct text *report, const char *mark, const char *line,
		     size_t len)
{
	text_printf(report, "    %s", mark);
	for (size_t i = 0; i < len && i < LINE_MAX_BYTES; i++) {
		unsigned char c = (unsigned char)line[i];

		if (c == '\t')
			text_printf(report, "\\t");
		else if (c == '\\')
			text_printf(report, "\\\\");
		else if (c < ' ' || c >= 0x7f)
			text_printf(report, "\\%03o", c);
		else
			text_add(report, line + i, 1);
	}
	text_printf(report, "\n");
}

static const char *next_line(const char *at, const char *end, size_t *ret_len)
{
	const char *stop = at < end ? memchr(at, '\n', (size_t)(end - at))
				    : NULL;

	*ret_len = (size_t)((stop ? stop : end) - at);
	return stop ? stop + 1 : end;
}

static void lines_add(struct text *report, const struct text *text)
{
	const char *at = text->data, *end = text->data + text->len;

	while (at < end) {
		size_t len;
		const char *next = next_line(at, end, &len);

		line_add(report, "| ", at, len);
		at = next;
	}
	if (text->len && text->data[text->len - 1] != '\n')
		text_printf(report, "    (no newline at its end)\n");
}

static bool has_line(const struct text *text, const char *line, size_t len)
{
	const char *at = text->data, *end = text->data + text->len;

	while (at < end) {
		size_t other;
		const char *next = next_line(at, end, &other);

		if (other == len && !memcmp(at, line, len))
			return true;
		at = next;
	}
	return false;
}

static void missing(struct text *report, const char *mark,
		    const struct text *in, const struct text *from)
{
	const char *at = in->data, *end = in->data + in->len;

	while (at < end) {
		size_t len;
		const char *next = next_line(at, end, &len);

		if (!has_line(from, at, len))
			line_add(report, mark, at, len);
		at = next;
	}
}

/* Of long texts, only the lines that the other text does not have. */
static void report_long(struct text *report, const char *what,
			const struct text *a, const struct text *b)
{
	struct text lines = { 0 };

	text_printf(report, "  %s: - reference or first, + ours or stated\n",
		    what);
	missing(&lines, "- ", a, b);
	missing(&lines, "+ ", b, a);
	text_add(report, lines.data,
		 lines.len > REPORT_MAX ? REPORT_MAX : lines.len);
	text_printf(report, "\n");
	text_free(&lines);
}

void report_text(struct text *report, const char *what, const struct text *a,
		 const struct text *b)
{
	const struct text *text[] = { a, b };

	if (a->len + b->len > REPORT_MAX) {
		report_long(report, what, a, b);
		return;
	}
	for (int i = 0; i < 2; i++) {
		text_printf(report, "  %s of %s%s\n", what, side_name[i],
			    text[i]->len ? ":" : " is empty");
		lines_add(report, text[i]);
	}
}

/* Each line of a state is a fact with its key, so the order has no meaning. */
void report_state(struct text *report, const struct text *a,
		  const struct text *b)
{
	text_printf(report, "  state: - first or reference, + then or ours\n");
	missing(report, "- ", a, b);
	missing(report, "+ ", b, a);
}
