/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about forwarding: port states and loops. */

#ifndef VBR_CHECK_STP_H
#define VBR_CHECK_STP_H

struct bridge_view;
struct check;

void rule_not_forwarding(struct check *check, const struct bridge_view *bridge);
void rule_stp_wait(struct check *check, const struct bridge_view *bridge);
void rule_joined_twice(struct check *check, const struct bridge_view *bridge);

#endif
