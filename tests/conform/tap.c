/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Test Anything Protocol: a numbered line for each test, with comments below
 * it. */
#include <stdio.h>
#include <string.h>

#include "conform.h"

static unsigned int tests, failures;

void tap_comment(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		printf("# %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
	fflush(stdout);
}

/* A # in a name would start a directive. */
static void tap_line(const char *verdict, const char *name)
{
	printf("%s %u - ", verdict, ++tests);
	for (; *name; name++)
		putchar(*name == '#' ? '+' : *name);
}

void tap_result(bool ok, const char *name, const struct text *report)
{
	tap_line(ok ? "ok" : "not ok", name);
	putchar('\n');
	failures += !ok;
	if (!ok && report && report->len)
		tap_comment(report->data);
	fflush(stdout);
}

void tap_skip(const char *name, const char *why)
{
	tap_line("ok", name);
	printf(" # SKIP %s\n", why);
	fflush(stdout);
}

int tap_end(void)
{
	printf("1..%u\n", tests);
	if (failures)
		printf("# %u of %u tests failed\n", failures, tests);
	fflush(stdout);
	return !tests || failures ? 1 : 0;
}
