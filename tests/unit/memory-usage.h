/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Measures how much memory a call uses at most. */

#ifndef UNIT_MEMORY_USAGE_H
#define UNIT_MEMORY_USAGE_H

#include <stdbool.h>
#include <stddef.h>

#define MIB ((size_t)1 << 20)

struct vbr_fdb_entry;

struct memory_usage {
	size_t before, most;
	size_t entries;
};

/* Memory that the kernel has given to this process for data, used or not. The
 * test is skipped with AddressSanitizer and under valgrind. */
void memory_usage_begin(struct memory_usage *memory_usage);
void memory_usage_update(struct memory_usage *memory_usage);

/* The largest growth so far. */
size_t memory_usage_growth(const struct memory_usage *memory_usage);

/* A vbr_fdb_fn that counts entries, and measures at every 1000th. */
int memory_usage_entry(const struct vbr_fdb_entry *entry, void *memory_usage);

#endif
