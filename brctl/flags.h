/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The global options of brctl: --json, --dry-run, and so on. */

#ifndef VBR_BRCTL_FLAGS_H
#define VBR_BRCTL_FLAGS_H

#include <getopt.h>

/* In the format of getopt_long(). */
extern const struct option flags[];

/* The trait that a command needs to accept this option, of enum trait; 0: all
 * commands accept it. */
unsigned int flag_trait(int letter);

/* The long name of a letter, or "?". */
const char *flag_long_name(int letter);

#endif
