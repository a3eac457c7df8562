/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The path of one frame, while it is collected. */

#ifndef VBR_LIVE_PATH_H
#define VBR_LIVE_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "vbridge.h"
#include "wire/nft-trace.h"

struct vbr_live;

struct live_hook {
	const char *name;
	int in, out; /* indices of devices; 0: none */
	int vlan;    /* -1: untagged */
	uint32_t id; /* of the copy of the frame */
	const char *device;
	const char *rule; /* of the chain that drops it; or NULL */
};

struct vbr_live_path {
	struct arena arena;
	struct live_hook *hooks;
	size_t hook_count, hook_room;
	struct nft_trace first; /* with the headers */
	bool is_closed;		/* another frame like it has begun */
	int64_t last;		/* when the last message came, in ms */
	struct vbr_frame frame;
	char group[VBR_ADDRESS_TEXT_SIZE];
	struct vbr_trace *trace;
	bool agrees;
};

/* Names its devices, and compares it with what the model predicts. Returns 0, or
 * a negative errno with its sentence in the context. */
int live_finish_path(struct vbr_live *live, struct vbr_live_path *path);

#endif
