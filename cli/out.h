/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Output: names made safe for terminals, and streams that are checked. */

#ifndef VBR_CLI_OUT_H
#define VBR_CLI_OUT_H

#include <stdint.h>
#include <stdio.h>

/* Stderr, made to write whole lines: what several tools say at once stays
 * apart. */
FILE *out_stderr(void);

/* Writes a name, which may be any text, without control characters. */
void out_name(FILE *stream, const char *name);

/*
 * What the classic tables are made of, for printf() is the greatest cost of a
 * large one: these write at "at", and return where the next may. A number
 * with blanks before it, like "%*u"; ticks as seconds, like "%4u.%.2u".
 */
char *out_number(char *at, uint64_t number, int width);
char *out_ticks(char *at, uint64_t ticks);

/* Room for either. */
#define OUT_NUMBER_SIZE 24

/* Stdout is about to carry a table, which may be large. */
void out_table(void);

/* Flushes stdout; -1 with errno where anything was lost. */
int out_finish(void);

#endif
