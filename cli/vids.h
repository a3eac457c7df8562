/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLAN ids on a command line; errors in them are reported. */

#ifndef VBR_CLI_VIDS_H
#define VBR_CLI_VIDS_H

#include <stddef.h>

#include "cli/cli.h"

struct vbr_vids;

/* Parses a set of ids, 1 to 4094; free with vbr_vids_free(). Returns the
 * status. */
int vids_take(const struct cli *cli, const char *word,
	      struct vbr_vids **ret_vids);

/* Parses one id. Returns the status. */
int vids_take_one(const struct cli *cli, const char *word,
		  unsigned int *ret_vid);

/* Reports why vbr_vids_parse() refused a word; returns the status. */
int vids_refuse(const struct cli *cli, const char *word, int error);

/* The number of ids in a set. */
size_t vids_number(const struct vbr_vids *vids);

#endif
