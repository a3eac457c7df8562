/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Expected requests, byte by byte, built by libnl-3; and the two devices of
 * most requests. */

#ifndef UNIT_EXPECTED_H
#define UNIT_EXPECTED_H

#include "unit/fake-kernel.h"

/* Starts a request with the header of its family. */
struct nlmsghdr *expect(struct datagram *d, uint16_t type, uint16_t flags,
			const void *head, size_t size);

/* Adds or deletes an FDB entry: RTM_NEWNEIGH, RTM_DELNEIGH. */
struct nlmsghdr *expect_entry(struct datagram *d, uint16_t type,
			      const struct an_entry *entry);

/* Next the library sends this change, and the kernel answers with this
 * errno. */
void fake_verdict(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		  int error);
/* Next the library sends this request, and the kernel answers with this
 * reply. */
void fake_reply(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		const struct datagram *answer);

/* The library looks up br0, with index 7, or its port eth0, with index 8. */
void fake_br0(struct fake_kernel *fake_kernel);
void fake_eth0(struct fake_kernel *fake_kernel);

/* Checks the reason in the error sentence, after the operation. */
void says(const struct vbr_ctx *ctx, const char *why);
/* The end of the sentence after EPERM. */
#define NO_CAPABILITY \
	"Operation not permitted; the capability " \
	"CAP_NET_ADMIN is needed"

#endif
