/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds and reads messages with libnl-3, because the library uses libmnl. */

#ifndef UNIT_ATTRS_H
#define UNIT_ATTRS_H

#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stddef.h>
#include <stdint.h>

/* Starts a message in a buffer. */
struct nlmsghdr *put_header(void *buffer);
/* Appends zeroed bytes, such as the header of a family, and returns them. */
void *put_extra_header(struct nlmsghdr *msg, size_t size);

/* These append attributes. */
void put_attr(struct nlmsghdr *msg, int type, size_t len, const void *data);
void put_u8(struct nlmsghdr *msg, int type, uint8_t value);
void put_u16(struct nlmsghdr *msg, int type, uint16_t value);
void put_u32(struct nlmsghdr *msg, int type, uint32_t value);
void put_u64(struct nlmsghdr *msg, int type, uint64_t value);
void put_string(struct nlmsghdr *msg, int type, const char *text);

struct nlattr *nest_start(struct nlmsghdr *msg, int type);
void nest_end(const struct nlmsghdr *msg, struct nlattr *nest);

#endif
