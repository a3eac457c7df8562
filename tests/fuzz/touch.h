/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads all of a snapshot or an event, and checks what must be true for all. */

#ifndef FUZZ_TOUCH_H
#define FUZZ_TOUCH_H

#include <stdbool.h>

#include "vbridge.h"

/* The value of an output before a call, which a failed call must not change. */
extern char touch_nothing;
#define UNTOUCHED ((void *)&touch_nothing)

/* Returns whether a call failed, and checks that it left an error sentence. */
bool touch_failed(const struct vbr_ctx *ctx, int rc);
/* The same for a call with an output, which must be UNTOUCHED if it failed. */
bool touch_lacks(const struct vbr_ctx *ctx, int rc, const void *output);

void touch_bridge(struct vbr_ctx *ctx, const struct vbr_bridge *bridge);
void touch_port(struct vbr_ctx *ctx, const struct vbr_port *port);
void touch_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *vlan);
void touch_entry(const struct vbr_fdb_entry *entry);
void touch_port_vlan(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan);
void touch_group(const struct vbr_mdb_entry *entry);
void touch_router(const struct vbr_mdb_router *router);

/* A vbr_event_fn with the context as its data. */
int touch_event(const struct vbr_event *event, void *data);

#endif
