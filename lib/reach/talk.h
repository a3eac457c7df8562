/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Two stations, and the frames with which they reach each other. The model asks
 * no kernel. */

#ifndef VBR_REACH_TALK_H
#define VBR_REACH_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "trace/result.h"
#include "trace/snapshot.h"

/* A station: the host, or one behind a port. */
struct station {
	int member; /* the index of the port; that of the bridge: the host */
	/* It is the bridge's own address, not that of one of its ports. */
	bool is_bridge_mac;
	bool has_mac; /* otherwise "mac" is an address that nobody has */
	uint8_t mac[6];
	unsigned int vlan; /* in which its address was found; 0: unknown */
	/* The tag of its frames, and of those that it takes; -1: none. */
	int sends, takes;
};

struct stations {
	struct station ends[2];
	unsigned int vlan; /* 0: the bridge does not filter, or none */
	bool is_strict;	   /* all frames must be of this VLAN */
};

/* In the order in which they are sent: each broadcast lets the bridge learn its
 * sender. */
enum { TALK_FRAMES = 4 };

struct talk_frame {
	struct vbr_trace *trace;
	bool arrives;
	/* Where it stops; NULL: it arrives. The trace owns it. */
	const struct vbr_trace_step *stop;
};

struct talk_result {
	struct talk_frame frames[TALK_FRAMES];
	int first_stop; /* TALK_FRAMES: all arrive */
};

/* The tags that a station uses in a VLAN, as its port is configured. */
void station_choose_tags(const struct trace_snapshot *snapshot,
			 unsigned int vlan, struct station *station);

/* Sends all frames; the copy learns from them. -ENOMEM */
int stations_talk(struct trace_snapshot *copy, const struct stations *stations,
		  struct talk_result *ret_result);
void talk_result_drop(struct talk_result *result);

/* The number of a frame: 0 to 3. */
bool talk_is_broadcast(int frame);
/* The sender, 0 or 1. */
int talk_sender(int frame);

#endif
