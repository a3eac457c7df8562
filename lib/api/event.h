/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages of the kernel, told as events. */

#ifndef VBR_EVENT_H
#define VBR_EVENT_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "vbridge.h"

/* One message that is told, or several. */
struct emitter {
	unsigned int what; /* of enum vbr_watch_what */
	vbr_event_fn function;
	void *data;
	/* Whether that is a bridge: 1, 0, or an error; others have groups of
	 * their own kind. NULL: nobody can say, and all are told. */
	int (*is_bridge)(const struct emitter *emitter, int index);
	struct vbr_watch *watch;
	bool is_dump;
	bool is_gone;
	bool is_over;	   /* the function returned other than 0 */
	unsigned int skip; /* told by an earlier call */
	unsigned int emitted;
};

/* Tells what a message says; 0, what the function returned, or -EBADMSG. It is
 * read as one of what is there, where it is of what has gone. */
int emit_message(struct emitter *emitter, struct nlmsghdr *msg);

/* What can be told, and where the kernel tells it. */
struct watch_topic {
	enum vbr_watch_what what;
	unsigned int group; /* of rtnetlink */
	uint16_t type;	    /* of its messages, RTM_NEW* */
	int (*emit)(struct emitter *emitter, const struct nlmsghdr *msg);
};

#define WATCH_TOPICS 4

extern const struct watch_topic watch_topics[WATCH_TOPICS];

/* Whether that can be told of, and is something. */
bool is_watched(unsigned int what);

#endif
