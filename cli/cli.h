/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the frontends share: their start and end, and how they speak. */

#ifndef VBR_CLI_CLI_H
#define VBR_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

struct vbr_ctx;

/* One run of a tool. */
struct cli {
	const char *tool;    /* as our own messages begin */
	const char *netns;   /* NULL: the caller's */
	bool json;	     /* instead of text */
	bool long_format;    /* more than the classic columns */
	bool statistics;     /* counters, too */
	bool may_exist;	     /* what is there already is no error */
	bool if_exists;	     /* what is not there is no error */
	bool dry_run;	     /* nothing is changed */
	bool unchanged;	     /* all was as it was to be */
	struct vbr_ctx *ctx; /* NULL until cli_connect() */
};

/* The language of messages, once at a tool's start. */
void cli_choose_language(void);

int cli_connect(struct cli *cli);
int cli_finish(struct cli *cli, int status);

/* Says that the network namespace cannot be entered; the status to return. */
int cli_refuse_netns(const struct cli *cli, int error);

/* What was printed so far goes out; -1, and has said so once, where it
 * cannot. */
int cli_flush(const struct cli *cli);

/* "TOOL: message" on stderr: what the classic tools have no line for. */
void cli_message(const struct cli *cli, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Follows the classic line about an error with what the kernel had to say. */
void cli_explain(const struct cli *cli);

/* Says what the library said; the status to return. */
int cli_fail(const struct cli *cli);

/* Says a sentence about a word that is wrong, which is the %s in it and may be
 * anything; the status to return. */
int cli_bad_word(const struct cli *cli, const char *sentence, const char *word)
	__attribute__((format(printf, 2, 0)));

/* What was asked for is so already; the status to return. */
int cli_unchanged(struct cli *cli);

/* In a dry run: the words of what would have been done, if there was anything
 * to do. */
void cli_report_dry_run(const struct cli *cli, int status, int count,
			char *const *words);

/* An errno's text, never translated: scripts compare it. */
const char *cli_strerror(int error);

#endif
