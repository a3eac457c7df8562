/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A frame that is described by words. */

#ifndef VBR_BRCTL_TRACE_WORDS_H
#define VBR_BRCTL_TRACE_WORDS_H

#include "commands.h"
#include "vbridge.h"

/* The words after the bridge. Returns the status. */
int take_frame(const struct cli *cli, const struct call *call,
	       struct vbr_frame *ret_frame);

#endif
