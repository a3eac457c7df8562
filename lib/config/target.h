/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the running state becomes when one change is taken back, and what others
 * have changed since stays. */

#ifndef VBR_CONFIG_TARGET_H
#define VBR_CONFIG_TARGET_H

#include "config/item.h"
#include "config/plan.h"

/* Zeroed, but for the context. */
struct target {
	/* Before the change, after it, and now; each sorted. */
	struct items before, after, now;
	/* What the change has changed; the texts are those of the others. */
	struct items changed;
	struct plan plan;    /* makes the target */
	struct plan left;    /* what others have set instead, and which stays */
	struct text *losses; /* lines: what goes although it is theirs */
};

/* Reads "before", "after" and "now", and makes the rest. */
int target_make(struct target *target);
void target_drop(struct target *target);

#endif
