/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The options that brctl itself takes: --json, --dry-run, and so on. */

#ifndef VBR_BRCTL_FLAGS_H
#define VBR_BRCTL_FLAGS_H

#include <getopt.h>

/* In getopt's form. */
extern const struct option flags[];

/* What a command has to be for one of them to mean something to it, of enum
 * trait; 0: any command. */
unsigned int flag_trait(int letter);

/* The long name of a letter; "?" where there is none. */
const char *flag_long_name(int letter);

#endif
