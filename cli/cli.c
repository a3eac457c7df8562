/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The start, the end and the messages of a tool. */

#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out.h"
#include "vbridge.h"

#if ENABLE_NLS
static bool wants_translation(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcmp(value, "C") != 0 &&
			       strcmp(value, "POSIX") != 0 &&
			       strcmp(value, "C.UTF-8") != 0;
	}
	return false;
}
#endif

/*
 * Sets only the categories that our messages need: numbers and classic lines
 * stay in the C locale. Skips setlocale() if nothing will be translated,
 * because it is slow.
 */
void cli_choose_language(void)
{
#if ENABLE_NLS
	if (!wants_translation())
		return;
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
#endif
}

bool cli_is_test(const struct cli *cli)
{
	return cli->batch && cli->batch->test;
}

static void show_progress(void *data, size_t done, size_t total)
{
	const struct cli *cli = data;

	out_progress(cli->tool, done, total);
}

int cli_connect(struct cli *cli)
{
	int rc = cli->ctx ? 0 : vbr_ctx_new(cli->netns, &cli->ctx);

	if (rc < 0)
		return rc;
	vbr_ctx_set_dry_run(cli->ctx, cli->dry_run || cli_is_test(cli));
	vbr_ctx_set_progress(cli->ctx, show_progress, cli);
	return 0;
}

void cli_progress(const struct cli *cli, size_t done, size_t total)
{
	if (total < 2)
		return;
	vbr_ctx_set_progress(cli->ctx, done < total ? NULL : show_progress,
			     (void *)cli);
	out_progress(cli->tool, done, total);
}

/* Returns the exit status: output that could not be written is an error. */
int cli_finish(struct cli *cli, int status)
{
#ifdef WITH_SANITIZERS
	/* For leak checks only: at exit the kernel frees it faster. */
	vbr_ctx_unref(cli->ctx);
#endif
	out_progress_line(cli->tool, 0);
	return cli_flush(cli) < 0 ? EXIT_FAILURE : status;
}

void cli_report_unwritten(const struct cli *cli, int error)
{
	cli_message(cli, _("write error: %s"), cli_strerror(error));
}

int cli_flush(const struct cli *cli)
{
	int error;

	if (out_finish() == 0)
		return 0;
	error = errno;
	if (error != EPIPE)
		cli_report_unwritten(cli, error);
	clearerr_unlocked(stdout);
	return -error;
}

static void print_message(const struct cli *cli, const char *name,
			  const char *format, va_list args)
{
	FILE *stream = out_stderr();

	fprintf(stream, "%s: ", cli->tool);
	if (name) {
		out_name(stream, name);
		fputs(": ", stream);
	}
	vfprintf(stream, format, args);
	fputc('\n', stream);
}

void cli_message(const struct cli *cli, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_message(cli, NULL, format, args);
	va_end(args);
}

/* Without memory, returns the truncated form. Only invalid words can be this
 * long. */
static char *shown(const char *word, char *room, size_t size)
{
	size_t wanted = vbr_format_name(word, room, size);
	char *longer = wanted < size ? NULL : malloc(wanted + 1);

	if (longer)
		vbr_format_name(word, longer, wanted + 1);
	return longer ? longer : room;
}

/* Names in them may contain any bytes. */
void cli_message_lines(const struct cli *cli, const char *format,
		       const char *lines)
{
	for (const char *end; *lines; lines = end + 1) {
		char room[VBR_NAME_TEXT_SIZE], *line, *text;

		end = strchr(lines, '\n');
		line = strndup(lines, (size_t)(end - lines));
		text = line ? shown(line, room, sizeof(room)) : NULL;
		if (text)
			cli_message(cli, _(format), (int)strlen(text), text);
		if (text != room)
			free(text);
		free(line);
	}
}

void cli_message_about(const struct cli *cli, const char *name,
		       const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_message(cli, name, format, args);
	va_end(args);
}

int cli_bad_word_why(const struct cli *cli, const char *sentence,
		     const char *word, int error)
{
	char room[VBR_NAME_TEXT_SIZE], *name = shown(word, room, sizeof(room));

	cli_message(cli, sentence, name, cli_strerror(error));
	if (name != room)
		free(name);
	return EXIT_FAILURE;
}

int cli_refuse_connection(const struct cli *cli, int error)
{
	char text[VBR_ERROR_TEXT_SIZE];

	vbr_ctx_new_error(cli->netns, -error, text, sizeof(text));
	cli_message(cli, "%s", text);
	return EXIT_FAILURE;
}

int cli_fail(const struct cli *cli)
{
	cli_message(cli, "%s", vbr_ctx_error(cli->ctx));
	return EXIT_FAILURE;
}

int cli_bad_word(const struct cli *cli, const char *sentence, const char *word)
{
	char room[VBR_NAME_TEXT_SIZE], *name = shown(word, room, sizeof(room));

	cli_message(cli, sentence, name);
	if (name != room)
		free(name);
	return EXIT_FAILURE;
}

void cli_warn_ignored(const struct cli *cli, int count, char *const *words)
{
	for (int i = 0; i < count; i++)
		cli_bad_word(cli, _("ignored: \"%s\""), words[i]);
}

int cli_unchanged(struct cli *cli)
{
	cli->unchanged = true;
	return EXIT_SUCCESS;
}

void cli_report_dry_run(const struct cli *cli, int status, int count,
			char *const *words)
{
	if (!cli->dry_run || cli_is_test(cli) || cli->unchanged ||
	    status != EXIT_SUCCESS)
		return;
	fputs("dry run:", stdout);
	for (int i = 0; i < count; i++) {
		putchar(' ');
		out_name(stdout, words[i]);
	}
	putchar('\n');
}

bool cli_explain(const struct cli *cli)
{
	const char *text = vbr_ctx_kernel_text(cli->ctx);
	bool lacks_capability = vbr_ctx_kernel_errno(cli->ctx) == -EPERM;

	if (text)
		cli_message(cli, _("the kernel says: %s"), text);
	if (lacks_capability)
		cli_message(
			cli, "%s",
			_("this needs the capability CAP_NET_ADMIN (root, or "
			  "root of the network namespace)"));
	return text || lacks_capability;
}

const char *cli_strerror(int error)
{
#if HAVE_STRERRORDESC_NP
	const char *text = strerrordesc_np(error);

	if (text)
		return text;
#endif
	return strerror_l(error, newlocale(LC_ALL_MASK, "C", NULL));
}
