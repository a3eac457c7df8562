/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Tables on a terminal. Commands print rows with a tab between two columns, which
 * scripts read. A terminal gets columns that are aligned, and long rows are folded
 * at blanks. */

#ifndef VBR_CLI_TABLE_H
#define VBR_CLI_TABLE_H

/* From now on, what is printed is kept. Returns what table_end() needs; -1: stdout
 * is not a terminal, and nothing is kept. */
int table_begin(void);

/* Prints what was kept. */
void table_end(int terminal);

#endif
