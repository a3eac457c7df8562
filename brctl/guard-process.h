/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The process of a guard, which outlives the tool. */

#ifndef VBR_BRCTL_GUARD_PROCESS_H
#define VBR_BRCTL_GUARD_PROCESS_H

#include <stdbool.h>

struct vbr_guard;

/* Where systemd runs, the process gets a scope of its own; "ret_in_session": it
 * has none, and may end with the session. Returns 0, or a negative errno. */
int guard_process_start(struct vbr_guard *guard, bool *ret_in_session);

#endif
