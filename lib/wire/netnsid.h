/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about the ids of network namespaces; no I/O. */

#ifndef VBR_WIRE_NETNSID_H
#define VBR_WIRE_NETNSID_H

struct nlmsghdr;
struct request;

/* Which id the namespace of a file descriptor has in this one. */
void netnsid_request(struct request *req, int netns);

/* -1: it has none. -ENOMSG: it is about something else; -EBADMSG: malformed. */
int netnsid_parse(const struct nlmsghdr *msg, int *ret_netnsid);

#endif
