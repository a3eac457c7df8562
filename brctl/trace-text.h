/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows predictions. */

#ifndef VBR_BRCTL_TRACE_TEXT_H
#define VBR_BRCTL_TRACE_TEXT_H

struct json;
struct vbr_trace;

/* A line for each step. */
void trace_print(const struct vbr_trace *trace);

/* Adds its fields. */
void trace_put(struct json *object, const struct vbr_trace *trace);

#endif
