/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The ids of VLANs, as words of a command line: what is none is said. */

#ifndef VBR_CLI_VIDS_H
#define VBR_CLI_VIDS_H

#include <stddef.h>

#include "cli/cli.h"

struct vbr_vids;

/* Reads a set of ids, 1 to 4094: vbr_vids_free(). The status. */
int vids_take(const struct cli *cli, const char *word,
	      struct vbr_vids **ret_vids);

/* Reads one id. The status. */
int vids_take_one(const struct cli *cli, const char *word,
		  unsigned int *ret_vid);

/* Says that a word is no set of ids; the status to return. */
int vids_refuse(const struct cli *cli, const char *word);

/* How many ids there are. */
size_t vids_number(const struct vbr_vids *vids);

#endif
