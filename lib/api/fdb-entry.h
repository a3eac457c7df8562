/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Flags of FDB entries: those of vbridge.h and those of the kernel. */

#ifndef VBR_API_FDB_ENTRY_H
#define VBR_API_FDB_ENTRY_H

#include <stdint.h>

/*
 * Convert NTF_* to enum vbr_fdb_flag, and back. Flags without a counterpart are
 * left out, also VBR_FDB_USER, which is NTF_USE only in a filter.
 */
unsigned int fdb_flags(uint8_t kernel_flags);
uint8_t fdb_kernel_flags(unsigned int flags);

#endif
