/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Memory for much that is given back at once, and for what grows. */

#ifndef VBR_BASE_ARENA_H
#define VBR_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Zeroed, it is empty. */
struct arena {
	struct arena_block *last;
};

/* NULL: no memory. What was taken stays where it is. */
void *arena_take(struct arena *arena, size_t size);
void arena_free(struct arena *arena);

/*
 * Room for one item more behind "count" of them; "room" is for how many there
 * is. The array, which may have moved, or NULL: no memory, all is as it was.
 */
void *array_grow(void *items, size_t item_size, size_t count, size_t *room);

#endif
