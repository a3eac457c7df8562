/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about devices: their state, carrier, MTU and MAC addresses. */

#ifndef VBR_CHECK_LINKS_H
#define VBR_CHECK_LINKS_H

struct bridge_view;
struct check;

void rule_bridge_down(struct check *check, const struct bridge_view *bridge);
void rule_port_down(struct check *check, const struct bridge_view *bridge);
void rule_no_carrier(struct check *check, const struct bridge_view *bridge);
void rule_mtu_mismatch(struct check *check, const struct bridge_view *bridge);
void rule_same_mac(struct check *check, const struct bridge_view *bridge);

#endif
