/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a multicast frame goes. */

#ifndef VBR_TRACE_MULTICAST_H
#define VBR_TRACE_MULTICAST_H

struct trace_run;

void trace_multicast(struct trace_run *run);

#endif
