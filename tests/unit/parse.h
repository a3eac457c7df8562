/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* All that the library parses, tried on any bytes. */

#ifndef UNIT_PARSE_H
#define UNIT_PARSE_H

#include <stddef.h>

/* All that talk() may do with a datagram, in an allocation of its length. */
void parse_all(const void *bytes, size_t len);

#endif
