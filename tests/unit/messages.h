/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests of the library, walked by libnl-3. */

#ifndef UNIT_MESSAGES_H
#define UNIT_MESSAGES_H

#include <linux/netlink.h>

/* An attribute of a message, or of a nest, or NULL. */
const struct nlattr *of_message(const struct nlmsghdr *msg, int type);
const struct nlattr *of_nest(const struct nlattr *nest, int type);

/* How many attributes a message has. */
int count_attrs(const struct nlmsghdr *msg);

#endif
