/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A canned kernel: a transport that follows a script. What the library sends
 * and asks must come in the script's order; anything else fails the test, and
 * so does a script that is not followed to its end.
 */

#ifndef UNIT_CANNED_H
#define UNIT_CANNED_H

#include <linux/netlink.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/answers.h"
#include "wire/request.h"

struct vbr_ctx;
struct canned;

struct canned *canned_new(struct vbr_ctx **ret_ctx);

/* Gives the context back and sees that the script was followed. */
void canned_end(struct canned *canned, struct vbr_ctx *ctx);

/* What is left of the script need not happen. */
void canned_forget(struct canned *canned);

/* The script: a request of this type is sent ... */
void canned_expect(struct canned *canned, uint16_t type);
/* ... or these bytes of one, whatever its number; "wanted" has none ... */
void canned_expect_this(struct canned *canned, const struct nlmsghdr *wanted);
/* ... or cannot be sent: */
void canned_send_fails(struct canned *canned, int error);
/* A datagram comes, as long as the receiver has room for it, "times" times. */
void canned_answer(struct canned *canned, const struct datagram *d);
void canned_answer_times(struct canned *canned, const struct datagram *d,
			 size_t times);
/* One that is so long, as it were, that its receiver needs this much room. */
void canned_answer_needing(struct canned *canned, const struct datagram *d,
			   size_t room);
void canned_receive_fails(struct canned *canned, int error);

/* An ioctl with this name, and this index where "index" is not 0, or with a
 * VLAN's command and values. "rc": 0, or a negative errno; "ret_index" and
 * "ret_name": what it answers, where that is not 0. */
struct canned_control {
	unsigned long request;
	const char *name;
	int index;
	int rc;
	int ret_index;
	const char *ret_name;
	int command;
	unsigned int value;
	short qos;
};

void canned_control(struct canned *canned, const struct canned_control *wanted);

/* A file's text is asked for. */
void canned_file(struct canned *canned, const char *text, int rc);
/* A text is written into a file. */
void canned_file_written(struct canned *canned, const char *text, int rc);
/* Which file that is; else it may be any. */
void canned_path(struct canned *canned, const char *path);

/* Groups of rtnetlink are listened to. */
void canned_listens(struct canned *canned, const unsigned int *groups,
		    size_t count, int rc);

/* What is still to come is dropped; or that may happen at any time. */
void canned_is_reset(struct canned *canned, int rc);
void canned_resets_at_will(struct canned *canned);

/* What has been sent last, one of many that were sent at once (NULL beyond
 * their end), and how many requests there were in all. */
const struct request *canned_request(const struct canned *canned);
const struct nlmsghdr *canned_sent(const struct canned *canned, size_t i);
size_t canned_requests(const struct canned *canned);

/* Datagrams at the script's ends: most tests need no more. */
void canned_acks(struct canned *canned, uint16_t type);
void canned_refuses(struct canned *canned, uint16_t type, int error);
/* Verdicts on the first "count" of a batch, in one datagram, the last first:
 * the one at "bad" is refused. */
#define CANNED_ALL SIZE_MAX
void canned_verdicts(struct canned *canned, size_t count, size_t bad,
		     int error);
/* The device's index, as SIOCGIFINDEX gives it. */
void canned_index(struct canned *canned, const char *name, int index);
/* And that of an index; without one there is no such device. */
void canned_name(struct canned *canned, int index, const char *name);
/* One link in answer to RTM_GETLINK. */
void canned_link(struct canned *canned, const struct a_link *link);

#endif
