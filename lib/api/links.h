/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* All devices, read at once. */

#ifndef VBR_LINKS_H
#define VBR_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/link-lists.h"
#include "vbridge.h"

/* From one dump, so that the lists fit together. */
struct links {
	struct vbr_link *list; /* by index */
	size_t count, room;
	struct link_lists of_kind;
	bool are_in_sysfs; /* of one device: the address as it was read */
};

/* Sets the error of the context. Free them also after a failure. */
int links_take(struct vbr_ctx *ctx, struct links *ret_links);
void links_free(struct links *links);

/* NULL: there is none. */
const struct vbr_link *links_find(const struct links *links, int index);
const struct vbr_link *links_at(const struct links *links, size_t i);
/* The position of one of them. */
size_t links_position(const struct links *links, const struct vbr_link *link);

const char *link_own_name(const struct vbr_link *link);

/* Whether somebody has set the MAC address of one of them. -ENODATA: not
 * known. */
int links_is_mac_set(struct vbr_ctx *ctx, struct links *links,
		     const struct vbr_link *link, bool *ret_is_set);

#endif
