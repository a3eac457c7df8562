/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Numbers of random tests from the environment. */

#ifndef ORACLE_SEED_H
#define ORACLE_SEED_H

#include <stdint.h>

uint64_t number_of(const char *variable, uint64_t otherwise);
/* Without the variable, one that was not used before. */
uint64_t seed_of(const char *variable);

#endif
