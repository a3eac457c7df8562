/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about the host: its addresses, routes and firewall. */

#ifndef VBR_CHECK_HOST_H
#define VBR_CHECK_HOST_H

struct bridge_view;
struct check;

void rule_port_has_address(struct check *check,
			   const struct bridge_view *bridge);
void rule_empty_bridge(struct check *check, const struct bridge_view *bridge);
void rule_mac_floats(struct check *check, const struct bridge_view *bridge);

#endif
