/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A kernel that answers with the bytes of a fuzzer's input, whatever it is
 * asked. The input is a list of answers: a length of two bytes, the lower one
 * first, and that many bytes; or 0x8000 and an errno.
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
	unsigned int rounds; /* how often the input was read to its end */
	uint32_t sequence;   /* of the last request */
	struct delivery delivery;
};

/* A context over that kernel, which stays the caller's, as does the input. */
struct vbr_ctx *kernel_new(struct kernel *kernel, const uint8_t *bytes,
			   size_t size);

#endif
