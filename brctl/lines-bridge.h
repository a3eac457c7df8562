/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes lines of a bridge in a JSON file. */

#ifndef VBR_BRCTL_LINES_BRIDGE_H
#define VBR_BRCTL_LINES_BRIDGE_H

#include "lines.h"

/* Checks the object, too. */
void lines_bridge(struct lines *lines, const struct node *bridge);

#endif
