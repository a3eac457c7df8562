/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A kernel that answers any request with bytes of the fuzzer's input. The input
 * is a list of replies: a length of two bytes, the lower one first, and that
 * many bytes; or 0x8000 and an errno.
 */

#ifndef FUZZ_KERNEL_H
#define FUZZ_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "unit/deliver.h"

struct vbr_ctx;

struct kernel {
	const uint8_t *bytes;
	size_t size, at;
	unsigned int rounds; /* how often the input was read completely */
	uint32_t sequence;   /* of the last request */
	struct delivery delivery;
};

/* A context on this kernel. "kernel" and "bytes" still belong to the caller. */
struct vbr_ctx *kernel_new(struct kernel *kernel, const uint8_t *bytes,
			   size_t size);

#endif
