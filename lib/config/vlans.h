/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Writes the VLANs of ports and bridges. */

#ifndef VBR_CONFIG_VLANS_H
#define VBR_CONFIG_VLANS_H

#include "config/save.h"

/* The VLANs of a port, or of the bridge. */
int save_member_vlans(struct save *save, const struct save_bridge *bridge,
		      const char *member, int index);
/* The options that the bridge has for VLANs. */
int save_bridge_vlans(struct save *save, const struct save_bridge *bridge);

/*
 * The limits, which come after the groups because there may be more groups than
 * they allow.
 */
int save_member_limits(struct save *save, const struct save_bridge *bridge,
		       const char *member, int index);
int save_bridge_snooping(struct save *save, const struct save_bridge *bridge);

#endif
