/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines, splits them into words, and has the programs run them; knows no
 * command. */

#include "config.h"

#include "cli/batch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/out.h"
#include "vbridge.h"

/* In bytes, without the newline; brctl(8) documents it. */
#define LINE_MAX_BYTES 65535
/* The words of the longest line, the name of a program, and NULL. */
#define WORDS_MAX (LINE_MAX_BYTES / 2 + 4)

struct batch {
	struct cli *cli;
	const char *name; /* of the file */
	FILE *file;
	unsigned long number; /* of the line */
	const char *problem;  /* why the line cannot be read; untranslated */
	char line[LINE_MAX_BYTES + 1];
	char text[LINE_MAX_BYTES + 1]; /* which the words point to */
	char *words[WORDS_MAX];
};

/* --- lines ---------------------------------------------------------------- */

/* Keeps a line that is too long only as far as there is room. */
static size_t take_bytes(struct batch *batch, int *ret_last)
{
	size_t len = 0;
	int byte;

	while ((byte = getc_unlocked(batch->file)) != EOF && byte != '\n') {
		if (byte == '\0')
			batch->problem = N_("a line must not have a NUL byte");
		else if (len == LINE_MAX_BYTES)
			batch->problem = N_("a line has at most 65535 bytes");
		else
			batch->line[len++] = (char)byte;
	}
	*ret_last = byte;
	return len;
}

/* Returns false at the end of the file. */
static bool read_line(struct batch *batch)
{
	int last;
	size_t len;

	batch->problem = NULL;
	len = take_bytes(batch, &last);
	if (last == EOF && (len == 0 || ferror_unlocked(batch->file)) &&
	    !batch->problem)
		return false;
	if (!batch->problem && len && batch->line[len - 1] == '\r')
		batch->problem = N_("a line must not end with CR LF");
	batch->line[len] = '\0';
	batch->number++;
	return true;
}

/* --- messages ------------------------------------------------------------- */

static void say_line(const struct batch *batch)
{
	FILE *stream = out_stderr();

	fprintf(stream, "%s: ", batch->cli->tool);
	out_name(stream, batch->name);
	fprintf(stream, ":%lu: ", batch->number);
	out_name(stream, batch->line + strspn(batch->line, " \t"));
	fputc('\n', stream);
}

/* "bad" is the character that vbr_split_words() refuses. */
static int refuse_words(const struct cli *cli, char bad)
{
	const char word[] = { bad, '\0' };

	switch (bad) {
	case '\'':
	case '"':
		return cli_bad_word(cli, _("a quote has no end: %s"), word);
	case '\\':
		return cli_bad_word(cli, _("nothing follows the last %s"),
				    word);
	default:
		return cli_bad_word(cli,
				    _("%s means something to a shell, and "
				      "must be quoted"),
				    word);
	}
}

bool batch_refuses_netns(const struct cli *cli)
{
	if (!cli->batch || cli->netns == cli->batch->netns)
		return false;
	cli_message(cli, "%s",
		    _("a batch has one network namespace, which --netns "
		      "before the word batch names"));
	return true;
}

int batch_refuse_word(const struct cli *cli, const char *word)
{
	return cli_bad_word(cli, _("\"%s\" cannot be in a batch"), word);
}

int batch_refuse_empty(const struct cli *cli)
{
	cli_message(cli, "%s", _("a command is missing"));
	return EXIT_FAILURE;
}

/* --- undo ----------------------------------------------------------------- */

struct batch_undo {
	struct vbr_config *before; /* the first change; NULL: there was none */
	bool is_unknown;	   /* it could not be read */
	char *unsaved;		   /* lines that are not undone, or NULL */
};

/* Only --atomic needs it: without it, "rollback" has nothing to undo. */
int batch_begin_change(const struct cli *cli)
{
	const struct cli *batch = cli->batch;

	if (!batch || batch->test || batch->undo->before ||
	    batch->undo->is_unknown)
		return EXIT_SUCCESS;
	if (vbr_config_capture_whole(cli->ctx, &batch->undo->before) == 0)
		return EXIT_SUCCESS;
	batch->undo->is_unknown = true;
	return batch->atomic ? cli_fail(cli) : EXIT_SUCCESS;
}

void batch_note_unsaved(const struct cli *cli, int count, char *const *words)
{
	struct batch_undo *undo = cli->batch ? cli->batch->undo : NULL;
	size_t size = 0;
	FILE *stream;
	char *text;

	if (!undo || cli->batch->test)
		return;
	stream = open_memstream(&text, &size);
	if (!stream)
		return;
	if (undo->unsaved)
		fputs(undo->unsaved, stream);
	for (int i = 0; i < count; i++) {
		out_name(stream, words[i]);
		fputc(i + 1 < count ? ' ' : '\n', stream);
	}
	if (fclose(stream) != 0)
		return;
	free(undo->unsaved);
	undo->unsaved = text;
}

static void undo(const struct batch *batch)
{
	const struct cli *cli = batch->cli;
	struct vbr_config *left;

	if (cli->undo->before &&
	    vbr_config_undo(cli->ctx, cli->undo->before, NULL, &left) < 0) {
		cli_fail(cli);
	} else if (cli->undo->before) {
		cli_message(cli, "%s", _("the batch was undone"));
		cli_message_lines(cli, N_("lost: %.*s"),
				  vbr_config_losses(left));
		vbr_config_free(left);
	}
	if (cli->undo->unsaved)
		cli_message_lines(cli, N_("not undone: %.*s"),
				  cli->undo->unsaved);
}

/*
 * If nothing can be saved here, "rollback" reports it. The guard of --confirm
 * saves its change itself.
 */
static void record(const struct batch *batch)
{
	const struct vbr_config *before = batch->cli->undo->before;
	char *what;

	if ((!before && !batch->cli->undo->is_unknown) || batch->cli->confirm ||
	    asprintf(&what, "batch %s", batch->name) < 0)
		return;
	vbr_guard_record(batch->cli->ctx, what, before);
	free(what);
}

static void end_change(const struct batch *batch, int status)
{
	if (status != EXIT_SUCCESS && batch->cli->atomic)
		undo(batch);
	else
		record(batch);
	vbr_config_free(batch->cli->undo->before);
	free(batch->cli->undo->unsaved);
}

/* --- commands ------------------------------------------------------------- */

static const struct program *find_program(const struct cli *cli,
					  const char *word)
{
	const struct program *const *program = cli->programs;

	while (*program && strcmp((*program)->name, word) != 0)
		program++;
	return *program;
}

/* Each line begins with no options set. */
static int run_words(const struct cli *outer, bool is_dry, int count,
		     char **words)
{
	const struct program *program = find_program(outer, words[1]);
	struct cli cli = {
		.netns = outer->netns,
		.ctx = outer->ctx,
		.programs = outer->programs,
		.batch = outer,
		.dry_run = is_dry,
	};

	/* The name of the program is optional. */
	if (program) {
		words++;
		count--;
	} else {
		program = outer->programs[0];
	}
	words[0] = (char *)program->name;
	cli.tool = program->name;
	return program->run(&cli, count + 1, words);
}

static int run_line(struct batch *batch)
{
	/* The first word is for the name of the program. */
	char **words = batch->words + 1, bad;
	size_t count;

	if (batch->problem) {
		cli_message(batch->cli, "%s", _(batch->problem));
		return EXIT_FAILURE;
	}
	memcpy(batch->text, batch->line, strlen(batch->line) + 1);
	if (vbr_split_words(batch->text, words, &count, &bad) < 0)
		return refuse_words(batch->cli, bad);
	if (count == 0)
		return EXIT_SUCCESS;
	return run_words(batch->cli, false, (int)count, batch->words);
}

/* Whoever reads stdout gets all that a command prints before the next one runs,
 * and before a message names the line. */
static int run_lines(struct batch *batch)
{
	bool goes_on = batch->cli->keep_going || batch->cli->test;
	/* Whoever types the lines sees which one is next. */
	bool is_typed = isatty(fileno(batch->file));
	int status = EXIT_SUCCESS;

	while ((status == EXIT_SUCCESS || goes_on) && read_line(batch)) {
		int rc, error;

		if (!is_typed)
			out_progress_line(batch->cli->tool, batch->number);
		out_stderr_was_used();
		rc = run_line(batch);
		error = cli_flush(batch->cli);
		/* The lines after it are not run. */
		if (error == -EPIPE)
			cli_report_unwritten(batch->cli, EPIPE);
		if (error < 0) {
			goes_on = false;
			rc = EXIT_FAILURE;
		}
		/* Warnings have a line, too. */
		if (out_stderr_was_used() || rc != EXIT_SUCCESS)
			say_line(batch);
		if (rc != EXIT_SUCCESS)
			status = EXIT_FAILURE;
	}
	out_progress_line(batch->cli->tool, 0);
	return status;
}

/* --- files ---------------------------------------------------------------- */

static int run_file(struct batch *batch)
{
	int status = run_lines(batch);

	if (ferror_unlocked(batch->file))
		status = cli_bad_word_why(batch->cli,
					  _("cannot read \"%s\": %s"),
					  batch->name, errno);
	end_change(batch, status);
	return status;
}

int batch_run(struct cli *cli, const char *file)
{
	struct batch *batch = malloc(sizeof(*batch));
	struct batch_undo undo = { 0 };
	bool is_stdin = strcmp(file, "-") == 0;
	int status;

	if (!batch) {
		cli_message(cli, "%s", cli_strerror(ENOMEM));
		return EXIT_FAILURE;
	}
	if (cli->atomic && cli->keep_going) {
		free(batch);
		cli_message(cli, "%s",
			    _("--atomic stops at the first error: it cannot be "
			      "used with --keep-going"));
		return EXIT_FAILURE;
	}
	cli->undo = &undo;
	batch->cli = cli;
	batch->name = file;
	batch->number = 0;
	batch->file = is_stdin ? stdin : fopen(file, "re");
	if (batch->file) {
		out_table();
		status = run_file(batch);
	} else {
		status = cli_bad_word_why(cli, _("cannot open \"%s\": %s"),
					  file, errno);
	}
	if (batch->file && !is_stdin)
		fclose(batch->file);
	free(batch);
	return status;
}

/* --- one line as a dry run ------------------------------------------------ */

/* "words" has room for the name of the program before them. */
static int try_line(const struct cli *cli, char *text, char **words)
{
	struct batch_undo undo = { .is_unknown = true };
	struct cli batch = *cli;
	size_t count;
	int silenced, status;
	char bad;

	if (vbr_split_words(text, words + 1, &count, &bad) < 0)
		return refuse_words(cli, bad);
	if (count == 0)
		return EXIT_SUCCESS;
	batch.undo = &undo;
	silenced = out_silence();
	status = run_words(&batch, true, (int)count, words);
	out_resume(silenced);
	vbr_ctx_set_dry_run(cli->ctx, false);
	free(undo.unsaved);
	return status;
}

int batch_try_line(const struct cli *cli, const char *line)
{
	size_t len = strcspn(line, "\n");
	char *text = strndup(line, len);
	char **words = calloc(len / 2 + 4, sizeof(*words));
	int status;

	if (text && words)
		status = try_line(cli, text, words);
	else
		status = cli_bad_word_why(cli, _("cannot read \"%s\": %s"),
					  line, ENOMEM);
	free(words);
	free(text);
	return status;
}
