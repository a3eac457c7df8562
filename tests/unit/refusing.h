/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A kernel that refuses: it gives the same answer to each request. */

#ifndef UNIT_REFUSING_H
#define UNIT_REFUSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vbr_ctx;

/* Each is 0 or a negative errno. If it is 0, the operation succeeds: ioctls do
 * nothing, and all devices have index 7. */
struct refusing {
	int send, receive, ioctl, file, other_file, listen, lock;
	/* With "lock": the process that has the lock; 0: unknown. */
	int lock_owner;
	/* Ioctls that change nothing succeed. */
	bool knows_names;
	/* The reply if "receive" is 0. */
	enum {
		GARBAGE,     /* a message that is shorter than its header */
		STRANGE,     /* the reply to another request */
		INTERRUPTED, /* the end of an interrupted dump */
		VERDICT,     /* an error: */
	} answer;
	int error;
	/* The kernel that a watch listens to. */
	struct refusing *listen_data;
	/* Its own. */
	uint32_t sequence;
};

/* A context on this kernel, which the caller keeps. */
struct vbr_ctx *refusing_new(struct refusing *kernel);

#endif
