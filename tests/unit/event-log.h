/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A log of the events of a watch, as text. */

#ifndef UNIT_EVENT_LOG_H
#define UNIT_EVENT_LOG_H

struct vbr_event;

struct event_log {
	char text[1024];
	unsigned int count;
	unsigned int
		fail_at; /* number of the event for which the callback fails */
	int error;	 /* what the callback returns then; 0: 42 */
};

/* Appends an event to the log; fails for the event number "fail_at". */
int event_log_add(const struct vbr_event *event, void *data);

#endif
