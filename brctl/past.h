/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The last known state of bridges, ports and VLAN devices. */

#ifndef VBR_BRCTL_PAST_H
#define VBR_BRCTL_PAST_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/values.h"
#include "vbridge.h"

/* Snapshots, sorted by index. Must be zeroed before use. */
struct past {
	struct past_row *rows;
	size_t count, room;
};

/* Reads everything that exists. Returns 0, or a negative errno. */
int past_read(struct past *past, struct vbr_ctx *ctx);

/*
 * Replaces the state of the event's object. Returns true if the former state is
 * known, and the object is still there. Free "*ret_old" with past_free() in any
 * case; it must be zeroed before. Without memory, the object is not known the
 * next time.
 */
bool past_update(struct past *past, const struct vbr_event *event,
		 struct values *ret_old, struct values *ret_now);

void past_free(struct values *old);
void past_clear(struct past *past);

#endif
