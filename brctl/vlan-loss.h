/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Finds the flags that addvlan removes from VLANs without naming them. */

#ifndef VBR_BRCTL_VLAN_LOSS_H
#define VBR_BRCTL_VLAN_LOSS_H

#include "cli/cli.h"
#include "vbridge.h"

/*
 * Reports which VLANs of the member lose flags when "vids" get "flags". In a dry
 * run, prints the flags before and after of each VLAN whose flags differ.
 * "before": the VLANs of the bridge and its ports, or NULL.
 */
void vlan_loss_report(const struct cli *cli, const char *bridge,
		      const char *member, const struct vbr_vids *vids,
		      unsigned int flags, const struct vbr_port_vlans *before);

#endif
