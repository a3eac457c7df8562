/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Memory that runs out. A program that has this is linked with --wrap. */

#ifndef UNIT_STARVE_H
#define UNIT_STARVE_H

#include <stdbool.h>

#include "unit/fake-kernel.h"

/* Of the allocations from now on the nth fails; from here on none does, and
 * how many there were is returned. */
void starve(unsigned int nth);
unsigned int feed(void);

/* How much was allocated, and not given back. */
long blocks(void);

/* What is tried: its script, the call itself, and the result's end. */
struct trial {
	void (*script)(struct canned *canned);
	int (*call)(struct vbr_ctx *ctx, void **ret_result);
	void (*release)(void *result);
	/* How often it allocates, at least: or nothing is tested. */
	unsigned int least;
};

/* With the nth allocation failing: the call says so, and writes nothing.
 * Returns whether it came to that. */
bool fail_nth(const struct trial *trial, unsigned int n);
/* Each of them in turn. */
void fail_each(const struct trial *trial);

#endif
