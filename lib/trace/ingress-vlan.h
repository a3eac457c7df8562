/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame gets its VLAN, and its sender an FDB entry. */

#ifndef VBR_TRACE_INGRESS_VLAN_H
#define VBR_TRACE_INGRESS_VLAN_H

#include <stdbool.h>

struct trace_run;

/* Puts the sender into the FDB, if the kernel would; in a VLAN. */
void trace_learn(struct trace_run *run, unsigned int vlan);

/* Whether the frame gets over the port's VLANs. */
bool trace_ingress_vlan(struct trace_run *run);

#endif
