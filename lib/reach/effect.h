/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counts the effects of a set of changes on others. */

#ifndef VBR_REACH_EFFECT_H
#define VBR_REACH_EFFECT_H

#include <stdint.h>

#include "reach/change.h"
#include "reach/talk.h"
#include "trace/snapshot.h"

/*
 * The number of paths between other ports that open or close, for broadcasts
 * and for frames to unknown addresses. -ENOMEM
 */
int effect_of(const struct trace_snapshot *snapshot,
	      const struct stations *stations, const struct changes *changes,
	      uint64_t set, unsigned int *ret_effect);

#endif
