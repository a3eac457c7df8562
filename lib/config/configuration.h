/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A configuration. */

#ifndef VBR_CONFIG_CONFIGURATION_H
#define VBR_CONFIG_CONFIGURATION_H

#include "config/text.h"

struct ip_kept;

struct vbr_config {
	struct text text;
	struct text losses; /* lines: what the text lacks, or takes away */
	struct ip_kept *addresses; /* or NULL */
	/* For a restore: the whole expected configuration, or NULL. */
	struct vbr_config *after;
};

#endif
