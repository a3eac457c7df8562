/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where rules of netfilter decide about a frame. */

#ifndef VBR_TRACE_NETFILTER_H
#define VBR_TRACE_NETFILTER_H

#include <stdbool.h>

#include "core/hooks.h"

struct trace_run;

/* Steps for the rules at a hook. "tag" is the VLAN in the frame's tag there; -1:
 * none. */
void trace_netfilter(struct trace_run *run, enum hook hook, int tag);

/* Whether br_netfilter passes packets of this frame to iptables or ip6tables. */
bool trace_passes_ip_tables(const struct trace_run *run);

#endif
