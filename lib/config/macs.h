/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Consecutive lines that add FDB entries to one device of a bridge. */

#ifndef VBR_CONFIG_MACS_H
#define VBR_CONFIG_MACS_H

#include <stdbool.h>

#include "api/fdb-set.h"
#include "base/name.h"
#include "config/item.h"

struct macs {
	char bridge[NAME_SIZE], member[NAME_SIZE];
	const char *lines[FDB_NEW_MAX];
	struct fdb_new entries[FDB_NEW_MAX];
	size_t count;
};

/* The entry of an item that adds one. */
struct vbr_new_fdb_entry macs_entry(const struct item *item);

/* Adds a line if it belongs to the others, and there is room. */
bool macs_take(struct macs *macs, const struct items *items, const char *line);

#endif
