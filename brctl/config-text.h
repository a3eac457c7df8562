/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Prints configurations. */

#ifndef VBR_BRCTL_CONFIG_TEXT_H
#define VBR_BRCTL_CONFIG_TEXT_H

struct cli;
struct vbr_config;

/* The text on stdout. Returns the status. */
int config_print(const struct cli *cli, const struct vbr_config *config);

/* A message about each loss: "format" is not translated yet, and has a %.*s. */
void config_print_losses(const struct cli *cli, const struct vbr_config *config,
			 const char *format);

#endif
