/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Memory that runs out. A program that has this is linked with --wrap. */

#ifndef UNIT_FAIL_ALLOC_H
#define UNIT_FAIL_ALLOC_H

#include <stdbool.h>

#include "unit/fake-kernel.h"

/* Of the allocations from now on the nth fails; from here on none does, and
 * how many there were is returned. */
void fail_alloc_begin(unsigned int nth);
unsigned int fail_alloc_end(void);

/* How much was allocated, and not given back. */
long blocks(void);

/* What is tried: its script, the call itself, and the result's end. */
struct trial {
	void (*script)(struct fake_kernel *fake_kernel);
	int (*call)(struct vbr_ctx *ctx, void **ret_result);
	void (*release)(void *result);
	/* How often it allocates, at least: or nothing is tested. */
	unsigned int least;
};

/* With the nth allocation failing: the call says so, and writes nothing.
 * Returns whether it came to that. */
bool fail_alloc_nth(const struct trial *trial, unsigned int n);
/* Each of them in turn. */
void fail_alloc_each(const struct trial *trial);

#endif
