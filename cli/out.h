/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Output: names that are safe for terminals, and streams that are checked. */

#ifndef VBR_CLI_OUT_H
#define VBR_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* stderr, which then writes whole lines, so that messages of several tools do
 * not mix. */
FILE *out_stderr(void);

/* On a terminal as stderr, after two seconds of silence: shows how many objects
 * are done. All of them: erases it. */
void out_progress(const char *tool, size_t done, size_t total);

/* Shows the line of a batch that comes next, likewise; 0: the batch has ended. */
void out_progress_line(const char *tool, unsigned long line);

/* Erases that before a command writes to a terminal as stdout. */
void out_stdout(void);

/* The columns that a text of UTF-8 takes. */
size_t out_width(const char *text, size_t len);

/* Whether out_stderr() was called since this was asked last. */
bool out_stderr_was_used(void);

/* Writes a name, which may contain any bytes, without control characters. */
void out_name(FILE *stream, const char *name);

/*
 * Parts of the classic tables, because printf() is the largest cost of a large
 * one. They write at "at", and return the position after it. A number with
 * blanks before it, like "%*u"; ticks as seconds, like "%4u.%.2u".
 */
char *out_number(char *at, uint64_t number, int width);
char *out_ticks(char *at, uint64_t ticks);

/* Enough for either. */
#define OUT_NUMBER_SIZE 24

/* Drops what is written to stdout, until out_resume() gets what this returned. */
int out_silence(void);
void out_resume(int silenced);

/* Prepares stdout for a table, which may be large. */
void out_table(void);

/* Flushes stdout. Returns -1 with errno if output was lost. */
int out_finish(void);

#endif
