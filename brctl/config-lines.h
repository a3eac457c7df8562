/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Converts the JSON of a configuration to lines. */

#ifndef VBR_BRCTL_CONFIG_LINES_H
#define VBR_BRCTL_CONFIG_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

/* Whether a file is JSON: its first character is a brace. */
bool is_json_config(const char *text, size_t len);

/*
 * Replaces the text of a JSON file by lines, each of which names its place in
 * the file. Returns the status, after a message.
 */
int make_config_lines(const struct cli *cli, const char *file, char **text,
		      size_t *len);

#endif
