/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* brctl as a whole: for its main(), and for batches. */

#ifndef VBR_BRCTL_PROGRAM_H
#define VBR_BRCTL_PROGRAM_H

#include <stddef.h>

#include "cli/batch.h"

extern const struct program brctl_program;

/* The whole of main(). "programs": whose commands a batch may have, this one
 * first, NULL last. */
int brctl_main(int argc, char **argv, const struct program *const *programs);

#endif
