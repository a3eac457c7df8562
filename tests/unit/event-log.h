/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Events of a watch, as text. */

#ifndef UNIT_EVENT_LOG_H
#define UNIT_EVENT_LOG_H

struct vbr_event;

struct event_log {
	char text[1024];
	unsigned int count;
	unsigned int fail_at; /* the event that the callback fails for */
	int error;	      /* what it says then; 0: 42 */
};

/* Adds an event to what was told; other than 0 where it is the one to fail
 * for. */
int event_log_add(const struct vbr_event *event, void *data);

#endif
