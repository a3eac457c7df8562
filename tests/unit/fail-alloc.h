/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes memory run out. Programs that use this are linked with --wrap. */

#ifndef UNIT_FAIL_ALLOC_H
#define UNIT_FAIL_ALLOC_H

#include <stdbool.h>

#include "unit/fake-kernel.h"

/* From now on, allocation number "nth" fails. fail_alloc_end() ends this, and
 * returns how many allocations there were. */
void fail_alloc_begin(unsigned int nth);
unsigned int fail_alloc_end(void);

/* Number of bytes that were allocated and not freed. */
long blocks(void);

/* What is tried: the script of the fake kernel, the call, and how its result is
 * freed. */
struct trial {
	void (*script)(struct fake_kernel *fake_kernel);
	int (*call)(struct vbr_ctx *ctx, void **ret_result);
	void (*release)(void *result);
	/* The call makes at least so many allocations; otherwise the trial
	 * tests nothing. */
	unsigned int least;
};

/* Makes allocation number "n" fail: the call returns -ENOMEM and writes
 * nothing. Returns whether there was such an allocation. */
bool fail_alloc_nth(const struct trial *trial, unsigned int n);
/* Makes each allocation fail in turn. */
void fail_alloc_each(const struct trial *trial);

#endif
