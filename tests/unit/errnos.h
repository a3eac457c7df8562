/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rows of errnos: a call, and the errno that it returns. tests/lint/errnos
 * reads the rows from the sources, and checks that each errno in the headers
 * has a row, and each row an errno in the headers. */

#ifndef UNIT_ERRNOS_H
#define UNIT_ERRNOS_H

#include "unit/unit.h"

#include <errno.h>
#include <stdio.h>

#include "vbridge.h"

/* Example: GIVES(EBUSY, vbr_port_add(...)). The context of all rows is named
 * ctx. */
#define GIVES(error, call) errnos_row(ctx, #call, #error, -(error), (call))

/* For calls with a bridge: "br0" is a bridge, "none" does not exist, "b" is
 * another device. */
#define GIVES_NO_BRIDGE(f, ...) \
	do { \
		GIVES(ENODEV, f(ctx, "none", __VA_ARGS__)); \
		GIVES(EOPNOTSUPP, f(ctx, "b", __VA_ARGS__)); \
	} while (0)

/* For calls with a bridge and a port: "a" is a port of br0, "b" is not a
 * port. */
#define GIVES_NO_PORT(f, ...) \
	do { \
		GIVES(ENODEV, f(ctx, "br0", "none", __VA_ARGS__)); \
		GIVES(ENXIO, f(ctx, "none", "a", __VA_ARGS__)); \
		GIVES(EXDEV, f(ctx, "br1", "a", __VA_ARGS__)); \
		GIVES(ENODATA, f(ctx, "br0", "b", __VA_ARGS__)); \
		GIVES(EOPNOTSUPP, f(ctx, "b", "lo", __VA_ARGS__)); \
	} while (0)

/* The same for calls with several ports. */
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

/* Fails if a row has failed. The last call of a test, so that all rows are
 * tried. */
void errnos_end(void);

#endif
