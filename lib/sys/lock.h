/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Locks that one process at a time has in a network namespace. */

#ifndef VBR_SYS_LOCK_H
#define VBR_SYS_LOCK_H

/* How long to wait for a lock, and who has it. */
struct lock {
	const char *name; /* shorter than the path of a Unix socket */
	int timeout;	  /* in milliseconds */
	int fd;		  /* of the lock; closing it releases the lock */
	int process;	  /* on -EBUSY, the one that has it; 0: not known */
};

/* Takes the lock in the network namespace of a file descriptor; -1: that of the
 * calling thread. Without AF_UNIX in the kernel there is no lock, and "fd" is
 * -1. */
int lock_take(int netns, struct lock *lock);

void lock_release(struct lock *lock);

#endif
