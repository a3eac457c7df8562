/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The kernel's way of a frame through a bridge, in stages. */

#ifndef VBR_TRACE_MODEL_H
#define VBR_TRACE_MODEL_H

/* The last kernel that the model was compared with. */
#define TRACE_KERNEL 0x0612

struct trace_run;

void trace_model(struct trace_run *run);

#endif
