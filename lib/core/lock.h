/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The lock for restoring configurations. */

#ifndef VBR_CORE_LOCK_H
#define VBR_CORE_LOCK_H

#include "sys/lock.h"

struct vbr_ctx;

/* Waits while another process of the namespace restores something. */
int restore_lock(struct vbr_ctx *ctx, struct lock *ret_lock);
void restore_unlock(struct lock *lock);

#endif
