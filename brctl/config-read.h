/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads configurations from files. */

#ifndef VBR_BRCTL_CONFIG_READ_H
#define VBR_BRCTL_CONFIG_READ_H

struct cli;
struct vbr_config;

/* Reads a file, lines or JSON; "-" is stdin. Returns the status. */
int config_read(const struct cli *cli, const char *name,
		struct vbr_config **ret_config);

#endif
