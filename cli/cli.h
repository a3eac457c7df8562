/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What both tools share: their start, end and messages. */

#ifndef VBR_CLI_CLI_H
#define VBR_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

struct batch_undo;
struct program;
struct vbr_ctx;

/* One run of a tool. */
struct cli {
	const char *tool;    /* prefix of our own messages */
	const char *netns;   /* NULL: the caller's */
	bool json;	     /* JSON instead of text */
	bool long_format;    /* more than the classic columns */
	bool statistics;     /* counters, too */
	bool only_settable;  /* options that can be set */
	bool lists_rules;    /* of check, and looks at nothing */
	const char *rule;    /* of check, to be explained; or NULL */
	bool may_exist;	     /* existing objects are not an error */
	bool if_exists;	     /* missing objects are not an error */
	bool dry_run;	     /* nothing is changed */
	bool keep_going;     /* a batch goes on after an error */
	bool test;	     /* a batch is only checked */
	bool atomic;	     /* a batch is undone after an error */
	bool dot;	     /* a graph for Graphviz instead of text */
	const char *svg;     /* the file for a picture; or NULL */
	bool follow;	     /* a trace goes on at the next bridge */
	bool checks;	     /* a drawing has marks for findings */
	const char *trace;   /* the frame that a drawing follows; or NULL */
	bool force;	     /* done even if something breaks */
	bool exact;	     /* what is not in the file is deleted */
	const char *confirm; /* seconds until a change is undone; or NULL */
	bool openmetrics;    /* counters as OpenMetrics text */
	const char *period;  /* of --interval, in seconds; or NULL */
	const char *wait;    /* how long for devices or frames, in seconds; or
				NULL */
	const char *after;   /* the command whose effect is shown; or NULL */
	const char *difference; /* the file of which it is shown; or NULL */
	bool live;		/* real frames, too */
	bool send;		/* one of them is sent */
	const char *count;	/* how many of them; or NULL */
	bool unchanged;		/* everything was as requested */
	struct vbr_ctx *ctx;	/* NULL until cli_connect() */
	/*
	 * The programs whose commands a batch may have; those of the first need
	 * no name; ends with NULL.
	 */
	const struct program *const *programs;
	const struct cli *batch; /* of which this is a line, or NULL */
	struct batch_undo *undo; /* of a batch, or NULL */
};

/* Sets the language of messages; called once at the start. */
void cli_choose_language(void);

int cli_connect(struct cli *cli);

/*
 * Shows how many objects of a loop are done, on a terminal, if the loop takes
 * long. Until all are done, the calls of the library do not show their own
 * progress.
 */
void cli_progress(const struct cli *cli, size_t done, size_t total);

int cli_finish(struct cli *cli, int status);

/* Whether the line of a batch is only checked: a command returns before it asks
 * the kernel to change anything, and before it prints. */
bool cli_is_test(const struct cli *cli);

/* A name that no device has. The library checks the other words before it looks
 * for a device: if it fails with -ENODEV, they are valid. */
#define NO_DEVICE ""

/* Reports why cli_connect() failed; returns the status. */
int cli_refuse_connection(const struct cli *cli, int error);

/* Flushes stdout. Returns a negative errno if that fails, after one message about
 * it; but not if nobody reads the output any more: -EPIPE. */
int cli_flush(const struct cli *cli);
void cli_report_unwritten(const struct cli *cli, int error);

/* Prints "TOOL: message" on stderr, for what has no line in the classic
 * tools. */
void cli_message(const struct cli *cli, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same for each line of a text, which is "" or ends with a newline: "format"
 * is not translated yet, and has a %.*s. */
void cli_message_lines(const struct cli *cli, const char *format,
		       const char *lines);

/* The same about one of several objects, whose name comes first; NULL: there is
 * only one. */
void cli_message_about(const struct cli *cli, const char *name,
		       const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints the kernel's explanation after the classic line about an error; false:
 * it gave none. */
bool cli_explain(const struct cli *cli);

/* Prints the library's error; returns the status. */
int cli_fail(const struct cli *cli);

/* Prints a sentence about an invalid word, its %s, which may contain any bytes;
 * returns the status. */
int cli_bad_word(const struct cli *cli, const char *sentence, const char *word)
	__attribute__((format(printf, 2, 0)));

/* The same, about a word and the reason of an errno: two %s. */
int cli_bad_word_why(const struct cli *cli, const char *sentence,
		     const char *word, int error)
	__attribute__((format(printf, 2, 0)));

/* Names the words that a classic command ignores. */
void cli_warn_ignored(const struct cli *cli, int count, char *const *words);

/* The state is already as requested; returns the status. */
int cli_unchanged(struct cli *cli);

/*
 * In a dry run, prints the words of the command, if there was anything to do.
 */
void cli_report_dry_run(const struct cli *cli, int status, int count,
			char *const *words);

/* The text of an errno; never translated, because scripts compare it. */
const char *cli_strerror(int error);

#endif
