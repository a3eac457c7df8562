/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints a configuration as JSON. */

#ifndef VBR_BRCTL_CONFIG_JSON_H
#define VBR_BRCTL_CONFIG_JSON_H

struct cli;

/* The text of a configuration, as save writes it. Returns the status, after a
 * message. */
int print_config_json(struct cli *cli, const char *text);

#endif
