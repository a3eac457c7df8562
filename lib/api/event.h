/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Turns rtnetlink messages into events. */

#ifndef VBR_EVENT_H
#define VBR_EVENT_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

/* Emits the events of one message or of several. */
struct emitter {
	unsigned int what; /* bits of enum vbr_watch_what */
	vbr_event_fn function;
	void *data;
	/*
	 * Whether the device is a bridge: 1, 0 or an error. Other kinds of
	 * device have MDB entries too. NULL: not known, so all entries are
	 * emitted.
	 */
	int (*is_bridge)(const struct emitter *emitter, int index);
	struct vbr_watch *watch;
	bool is_dump;
	bool is_gone;
	bool is_over;	   /* the function returned other than 0 */
	unsigned int skip; /* number of events that an earlier call emitted */
	unsigned int emitted;
};

/* Emits the events of a message. Returns 0, what the function returned, or
 * -EBADMSG. An RTM_DEL* message is parsed as the matching RTM_NEW*. */
int emit_message(struct emitter *emitter, struct nlmsghdr *msg);

/* What can be watched, and the rtnetlink group that reports it. */
struct watch_topic {
	enum vbr_watch_what what;
	unsigned int group; /* RTNLGRP_* */
	uint16_t type;	    /* RTM_NEW* */
	int (*emit)(struct emitter *emitter, const struct nlmsghdr *msg);
};

#define WATCH_TOPICS 4

extern const struct watch_topic watch_topics[WATCH_TOPICS];

/* Whether "what" has at least one bit, and only known ones. */
bool is_watched(unsigned int what);

#endif
