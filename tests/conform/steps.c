/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Reads .steps files: sections that start with "test", with one step on each
 * line. Indented lines state the results of a step. README.md has the whole
 * language.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform.h"

struct reader {
	const char *file;
	size_t line;
	struct script script;
	const char *error;
};

static const struct {
	const char *word;
	unsigned int mode;
} mode_word[] = {
	{ "blind", MODE_BLIND },   { "blind-ours", MODE_BLIND_OURS },
	{ "poor", MODE_POOR },	   { "quiet", MODE_QUIET },
	{ "member", MODE_MEMBER }, { "try", MODE_TRY },
};

static char *copy(const char *string)
{
	size_t len = strlen(string) + 1;

	return memcpy(xalloc(NULL, len), string, len);
}

static int wrong(struct reader *reader, const char *why)
{
	reader->error = why;
	return -EINVAL;
}

static unsigned int mode_of(const char *word)
{
	for (size_t i = 0; i < sizeof(mode_word) / sizeof(*mode_word); i++)
		if (!strcmp(word, mode_word[i].word))
			return mode_word[i].mode;
	return 0;
}

/* "differs(RULE)" and "refuses(RULE)": sets the kind of the step and its
 * rule. */
static bool kind_with_rule(const char *word, struct step *step)
{
	size_t len = strlen(word);

	if (!strncmp(word, "differs(", 8))
		step->kind = STEP_DIFFERS;
	else if (!strncmp(word, "refuses(", 8))
		step->kind = STEP_REFUSES;
	else
		return false;
	step->rule = copy(word + 8);
	step->rule[len - 9] = '\0';
	return true;
}

static bool is_brctl(enum step_kind kind)
{
	return kind != STEP_ENV;
}

/* The words before "brctl" tell how it is run. */
static size_t step_prefix(const struct words *words, struct step *step)
{
	size_t i;

	for (i = 0; i < words->count; i++) {
		const char *word = words->word[i];
		unsigned int mode = mode_of(word);

		step->mode |= mode;
		if (!strcmp(word, "ours"))
			step->kind = STEP_OURS;
		else if (!strcmp(word, "ref"))
			step->kind = STEP_REF;
		else if (!mode && !kind_with_rule(word, step))
			break;
	}
	return i;
}

static int step_add(struct reader *reader, const struct words *words,
		    const char *source)
{
	struct section *section;
	struct step step = { .line = reader->line };
	size_t at = step_prefix(words, &step);

	if (!reader->script.count)
		return wrong(reader, "a step before the first test");
	if (at == words->count)
		return wrong(reader, "a step without a command");
	if (!strcmp(words->word[at], "brctl"))
		;
	else if (step.kind == STEP_BOTH)
		step.kind = STEP_ENV;
	else
		return wrong(reader, "brctl is expected here");
	if (step.rule && !rule_known(step.rule))
		return wrong(reader, "no such intended difference");
	for (; at < words->count; at++)
		words_add(&step.argv, words->word[at]);
	step.source = copy(source);
	section = &reader->script.section[reader->script.count - 1];
	section->step = xalloc(section->step,
			       (section->count + 1) * sizeof(*section->step));
	section->step[section->count++] = step;
	return 0;
}

static struct step *last_step(struct reader *reader)
{
	struct section *section;

	if (!reader->script.count)
		return NULL;
	section = &reader->script.section[reader->script.count - 1];
	return section->count ? &section->step[section->count - 1] : NULL;
}

static int side_of(const char *word)
{
	static const char *const side[SIDES] = { "ref", "ours", "both" };

	for (int i = 0; i < SIDES; i++)
		if (!strcmp(word, side[i]))
			return i;
	return -1;
}

static void rest_of(const struct words *words, size_t from,
		    struct words *ret_words)
{
	words_free(ret_words);
	for (size_t i = from; i < words->count; i++)
		words_add(ret_words, words->word[i]);
}

static int expect_fill(struct reader *reader, struct expect *expect,
		       const struct words *words)
{
	const char *what = words->word[1];

	if (!strcmp(what, "changes")) {
		expect->changes = true;
	} else if (!strcmp(what, "exit") && words->count == 3) {
		expect->has_status = true;
		expect->status = atoi(words->word[2]);
	} else if (!strcmp(what, "stdout")) {
		expect->has_out = true;
		rest_of(words, 2, &expect->out);
	} else if (!strcmp(what, "stdout-like")) {
		expect->has_out = true;
		expect->like_out = true;
		rest_of(words, 2, &expect->out);
	} else if (!strcmp(what, "stderr")) {
		expect->has_err = true;
		rest_of(words, 2, &expect->err);
	} else {
		return wrong(reader, "unknown word in what a step states");
	}
	return 0;
}

static int expect_add(struct reader *reader, const struct words *words)
{
	struct step *step = last_step(reader);
	int side = side_of(words->word[0]);

	if (!step || !is_brctl(step->kind))
		return wrong(reader, "there is no brctl step above this line");
	if (side < 0 || words->count < 2)
		return wrong(reader, "ref, ours or both is expected here");
	if ((side == SIDE_BOTH) != (step->kind == STEP_BOTH) &&
	    step->kind != STEP_REFUSES)
		return wrong(reader, "stated for the wrong side");
	return expect_fill(reader, &step->expect[side], words);
}

/* A step with an intended difference must state the results of both sides. */
static int step_done(struct reader *reader)
{
	const struct step *step = last_step(reader);
	const struct expect *ours;

	if (!step || step->kind != STEP_DIFFERS)
		return 0;
	ours = &step->expect[SIDE_OURS];
	if (!step->expect[SIDE_REF].has_status || !ours->has_status)
		return wrong(reader, "the difference above does not state "
				     "both exit statuses");
	return 0;
}

static int section_add(struct reader *reader, const char *name)
{
	struct script *script = &reader->script;

	script->section = xalloc(script->section,
				 (script->count + 1) *
					 sizeof(*script->section));
	script->section[script->count++] = (struct section){
		.name = copy(name),
		.file = copy(reader->file),
		.line = reader->line,
	};
	return 0;
}

static int line_words(struct reader *reader, const char *line,
		      const struct words *words)
{
	int err = 0;

	if (!words->count)
		return 0;
	if (*line == '\t')
		return expect_add(reader, words);
	err = step_done(reader);
	if (err)
		return err;
	if (strcmp(words->word[0], "need"))
		return step_add(reader, words, line);
	if (!reader->script.count || words->count != 2)
		return wrong(reader, "need stands in a test, with one word");
	words_add(&reader->script.section[reader->script.count - 1].needs,
		  words->word[1]);
	return 0;
}

static int line_read(struct reader *reader, const char *line)
{
	struct words words = { 0 };
	int err;

	if (!strncmp(line, "test ", 5)) {
		err = step_done(reader);
		return err ? err : section_add(reader, line + 5);
	}
	err = lex(line, &words, &reader->error);
	if (!err)
		err = line_words(reader, line, &words);
	words_free(&words);
	return err;
}

int script_parse(const char *file, char *text, struct script *ret_script)
{
	struct reader reader = { .file = file };
	char *line, *rest = text;
	int err = 0;

	while (!err && (line = strsep(&rest, "\n"))) {
		reader.line++;
		err = line_read(&reader, line);
	}
	if (!err)
		err = step_done(&reader);
	if (err)
		die("%s:%zu: %s", file, reader.line, reader.error);
	*ret_script = reader.script;
	return 0;
}

int script_read(const char *path, struct script *ret_script)
{
	char *text = file_read(path);
	int err;

	if (!text)
		return -errno;
	err = script_parse(path, text, ret_script);
	free(text);
	return err;
}

static void section_free(struct section *section)
{
	for (size_t i = 0; i < section->count; i++) {
		struct step *step = &section->step[i];

		for (int side = 0; side < SIDES; side++) {
			words_free(&step->expect[side].out);
			words_free(&step->expect[side].err);
		}
		words_free(&step->argv);
		free(step->source);
		free(step->rule);
	}
	words_free(&section->needs);
	free(section->step);
	free(section->name);
	free(section->file);
}

void script_free(struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		section_free(&script->section[i]);
	free(script->section);
	*script = (struct script){ 0 };
}
