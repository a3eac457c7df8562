/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about who gets which frames: learning, flooding and isolation. */

#ifndef VBR_CHECK_FDB_H
#define VBR_CHECK_FDB_H

struct bridge_view;
struct check;

void rule_no_learning(struct check *check, const struct bridge_view *bridge);
void rule_fdb_full(struct check *check, const struct bridge_view *bridge);
void rule_isolated_uplink(struct check *check,
			  const struct bridge_view *bridge);
void rule_lone_isolated(struct check *check, const struct bridge_view *bridge);
void rule_group_forward(struct check *check, const struct bridge_view *bridge);

#endif
