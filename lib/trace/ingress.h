/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame comes in. */

#ifndef VBR_TRACE_INGRESS_H
#define VBR_TRACE_INGRESS_H

#include <stdbool.h>

struct trace_run;

/* Whether the frame gets to the lookup. */
bool trace_ingress(struct trace_run *run);

#endif
