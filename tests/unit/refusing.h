/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A kernel that refuses: whatever it is asked for, it answers the same. */

#ifndef UNIT_REFUSING_H
#define UNIT_REFUSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vbr_ctx;

/* Each 0, or a negative errno. What may be asked for and is 0 is answered in
 * one way: ioctls do nothing, and all devices have the index 7. */
struct refusing {
	int send, receive, ioctl, file, other_file, listen, lock;
	/* With "lock": the process that has it; 0: not known. */
	int lock_owner;
	/* Of ioctls: only what changes something is refused. */
	bool knows_names;
	/* What comes where "receive" is 0. */
	enum {
		GARBAGE,     /* a message that is shorter than its header */
		STRANGE,     /* the answer to something else */
		INTERRUPTED, /* the end of a table that changed meanwhile */
		VERDICT,     /* an error: */
	} answer;
	int error;
	/* What a watch hears; another such kernel. */
	struct refusing *listen_data;
	/* Its own. */
	uint32_t sequence;
};

/* A context over that kernel, which stays the caller's. */
struct vbr_ctx *refusing_new(struct refusing *kernel);

#endif
