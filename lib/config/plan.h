/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the commands that apply items, with few lines for many items. */

#ifndef VBR_CONFIG_PLAN_H
#define VBR_CONFIG_PLAN_H

#include "config/item.h"
#include "config/text.h"

/* A zeroed plan with a text is empty. */
struct plan {
	struct text *text;
	/* What the next item may be joined with; "last_vid" is the other end of
	 * its VLANs. */
	struct item open;
	unsigned int last_vid;
	bool is_open;
};

/*
 * An item with a NULL value deletes the device or the relation that it is
 * about.
 */
void plan_put(struct plan *plan, const struct item *item);
/* The next item begins a new line. */
void plan_end(struct plan *plan);

#endif
