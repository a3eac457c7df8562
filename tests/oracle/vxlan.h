/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VXLAN devices. */

#ifndef ORACLE_VXLAN_H
#define ORACLE_VXLAN_H

#include "oracle/oracle.h"

/* With this VNI; 0: external, with a VNI filter. False: this kernel does not
 * make such a device. */
bool make_vxlan(struct oracle *o, const char *name, uint32_t vni);

#endif
