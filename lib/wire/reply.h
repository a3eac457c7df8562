/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads the kernel's verdict on a request; opens nothing. */

#ifndef VBR_WIRE_REPLY_H
#define VBR_WIRE_REPLY_H

#include <linux/netlink.h>
#include <stddef.h>

struct reply_error {
	int error;	  /* 0, or a negative errno */
	const char *text; /* the kernel's own words, or NULL */
	size_t text_len;
	size_t offset; /* into the request; 0: points at nothing */
};

int reply_parse_error(const struct nlmsghdr *msg,
		      struct reply_error *ret_error);

#endif
