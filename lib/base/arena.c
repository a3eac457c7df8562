/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Memory in large blocks, and arrays that grow. */

#include "config.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 65536
#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
	struct arena_block *before;
	size_t used, size;
	_Alignas(max_align_t) char bytes[];
};

static struct arena_block *add_block(struct arena *arena, size_t size)
{
	/* The first block is small, because most lists are short. */
	size_t room = arena->last ? BLOCK_SIZE : BLOCK_SIZE / 32;
	struct arena_block *block;

	if (room < size)
		room = size;
	block = malloc(sizeof(*block) + room);
	if (!block)
		return NULL;
	block->before = arena->last;
	block->used = 0;
	block->size = room;
	arena->last = block;
	return block;
}

void *arena_take(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->last;
	void *taken;

	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!block || size > block->size - block->used)
		block = add_block(arena, size);
	if (!block)
		return NULL;
	taken = block->bytes + block->used;
	block->used += size;
	return taken;
}

char *arena_text(struct arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = arena_take(arena, size);

	return copy ? memcpy(copy, text, size) : NULL;
}

void arena_free(struct arena *arena)
{
	while (arena->last) {
		struct arena_block *block = arena->last;

		arena->last = block->before;
		free(block);
	}
}

void *array_grow(void *items, size_t item_size, size_t count, size_t *room)
{
	size_t more = *room ? *room * 2 : 16;

	if (count < *room)
		return items;
	items = reallocarray(items, more, item_size);
	if (items)
		*room = more;
	return items;
}

size_t array_find(const void *key, const void *items, size_t count,
		  size_t item_size, int (*compare)(const void *, const void *))
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare((const char *)items + middle * item_size, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
