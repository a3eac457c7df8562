/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads all that a snapshot or an event has, and checks what holds for all. */

#ifndef FUZZ_TOUCH_H
#define FUZZ_TOUCH_H

#include <stdbool.h>

#include "vbridge.h"

/* What an output is before a call, and still is after one that failed. */
extern char touch_nothing;
#define UNTOUCHED ((void *)&touch_nothing)

/* Whether a call failed; then the context has a sentence about it. */
bool touch_failed(const struct vbr_ctx *ctx, int rc);
/* The same of a call with an output, which is untouched if it failed. */
bool touch_lacks(const struct vbr_ctx *ctx, int rc, const void *output);

void touch_bridge(struct vbr_ctx *ctx, const struct vbr_bridge *bridge);
void touch_port(struct vbr_ctx *ctx, const struct vbr_port *port);
void touch_vlan(struct vbr_ctx *ctx, const struct vbr_vlan *vlan);
void touch_entry(const struct vbr_fdb_entry *entry);
void touch_port_vlan(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan);
void touch_group(const struct vbr_mdb_entry *entry);
void touch_router(const struct vbr_mdb_router *router);

/* A vbr_event_fn; its data is the context. */
int touch_event(const struct vbr_event *event, void *data);

#endif
