/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What a set of changes does to others. */

#ifndef VBR_REACH_EFFECT_H
#define VBR_REACH_EFFECT_H

#include <stdint.h>

#include "reach/change.h"
#include "reach/talk.h"
#include "trace/snapshot.h"

/* How many ways of others open or close: from one port to another, for frames
 * to everybody and to unknown addresses. -ENOMEM */
int effect_of(const struct trace_snapshot *snapshot,
	      const struct stations *stations, const struct changes *changes,
	      uint64_t set, unsigned int *ret_effect);

#endif
