/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows predictions. */

#ifndef VBR_BRCTL_TRACE_TEXT_H
#define VBR_BRCTL_TRACE_TEXT_H

struct json;
struct vbr_frame;
struct vbr_trace;

/* A line for each step. */
void trace_print(const struct vbr_trace *trace);

/* Adds its fields. */
void trace_put(struct json *object, const struct vbr_trace *trace);

/* Of a real frame: a tag, where -1 is none; and what it is. */
void trace_put_vlan(struct json *object, int vlan);
void trace_put_frame(struct json *object, const char *bridge,
		     const struct vbr_frame *frame);

#endif
