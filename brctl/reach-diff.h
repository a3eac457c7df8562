/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What a change does to who can talk to whom. */

#ifndef VBR_BRCTL_REACH_DIFF_H
#define VBR_BRCTL_REACH_DIFF_H

struct call;
struct cli;
struct vbr_config;

/* reach --after and --diff; returns the status. */
int reach_show_difference(struct cli *cli, const struct call *call);

/* Prints the difference for all bridges as comments of a plan; without memory,
 * or if it cannot be read, nothing. */
void reach_print_comments(const struct cli *cli,
			  const struct vbr_config *change);

#endif
