/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares the options of an object: with what was set, or with earlier
 * ones. */

#ifndef VBR_CLI_CHANGES_H
#define VBR_CLI_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/values.h"
#include "vbridge.h"

struct cli;

/* Reports the settings that the kernel accepted, but adjusted. "vlan": the VLAN
 * whose options these are, or 0. Returns the status. */
int changes_check(const struct cli *cli, const struct values *now,
		  const struct vbr_setting *settings, size_t count,
		  unsigned int vlan);

/* An option that has another value than before. */
struct change {
	const struct vbr_option *option;
	uint64_t old, now;
};

/*
 * The next change, in the order of the options; "*i" is 0 at first. Timers and
 * counters do not count as changes, because they change all the time.
 */
bool changes_next(const struct values *old, const struct values *now, size_t *i,
		  struct change *ret_change);

#endif
