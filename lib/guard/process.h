/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The process that undoes a change if nobody confirms it. */

#ifndef VBR_GUARD_PROCESS_H
#define VBR_GUARD_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "vbridge.h"

/* Its door, in the network namespace of the change. Each connection is for one
 * letter and its answer, which ends where the connection does. */
#define GUARD_DOOR "vbridge-guard"

enum guard_letter {
	GUARD_CONFIRM = 'c',
	GUARD_UNDO = 'u',
	GUARD_ASK =
		'?', /* the answer: the seconds that are left, the command */
	GUARD_MADE = 'm',  /* only from who makes the change; it comes back */
	GUARD_ENDED = 'e', /* only to it, before an answer: others decided */
};

struct guard_process {
	struct vbr_ctx *ctx;
	int door;
	int maker; /* to who makes the change; if it ends before, all is undone */
	char *what;
	struct vbr_config *before,
		*after; /* "after" is NULL until it is made */
	unsigned int seconds;
	int64_t deadline; /* in milliseconds of the clock, or -1 */
	bool has_journal;
};

/* Returns when the change is confirmed or undone. */
void guard_process_run(struct guard_process *process);

#endif
