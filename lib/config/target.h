/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The state after one change is undone; later changes by others stay. */

#ifndef VBR_CONFIG_TARGET_H
#define VBR_CONFIG_TARGET_H

#include "config/item.h"
#include "config/plan.h"

/* All members but the context are zeroed. */
struct target {
	/* Before the change, after it, and now; each sorted. */
	struct items before, after, now;
	/*
	 * The items that the change has changed; their texts belong to the
	 * other lists.
	 */
	struct items changed;
	struct plan plan;    /* makes the target */
	struct plan left;    /* what others have set instead, and which stays */
	struct text *losses; /* lines: what is deleted although others own it */
};

/* Reads "before", "after" and "now", and makes the rest. */
int target_make(struct target *target);
void target_drop(struct target *target);

#endif
