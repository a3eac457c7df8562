/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Expected requests, byte by byte, built by libnl-3; and the
 * two devices that most of them are about. */

#ifndef UNIT_EXPECTED_H
#define UNIT_EXPECTED_H

#include "unit/fake-kernel.h"

/* Begins a request by its family's header. */
struct nlmsghdr *expect(struct datagram *d, uint16_t type, uint16_t flags,
			const void *head, size_t size);

/* An entry of the FDB that is added, or deleted: RTM_NEWNEIGH, RTM_DELNEIGH. */
struct nlmsghdr *expect_entry(struct datagram *d, uint16_t type,
			      const struct an_entry *entry);

/* The script goes on with this change, and its verdict ... */
void fake_verdict(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		  int error);
/* ... or this question, and its answer. */
void fake_reply(struct fake_kernel *fake_kernel, const struct nlmsghdr *msg,
		const struct datagram *answer);

/* Somebody looks for br0, which has index 7, or for eth0, its port, which has
 * index 8. */
void fake_br0(struct fake_kernel *fake_kernel);
void fake_eth0(struct fake_kernel *fake_kernel);

/* What the context says of its last error, behind what was asked. */
void says(const struct vbr_ctx *ctx, const char *why);
/* What it ends with where the kernel said EPERM. */
#define NO_CAPABILITY \
	"Operation not permitted; the capability " \
	"CAP_NET_ADMIN is needed"

#endif
