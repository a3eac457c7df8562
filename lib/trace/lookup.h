/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a frame goes. */

#ifndef VBR_TRACE_LOOKUP_H
#define VBR_TRACE_LOOKUP_H

struct trace_run;

void trace_lookup(struct trace_run *run);

#endif
