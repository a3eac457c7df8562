/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A fake kernel: a transport that follows a script. The requests of the library
 * must have the order of the script. Anything else fails the test, and so does
 * a script that has not ended. */

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

/* Frees the context, and checks that the script has ended. */
void fake_end(struct fake_kernel *fake_kernel, struct vbr_ctx *ctx);

/* The rest of the script need not happen. */
void fake_forget(struct fake_kernel *fake_kernel);

/* These append to the script: the library sends a request of this type ... */
void fake_expect(struct fake_kernel *fake_kernel, uint16_t type);
/* ... or exactly this request, with any sequence number ... */
void fake_expect_this(struct fake_kernel *fake_kernel,
		      const struct nlmsghdr *expected);
/* ... or sending fails with this error. */
void fake_send_fails(struct fake_kernel *fake_kernel, int error);
/* The library receives this datagram, once or "times" times, if its buffer is
 * large enough. */
void fake_answer(struct fake_kernel *fake_kernel, const struct datagram *d);
void fake_answer_times(struct fake_kernel *fake_kernel,
		       const struct datagram *d, size_t times);
/* A datagram that is as long as "room" bytes, as far as the buffer of the
 * library matters. */
void fake_answer_needing(struct fake_kernel *fake_kernel,
			 const struct datagram *d, size_t room);
void fake_receive_fails(struct fake_kernel *fake_kernel, int error);

/* An ioctl for this name, for this index if "index" is not 0, or with this
 * command and these values for a VLAN. "rc": 0 or a negative errno. "ret_index"
 * and "ret_name": the result, if not 0. */
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

/* The library reads a file with this text. */
void fake_file(struct fake_kernel *fake_kernel, const char *text, int rc);
/* The library writes this text to a file. */
void fake_file_written(struct fake_kernel *fake_kernel, const char *text,
		       int rc);
/* The path of that file; without this call, any path. */
void fake_path(struct fake_kernel *fake_kernel, const char *path);

/* The library joins these groups of rtnetlink. */
void fake_listens(struct fake_kernel *fake_kernel, const unsigned int *groups,
		  size_t count, int rc);

/* The library drops what it has not received; or it may do so at any time. */
void fake_is_reset(struct fake_kernel *fake_kernel, int rc);
void fake_resets_at_will(struct fake_kernel *fake_kernel);

/* The request that was sent last; request "i" of a batch, or NULL after the
 * last one; and the number of all requests. */
const struct request *fake_request(const struct fake_kernel *fake_kernel);
const struct nlmsghdr *fake_sent(const struct fake_kernel *fake_kernel,
				 size_t i);
size_t fake_requests(const struct fake_kernel *fake_kernel);

/* Requests with these replies, at the end of the script. */
void fake_acks(struct fake_kernel *fake_kernel, uint16_t type);
void fake_refuses(struct fake_kernel *fake_kernel, uint16_t type, int error);
/* Acks for the first "count" requests of a batch, in one datagram and in
 * reverse order; request "bad" is refused. */
#define FAKE_ALL SIZE_MAX
void fake_verdicts(struct fake_kernel *fake_kernel, size_t count, size_t bad,
		   int error);
/* SIOCGIFINDEX returns this index of the device. */
void fake_index(struct fake_kernel *fake_kernel, const char *name, int index);
/* SIOCGIFNAME returns this name; NULL: there is no such device. */
void fake_name(struct fake_kernel *fake_kernel, int index, const char *name);
/* RTM_GETLINK returns this link. */
void fake_link(struct fake_kernel *fake_kernel, const struct a_link *link);

#endif
