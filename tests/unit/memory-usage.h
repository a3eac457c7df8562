/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* How much memory a call holds at its most. */

#ifndef UNIT_WEIGHT_H
#define UNIT_WEIGHT_H

#include <stdbool.h>
#include <stddef.h>

#define MIB ((size_t)1 << 20)

struct vbr_fdb_entry;

struct weight {
	size_t before, most;
	size_t entries;
};

/* Of this process: what it has from the kernel for data, used or not. The test
 * is skipped with AddressSanitizer and under valgrind. */
void weigh_first(struct weight *weight);
void weigh(struct weight *weight);

/* How much there is more than at first, at the most. */
size_t weight_gained(const struct weight *weight);

/* A vbr_fdb_fn that counts entries, and weighs with every 1000th. */
int weigh_entry(const struct vbr_fdb_entry *entry, void *weight);

#endif
