/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A transport that reaches the kernel, and fails at one place. */

#ifndef ORACLE_FAILING_TRANSPORT_H
#define ORACLE_FAILING_TRANSPORT_H

#include "vbridge.h"

enum fault {
	SEND,		/* the request is not sent */
	SEND_ALWAYS,	/* nor is any later one */
	LOSE,		/* the answer is lost */
	LATE,		/* it can be read the next time only */
	BREAK,		/* its end is missing */
	RECEIVE_ALWAYS, /* no answer can be read any more */
	IOCTL,		/* an ioctl or the write of a file is refused */
	IOCTL_ALWAYS,	/* and each later one */
	FAULTS,
	KILL,  /* the process is killed before it sends, or before an ioctl */
	VANISH /* the device "gone" is deleted then */
};

struct faults {
	enum fault how;
	size_t at, count; /* the last datagram or call is number "count" */
};

extern struct faults faults;

/* From 1. */
void fault_begin(struct vbr_ctx *ctx, enum fault how, size_t at);
const char *fault_name(void);

#endif
