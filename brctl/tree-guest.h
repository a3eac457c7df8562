/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The processes that have tap devices open: mostly virtual machines. */

#ifndef VBR_BRCTL_TREE_GUEST_H
#define VBR_BRCTL_TREE_GUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

struct tree_guest {
	char tap[VBR_NAME_SIZE];
	char *name; /* of the machine, or of the program */
	bool is_vm;
	unsigned long pid;
};

struct tree_guests {
	struct tree_guest *list; /* by process */
	size_t count;
};

/*
 * Those of a network namespace, NULL: the caller's. Processes that /proc does
 * not show, because it is not mounted or they belong to another user, are
 * missing. Returns a negative errno only without memory.
 */
int tree_guests_read(const char *netns, struct tree_guests *ret_guests);
void tree_guests_drop(struct tree_guests *guests);

#endif
