/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists what a later kernel has. */

#ifndef VBR_CORE_NEW_OPTIONS_H
#define VBR_CORE_NEW_OPTIONS_H

#include <stddef.h>

#include "vbridge.h"

struct link_copy;

/* Lists the options that the kernel reported, and that "kernel" (0x0612 is Linux
 * 6.18) does not have. Those that the library does not know have a number. "": none.
 * What does not fit is left out. */
void new_options_list(const struct link_copy *link, enum vbr_scope scope,
		      unsigned int kernel, char *ret_text, size_t size);

#endif
