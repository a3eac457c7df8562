/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses the kernel's verdict on a request; no I/O. */

#ifndef VBR_WIRE_REPLY_H
#define VBR_WIRE_REPLY_H

#include <linux/netlink.h>
#include <stddef.h>

struct reply_error {
	int error;	  /* 0, or a negative errno */
	const char *text; /* message of the extended ack, or NULL */
	size_t text_len;
	size_t offset; /* bad attribute in the request; 0: none */
};

int reply_parse_error(const struct nlmsghdr *msg,
		      struct reply_error *ret_error);

#endif
