/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads requests of the library with libnl-3. */

#ifndef UNIT_MESSAGES_H
#define UNIT_MESSAGES_H

#include <linux/netlink.h>

/* Returns an attribute of a message or of a nest, or NULL. */
const struct nlattr *of_message(const struct nlmsghdr *msg, int type);
const struct nlattr *of_nest(const struct nlattr *nest, int type);

/* The number of attributes of a message. */
int count_attrs(const struct nlmsghdr *msg);

#endif
