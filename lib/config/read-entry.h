/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about FDB entries and multicast groups. */

#ifndef VBR_CONFIG_READ_ENTRY_H
#define VBR_CONFIG_READ_ENTRY_H

#include "config/read.h"

int read_addmac(struct reader *reader);
int read_delmac(struct reader *reader);
int read_addgroup(struct reader *reader);
int read_delgroup(struct reader *reader);

#endif
