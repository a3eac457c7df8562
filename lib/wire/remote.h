/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Where a VXLAN device sends frames, in messages about the FDB and the multicast
 * database; no I/O. */

#ifndef VBR_WIRE_REMOTE_H
#define VBR_WIRE_REMOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"

struct nlattr;
struct request;

/* A zeroed one has no destination. */
struct remote {
	bool has_dst, has_vni, has_src_vni;
	struct address dst;
	uint16_t port; /* UDP; 0: none */
	uint32_t vni, src_vni;
	int via;       /* an interface index; 0: none */
	uint32_t nhid; /* a nexthop group; 0: none; only in the FDB */
};

/* The types of its attributes in one kind of message; 0: there is none. */
struct remote_types {
	uint16_t dst, port, vni, src_vni, via, nhid;
	bool port_is_be16;
};

/* 1: the attribute is one of these; 0: it is another one; -EBADMSG. */
int remote_read_attr(const struct nlattr *attr,
		     const struct remote_types *types, struct remote *remote);
/* They always fit. */
void remote_put_attrs(struct request *req, const struct remote_types *types,
		      const struct remote *remote);

#endif
