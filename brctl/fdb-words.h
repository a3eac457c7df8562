/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Words of FDB entries, which commands take and listings print. */

#ifndef VBR_BRCTL_FDB_WORDS_H
#define VBR_BRCTL_FDB_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

struct cli;

/* The states that an entry can be added with. */
bool fdb_take_state(const char *word, enum vbr_fdb_state *ret_state);

/* The flag of a word, or 0. */
unsigned int fdb_flag(const char *word);
/* The names of flags; NULL: there are no more. */
const char *fdb_flag_at(size_t i, unsigned int *ret_flag);

/* "sticky", "nosticky", "sticky=off". Returns the flag, or 0. */
unsigned int fdb_parse_flag(const char *word, bool *ret_on);

int fdb_refuse_word(const struct cli *cli, const char *word);

#endif
