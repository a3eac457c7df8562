/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about static entries of the FDB. */

#ifndef VBR_CHECK_ENTRIES_H
#define VBR_CHECK_ENTRIES_H

struct bridge_view;
struct check;

void rule_stale_entry(struct check *check, const struct bridge_view *bridge);

#endif
