/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Guesses which word a misspelt one stands for. */

#ifndef VBR_CLI_SUGGEST_H
#define VBR_CLI_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

/* The command that was probably meant, or NULL. */
const char *suggest_command(const char *word, const char *next,
			    const char *(*name_at)(size_t i));

/* Whether the word may stand for the name. */
bool suggest_is_near(const char *word, const char *name);

#endif
