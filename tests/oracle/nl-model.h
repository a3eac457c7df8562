/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A model of the kernel state, built from events, and its comparison with a new
 * read. */

#ifndef ORACLE_NL_MODEL_H
#define ORACLE_NL_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

/* Indexes in these tests are lower. */
#define MODEL_MOST 1024

/* Devices by index. FDB entries (02:ab:00:00:00:*) and members (of 239.1.1.*)
 * by their last byte. */
struct model {
	struct vbr_bridge *bridges[MODEL_MOST];
	struct vbr_port *ports[MODEL_MOST];
	struct vbr_vlan *vlans[MODEL_MOST];
	int entries[256], members[256]; /* the index of the port, or 0 */
	unsigned int events;
	bool has_groups; /* gets events of members that leave, too */
};

/* A vbr_event_fn with the model as its data. */
int model_follow(const struct vbr_event *event, void *data);
void model_forget(struct model *model);

size_t model_count(void *const *kept);

/* Whether a new read gives the same, as far as libnl supports it. */
bool model_agrees(struct vbr_ctx *ctx, const struct model *model, bool is_loud);

#endif
