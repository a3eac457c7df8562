/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What iproute2 shows of the bridges, without what the kernel changes by itself. */

#ifndef ORACLE_EXTERNAL_STATE_H
#define ORACLE_EXTERNAL_STATE_H

/* Lines, to be freed. */
char *external_state(void);

#endif
