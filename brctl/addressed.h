/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Devices with IP addresses that become ports. */

#ifndef VBR_BRCTL_ADDRESSED_H
#define VBR_BRCTL_ADDRESSED_H

struct cli;
struct vbr_config;

/* The addresses of a port do not work: a message names each device with
 * addresses that a configuration makes a port. */
void addressed_warn(const struct cli *cli, const struct vbr_config *config);

#endif
