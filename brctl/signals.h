/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Changes that are made wholly or not at all. */

#ifndef VBR_BRCTL_SIGNALS_H
#define VBR_BRCTL_SIGNALS_H

#include <signal.h>

/*
 * Until they are released, an interrupted change is still completed or undone.
 */
void signals_block(sigset_t *ret_before);
void signals_restore(const sigset_t *before);

#endif
