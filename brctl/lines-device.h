/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Makes lines of VLAN devices and other devices in a JSON file. */

#ifndef VBR_BRCTL_LINES_DEVICE_H
#define VBR_BRCTL_LINES_DEVICE_H

#include "lines.h"

/* Each checks the object, too. */
void lines_vlan_device(struct lines *lines, const struct node *device);
void lines_link(struct lines *lines, const struct node *link);

/* Whether an object's device is up, and its MTU; with "has_address" its MAC
 * address. Checks nothing. */
void lines_put_link(struct lines *lines, const struct node *node,
		    bool has_address);

#endif
