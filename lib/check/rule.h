/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule: each looks at one bridge. */

#ifndef VBR_CHECK_RULE_H
#define VBR_CHECK_RULE_H

#include "vbridge.h"

struct bridge_view;
struct check;

/* Arrays, not pointers: the table needs few relocations when a process
 * starts. */
struct vbr_rule {
	char id[20];
	enum vbr_severity severity; /* the highest of its findings */
	/* NULL: only explained. */
	void (*run)(struct check *check, const struct bridge_view *bridge);
	char help[80];
	char explanation[600];
};

#endif
