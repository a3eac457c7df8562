/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A fake kernel: a transport that follows a script. What the library sends
 * and asks must come in the script's order; anything else fails the test, and
 * so does a script that is not followed to its end.
 */

#ifndef UNIT_FAKE_KERNEL_H
#define UNIT_FAKE_KERNEL_H

#include <linux/netlink.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/answers.h"
#include "wire/request.h"

struct vbr_ctx;
struct fake_kernel;

struct fake_kernel *fake_new(struct vbr_ctx **ret_ctx);

/* Gives the context back and sees that the script was followed. */
void fake_end(struct fake_kernel *fake_kernel, struct vbr_ctx *ctx);

/* What is left of the script need not happen. */
void fake_forget(struct fake_kernel *fake_kernel);

/* The script: a request of this type is sent ... */
void fake_expect(struct fake_kernel *fake_kernel, uint16_t type);
/* ... or these bytes of one, whatever its number; "wanted" has none ... */
void fake_expect_this(struct fake_kernel *fake_kernel,
		      const struct nlmsghdr *expected);
/* ... or cannot be sent: */
void fake_send_fails(struct fake_kernel *fake_kernel, int error);
/* A datagram comes, as long as the receiver has room for it, "times" times. */
void fake_answer(struct fake_kernel *fake_kernel, const struct datagram *d);
void fake_answer_times(struct fake_kernel *fake_kernel,
		       const struct datagram *d, size_t times);
/* One that is so long, as it were, that its receiver needs this much room. */
void fake_answer_needing(struct fake_kernel *fake_kernel,
			 const struct datagram *d, size_t room);
void fake_receive_fails(struct fake_kernel *fake_kernel, int error);

/* An ioctl with this name, and this index where "index" is not 0, or with a
 * VLAN's command and values. "rc": 0, or a negative errno; "ret_index" and
 * "ret_name": what it answers, where that is not 0. */
struct fake_ioctl {
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

void fake_ioctl(struct fake_kernel *fake_kernel,
		const struct fake_ioctl *expected);

/* A file's text is asked for. */
void fake_file(struct fake_kernel *fake_kernel, const char *text, int rc);
/* A text is written into a file. */
void fake_file_written(struct fake_kernel *fake_kernel, const char *text,
		       int rc);
/* Which file that is; else it may be any. */
void fake_path(struct fake_kernel *fake_kernel, const char *path);

/* Groups of rtnetlink are listened to. */
void fake_listens(struct fake_kernel *fake_kernel, const unsigned int *groups,
		  size_t count, int rc);

/* What is still to come is dropped; or that may happen at any time. */
void fake_is_reset(struct fake_kernel *fake_kernel, int rc);
void fake_resets_at_will(struct fake_kernel *fake_kernel);

/* What has been sent last, one of many that were sent at once (NULL beyond
 * their end), and how many requests there were in all. */
const struct request *fake_request(const struct fake_kernel *fake_kernel);
const struct nlmsghdr *fake_sent(const struct fake_kernel *fake_kernel,
				 size_t i);
size_t fake_requests(const struct fake_kernel *fake_kernel);

/* Datagrams at the script's ends: most tests need no more. */
void fake_acks(struct fake_kernel *fake_kernel, uint16_t type);
void fake_refuses(struct fake_kernel *fake_kernel, uint16_t type, int error);
/* Verdicts on the first "count" of a batch, in one datagram, the last first:
 * the one at "bad" is refused. */
#define FAKE_ALL SIZE_MAX
void fake_verdicts(struct fake_kernel *fake_kernel, size_t count, size_t bad,
		   int error);
/* The device's index, as SIOCGIFINDEX gives it. */
void fake_index(struct fake_kernel *fake_kernel, const char *name, int index);
/* And that of an index; without one there is no such device. */
void fake_name(struct fake_kernel *fake_kernel, int index, const char *name);
/* One link in answer to RTM_GETLINK. */
void fake_link(struct fake_kernel *fake_kernel, const struct a_link *link);

#endif
