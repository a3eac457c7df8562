/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads lines about bridges, ports and links. */

#ifndef VBR_CONFIG_READ_BRIDGE_H
#define VBR_CONFIG_READ_BRIDGE_H

#include "config/read.h"

int read_addbr(struct reader *reader);
int read_delbr(struct reader *reader);
int read_addif(struct reader *reader);
int read_delif(struct reader *reader);
int read_link(struct reader *reader);
int read_set(struct reader *reader);
int read_setport(struct reader *reader);

/* The commands that set one option: "reader->option". */
int read_set_bridge(struct reader *reader);
int read_set_port(struct reader *reader);

#endif
