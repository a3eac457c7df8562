/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Names the attribute of a request that an extended ack points at. */

#ifndef VBR_WIRE_BAD_ATTR_H
#define VBR_WIRE_BAD_ATTR_H

#include <linux/netlink.h>
#include <stddef.h>

/* Names what is at an offset of a request, as in an extended ack: the name of
 * an option, a word for another attribute, or NULL. */
const char *bad_attr_name(const struct nlmsghdr *msg, size_t offset);

#endif
