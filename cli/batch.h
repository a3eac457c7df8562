/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Batches: many commands, one a line, in one process. */

#ifndef VBR_CLI_BATCH_H
#define VBR_CLI_BATCH_H

#include <stdbool.h>

struct cli;

/* A program whose commands may stand in a batch. */
struct program {
	const char *name;
	/* Runs a command line; returns its status. The arguments are those of
	 * main(). In a batch, messages about wrong words go to stderr, and no
	 * usage is printed. */
	int (*run)(struct cli *cli, int argc, char **argv);
};

/* Runs the commands of a file, "-": of stdin; returns the status. */
int batch_run(struct cli *cli, const char *file);

/* Runs the first line of a text as a dry run, without its output on stdout;
 * returns the status. */
int batch_try_line(const struct cli *cli, const char *line);

/*
 * Saves the state before a line of a batch changes something; returns the
 * status. Does nothing outside of a batch.
 */
int batch_begin_change(const struct cli *cli);

/* Notes a command whose change cannot be undone. */
void batch_note_unsaved(const struct cli *cli, int count, char *const *words);

/* Whether a line of a batch names a network namespace of its own: says so. */
bool batch_refuses_netns(const struct cli *cli);

/* Says that a word cannot be in a batch; returns the status. */
int batch_refuse_word(const struct cli *cli, const char *word);

/* Says that a line has no command; returns the status. */
int batch_refuse_empty(const struct cli *cli);

#endif
