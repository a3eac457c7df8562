/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The SSH connection that brctl runs in. */

#ifndef VBR_BRCTL_SESSION_H
#define VBR_BRCTL_SESSION_H

struct cli;
struct vbr_config;

/*
 * Refuses a change that cuts the connection; a dry run only prints a message.
 * Returns the status.
 */
int session_check(const struct cli *cli, const struct vbr_config *change);

/*
 * The same for a line of a batch. Words that are not a command of a
 * configuration are accepted.
 */
int session_check_line(const struct cli *cli, int count, char *const *words);

/* Whether there is something to check. */
int session_is_remote(const struct cli *cli);

#endif
