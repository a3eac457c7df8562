/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about ports that another program configures. */

#ifndef VBR_CHECK_MANAGERS_H
#define VBR_CHECK_MANAGERS_H

struct bridge_view;
struct check;

void rule_two_managers(struct check *check, const struct bridge_view *bridge);

#endif
