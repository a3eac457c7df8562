/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about VLANs of ports, and VLAN devices. */

#ifndef VBR_CHECK_VLANS_H
#define VBR_CHECK_VLANS_H

struct bridge_view;
struct check;

void rule_host_locked_out(struct check *check,
			  const struct bridge_view *bridge);
void rule_host_not_in_vlan(struct check *check,
			   const struct bridge_view *bridge);
void rule_vlan_leak(struct check *check, const struct bridge_view *bridge);
void rule_many_untagged(struct check *check, const struct bridge_view *bridge);
void rule_no_pvid(struct check *check, const struct bridge_view *bridge);
void rule_unfiltered(struct check *check, const struct bridge_view *bridge);
void rule_nic_twice(struct check *check, const struct bridge_view *bridge);
void rule_vlan_device(struct check *check, const struct bridge_view *bridge);
void rule_late_ports(struct check *check, const struct bridge_view *bridge);

#endif
