/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A device of a topology, as the public functions show it. */

#ifndef VBR_TOPOLOGY_DEVICE_H
#define VBR_TOPOLOGY_DEVICE_H

#include <stddef.h>

struct topology_link;

struct vbr_device {
	const struct topology_link *link;
	/* Of a parent in another namespace; NULL: not known. */
	const char *netns, *peer;
	const char *const *addresses; /* as text */
	size_t address_count;
};

#endif
