/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The terminal that stdout is. */

#ifndef VBR_CLI_TERMINAL_H
#define VBR_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* The number of columns, of COLUMNS if it is set; 0: no limit, because stdout is
 * not a terminal. */
size_t terminal_width(void);

/* Not if NO_COLOR is set. */
bool terminal_has_colours(void);

#endif
