/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The hash function SipHash-2-4; no kernel, no I/O. */

#ifndef VBR_BASE_SIPHASH_H
#define VBR_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

#define SIPHASH_KEY_SIZE 16

uint64_t siphash24(const uint8_t key[SIPHASH_KEY_SIZE], const uint8_t *bytes,
		   size_t len);

#endif
