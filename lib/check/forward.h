/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about the firewall of the host, and bridged frames. */

#ifndef VBR_CHECK_FORWARD_H
#define VBR_CHECK_FORWARD_H

struct bridge_view;
struct check;
struct forward;

void rule_bridge_nf(struct check *check, const struct bridge_view *bridge);

void forward_free(struct forward *forward);

#endif
