/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Removes the ports of a bridge from their VLANs for a moment. */

#ifndef VBR_CONFIG_RELEASE_H
#define VBR_CONFIG_RELEASE_H

#include "config/comparison.h"

struct release {
	struct diff *diff;
	const struct item *change; /* the option that needs it */
	/*
	 * The option is a line of "to", and devices that such lines delete are
	 * gone.
	 */
	bool is_line;
};

/* Whether the kernel sets the option only while no port is in a VLAN. */
bool release_is_needed(const struct item *item);

/* Whether there was a port to remove from its VLANs. */
bool release_begin(const struct release *release);
/* Back into them. */
void release_end(const struct release *release);

#endif
