/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The result while it is made. */

#ifndef VBR_REACH_RESULT_H
#define VBR_REACH_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "reach/talk.h"

struct lines {
	const char **list;
	size_t count, room;
};

struct vbr_reach {
	struct arena arena;
	const char *ports[2]; /* NULL: the host */
	struct stations stations;
	struct talk_result talk;
	bool works;
	struct lines changes, notes;
	size_t ties;
	bool is_short; /* of memory */
};

/* NULL without memory. */
const char *reach_keep(struct vbr_reach *reach, const char *text);
void reach_add_change(struct vbr_reach *reach, const char *line);
void reach_add_note(struct vbr_reach *reach, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
