/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rows of errnos: a call, and the errno that it gives. The header says which
 * there are, and tests/lint/errnos that each has a row here and each row a
 * word there; it reads the rows as they stand in the tests. */

#ifndef UNIT_ERRNOS_H
#define UNIT_ERRNOS_H

#include "unit/unit.h"

#include <errno.h>
#include <stdio.h>

#include "vbridge.h"

/* GIVES(EBUSY, vbr_port_add(...)); the contexts of all rows are named ctx. */
#define GIVES(error, call) errnos_row(ctx, #call, #error, -(error), (call))

/* Of calls about a bridge: "br0" is one, "none" is not there, "b" is none. */
#define GIVES_NO_BRIDGE(f, ...) \
	do { \
		GIVES(ENODEV, f(ctx, "none", __VA_ARGS__)); \
		GIVES(EOPNOTSUPP, f(ctx, "b", __VA_ARGS__)); \
	} while (0)

/* Of calls about a bridge and a port of it: "a" is br0's port, "b" is none. */
#define GIVES_NO_PORT(f, ...) \
	do { \
		GIVES(ENODEV, f(ctx, "br0", "none", __VA_ARGS__)); \
		GIVES(ENXIO, f(ctx, "none", "a", __VA_ARGS__)); \
		GIVES(EXDEV, f(ctx, "br1", "a", __VA_ARGS__)); \
		GIVES(ENODATA, f(ctx, "br0", "b", __VA_ARGS__)); \
		GIVES(EOPNOTSUPP, f(ctx, "b", "lo", __VA_ARGS__)); \
	} while (0)

/* The same, for calls that take several ports. */
#define GIVES_NO_PORTS(f, ...) \
	do { \
		static const char *const of[] = { "none", "a", "b" }; \
		GIVES(ENODEV, f(ctx, "br0", &of[0], 1, __VA_ARGS__)); \
		GIVES(ENXIO, f(ctx, "none", &of[1], 1, __VA_ARGS__)); \
		GIVES(EXDEV, f(ctx, "br1", &of[1], 1, __VA_ARGS__)); \
		GIVES(ENODATA, f(ctx, "br0", &of[2], 1, __VA_ARGS__)); \
		GIVES(EOPNOTSUPP, f(ctx, "a", &of[2], 1, __VA_ARGS__)); \
	} while (0)

void errnos_row(const struct vbr_ctx *ctx, const char *call, const char *error,
		int expected, int got);

/* Fails if a row did, behind the last of a test: all of them are tried. */
void errnos_end(void);

#endif
