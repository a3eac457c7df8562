/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about MAC addresses that systemd makes. */

#ifndef VBR_CHECK_MACHINE_H
#define VBR_CHECK_MACHINE_H

struct bridge_view;
struct check;

void rule_machine_mac(struct check *check, const struct bridge_view *bridge);

#endif
