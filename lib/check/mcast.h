/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about multicast snooping. */

#ifndef VBR_CHECK_MCAST_H
#define VBR_CHECK_MCAST_H

struct bridge_view;
struct check;

void rule_no_querier(struct check *check, const struct bridge_view *bridge);
void rule_groups_expire(struct check *check, const struct bridge_view *bridge);

#endif
