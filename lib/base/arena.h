/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Arenas, which are freed as a whole, and arrays that grow. */

#ifndef VBR_BASE_ARENA_H
#define VBR_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* A zeroed arena is empty. */
struct arena {
	struct arena_block *last;
};

/* NULL: no memory. Memory that was taken before does not move. */
void *arena_take(struct arena *arena, size_t size);
/* A copy of a text. NULL: no memory. */
char *arena_text(struct arena *arena, const char *text);
void arena_free(struct arena *arena);

/*
 * Makes room for one more item after the first "count"; "room" is the capacity.
 * Returns the array, which may have moved, or NULL if there is no memory; then
 * nothing has changed.
 */
void *array_grow(void *items, size_t item_size, size_t count, size_t *room);

/*
 * The position of the first item of a sorted array that is not before "key",
 * which has the form of an item; "count" if all items are before it.
 */
size_t array_find(const void *key, const void *items, size_t count,
		  size_t item_size, int (*compare)(const void *, const void *));

#endif
