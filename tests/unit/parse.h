/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses any bytes with all parsers of the library. */

#ifndef UNIT_PARSE_H
#define UNIT_PARSE_H

#include <stddef.h>

/* Everything that talk() does with a datagram, in an allocation of exactly its
 * size. */
void parse_all(const void *bytes, size_t len);

#endif
