/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about single ports, and how many there are. */

#ifndef VBR_CHECK_PORTS_H
#define VBR_CHECK_PORTS_H

struct bridge_view;
struct check;

void rule_port_no_carrier(struct check *check,
			  const struct bridge_view *bridge);
void rule_hairpin_mixed(struct check *check, const struct bridge_view *bridge);
void rule_many_ports(struct check *check, const struct bridge_view *bridge);
void rule_lro(struct check *check, const struct bridge_view *bridge);

#endif
