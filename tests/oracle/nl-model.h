/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A model of all that there is, of what was told; and whether it is right. */

#ifndef ORACLE_NL_MODEL_H
#define ORACLE_NL_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

/* No index and no number here is as high. */
#define MODEL_MOST 1024

/* By index; entries (02:ab:00:00:00:*) and members (of 239.1.1.*) by their last
 * number. */
struct model {
	struct vbr_bridge *bridges[MODEL_MOST];
	struct vbr_port *ports[MODEL_MOST];
	struct vbr_vlan *vlans[MODEL_MOST];
	int entries[256], members[256]; /* the port's index, or 0 */
	unsigned int events;
	bool has_groups; /* is told of members that left, too */
};

/* A vbr_event_fn, whose data is the model. */
int model_follow(const struct vbr_event *event, void *data);
void model_forget(struct model *model);

size_t model_count(void *const *kept);

/* Whether a fresh read gives the same, as far as libnl knows it. */
bool model_agrees(struct vbr_ctx *ctx, const struct model *model, bool is_loud);

#endif
