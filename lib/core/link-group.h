/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Deletes many devices at once. */

#ifndef VBR_LINK_GROUP_H
#define VBR_LINK_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/name.h"

struct vbr_ctx;

/* A device that is to be deleted. The caller sets its name, and what it is: a
 * bridge, or a VLAN device. */
struct link_member {
	char name[NAME_SIZE];
	bool is_bridge;
	int index;
	uint32_t own_group;
};

/*
 * Deletes all of them, or none, and sorts the array. One by one, each deletion
 * waits for RCU grace periods: minutes for thousands of devices. So they are put
 * into a link group that is not in use, and the group is deleted. Devices of a
 * failed call get their own groups back.
 *
 * Between the last look at the group and its deletion another process could put
 * a device into it, or set up a bridge of it: these would be deleted, too.
 *
 * -ENODEV: one is not there; -EINVAL: one is of another kind; -EBUSY: others
 * used the group, too. These errors have no sentence in the context.
 */
int link_group_delete(struct vbr_ctx *ctx, struct link_member *members,
		      size_t count);

#endif
