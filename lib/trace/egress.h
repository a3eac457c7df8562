/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame goes out. */

#ifndef VBR_TRACE_EGRESS_H
#define VBR_TRACE_EGRESS_H

struct trace_port;
struct trace_run;

enum trace_flood { FLOOD_UNICAST, FLOOD_MULTICAST, FLOOD_BROADCAST };

void trace_flood_ports(struct trace_run *run, enum trace_flood kind);
void trace_deliver(struct trace_run *run, const struct trace_port *port);
void trace_pass_up(struct trace_run *run);

#endif
