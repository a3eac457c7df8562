/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Arenas: blocks do not overlap, arrays grow. */

#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PIECES 3000

static size_t size_of(size_t i)
{
	return i % 7 == 0 ? i * 50 : i % 100;
}

static void pieces_are_apart(void **state)
{
	struct arena arena = { 0 };
	unsigned char **pieces = calloc(PIECES, sizeof(*pieces));

	(void)state;
	assert_non_null(pieces);
	for (size_t i = 0; i < PIECES; i++) {
		pieces[i] = arena_take(&arena, size_of(i));
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t),
				 0);
		memset(pieces[i], (int)(i % 251), size_of(i));
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t k = 0; k < size_of(i); k++)
			check(pieces[i][k] == i % 251, "piece %zu, byte %zu", i,
			      k);
	arena_free(&arena);
	free(pieces);
}

static void freed_twice(void **state)
{
	struct arena arena = { 0 };

	(void)state;
	arena_free(&arena);
	assert_non_null(arena_take(&arena, 1));
	arena_free(&arena);
	arena_free(&arena);
	assert_non_null(arena_take(&arena, 200000));
	arena_free(&arena);
}

static void array_grows(void **state)
{
	size_t room = 0, *items = NULL;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		items = array_grow(items, sizeof(*items), i, &room);
		assert_non_null(items);
		assert_true(room > i);
		items[i] = i;
	}
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	free(items);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("blocks do not overlap, and are aligned",
		     pieces_are_apart),
		TEST("an arena can be freed empty or twice, and used again",
		     freed_twice),
		TEST("an array keeps its items when it grows", array_grows),
	};

	return run_all(tests);
}
