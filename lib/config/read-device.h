/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines of vconfig, which are about VLAN devices. */

#ifndef VBR_CONFIG_READ_DEVICE_H
#define VBR_CONFIG_READ_DEVICE_H

#include "config/read.h"

int read_add(struct reader *reader);
int read_rem(struct reader *reader);
int read_set_flag(struct reader *reader);
int read_set_ingress_map(struct reader *reader);
int read_set_egress_map(struct reader *reader);

#endif
