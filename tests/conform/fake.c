/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A brctl with one error that the driver must detect: it runs the reference and
 * alters one result. The self-test runs it in place of ours.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conform.h"

static void put(int fd, const struct text *text)
{
	if (text->len && write(fd, text->data, text->len) < 0)
		_exit(99);
}

static void put_words(struct text *text, const char *word)
{
	text_add(text, word, strlen(word));
}

/* A running timer with a very different value of the same width. */
static void slow_timer(struct text *out)
{
	char *at = out->data ? strstr(out->data, "hello timer\t\t   ") : NULL;

	if (!at)
		return;
	at += strlen("hello timer\t\t   ");
	for (const char *digit = "9.87"; *digit; digit++)
		*at++ = *digit;
}

static void change_state(struct tool_run *run)
{
	char *argv[] = { "brctl", "addbr", "surplus", NULL };
	struct text out = { 0 }, err = { 0 };

	tool_run(run, argv, &out, &err);
	text_free(&out);
	text_free(&err);
}

int fake_main(const char *what, char *argv[])
{
	struct tool_run run = { .path = ref_path, .blind = -1 };
	struct text out = { 0 }, err = { 0 };
	int status;

	if (unsetenv("VB_CONFORM_FAKE") || tool_open(&run))
		return 99;
	status = tool_run(&run, argv, &out, &err);
	if (!strcmp(what, "stdout") && out.len)
		out.data[out.len / 2] ^= 1;
	if (!strcmp(what, "newline") && out.len)
		out.len--;
	if (!strcmp(what, "stderr"))
		put_words(&err, "\n");
	if (!strcmp(what, "status"))
		status ^= 1;
	if (!strcmp(what, "state"))
		change_state(&run);
	if (!strcmp(what, "timer"))
		slow_timer(&out);
	if (!strcmp(what, "signal"))
		abort();
	put(1, &out);
	put(2, &err);
	text_free(&out);
	text_free(&err);
	return status;
}
