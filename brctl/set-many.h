/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What set, setport and setvlan do: options of one or of several objects, of
 * all of them or of none. */

#ifndef VBR_BRCTL_SET_MANY_H
#define VBR_BRCTL_SET_MANY_H

#include <stddef.h>

#include "targets.h"
#include "vbridge.h"

struct set_many {
	const struct cli *cli;
	enum vbr_scope scope;
	const char *bridge; /* of the ports */
	const struct vbr_vids
		*vids; /* of VBR_SCOPE_PORT_VLAN and _BRIDGE_VLAN */
	const struct vbr_setting *settings;
	size_t count;
};

/* Returns the status. */
int set_targets(const struct set_many *set, const struct targets *targets);

#endif
