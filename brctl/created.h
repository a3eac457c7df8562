/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* addbridge and addport with --may-exist: whether what exists is as
 * requested. */

#ifndef VBR_BRCTL_CREATED_H
#define VBR_BRCTL_CREATED_H

#include "cli/cli.h"

struct targets;
struct vbr_new_bridge;
struct vbr_new_port;

/* To be called after -EEXIST. Returns the status. */
int created_bridge(struct cli *cli, const char *name,
		   const struct vbr_new_bridge *with);

/* Drops those devices that are ports of the bridge already and have all that was
 * requested; reports one that has not. Returns the status. */
int created_ports(const struct cli *cli, const char *bridge,
		  struct targets *devices, const struct vbr_new_port *with);

#endif
