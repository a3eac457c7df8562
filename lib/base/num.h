/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses numbers and times; no kernel, no I/O. */

#ifndef VBR_BASE_NUM_H
#define VBR_BASE_NUM_H

#include <stdint.h>

/* The kernel reports times of bridges in ticks of 1/100 s (USER_HZ). */
#define NUM_TICKS_PER_SECOND 100

int num_parse(const char *text, uint64_t max, uint64_t *ret_value);
int num_parse_ticks(const char *text, uint64_t max, uint64_t *ret_ticks);
int num_parse_ticks_truncated(const char *text, uint64_t max,
			      uint64_t *ret_ticks);
int num_parse_switch(const char *text, uint64_t *ret_value);

#endif
