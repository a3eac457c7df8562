/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about the VLANs of ports. */

#ifndef VBR_CONFIG_READ_VLAN_H
#define VBR_CONFIG_READ_VLAN_H

#include "config/read.h"

int read_addvlan(struct reader *reader);
int read_delvlan(struct reader *reader);
int read_setvlan(struct reader *reader);

#endif
