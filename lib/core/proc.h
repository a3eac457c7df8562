/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Files that the kernel has only while a module is loaded. */

#ifndef VBR_PROC_H
#define VBR_PROC_H

struct vbr_ctx;

/*
 * Why a file in /proc is missing, by a file next to it that every kernel has.
 * -ENOENT: only that file is missing, so the module is. -EOPNOTSUPP: both are,
 * because /proc is not mounted there, so nothing is known.
 */
int proc_why_missing(struct vbr_ctx *ctx, const char *other_file);

#endif
