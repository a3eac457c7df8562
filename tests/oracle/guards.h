/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Starts and ends processes of guards. */

#ifndef ORACLE_GUARDS_H
#define ORACLE_GUARDS_H

struct vbr_guard;

void start_guard(struct vbr_guard *guard);

/* Waits until the guard has ended, and frees it. */
void end_guard(struct vbr_guard *guard);

#endif
