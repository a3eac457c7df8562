/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* MRP instances and CFM maintenance end points (MEP) in messages about bridges;
 * no I/O. */

#ifndef VBR_WIRE_INSTANCE_H
#define VBR_WIRE_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "vbridge.h"
#include "wire/message.h"
#include "wire/option.h"

struct request;

#define INSTANCE_KINDS 3

/* Defines the instance of vbridge.h. */
struct vbr_instance {
	uint8_t kind; /* enum vbr_instance_kind */
	int bridge;
	/* What identifies it: the MRP ring, or the MEP and, of a peer, the id
	 * of the peer. */
	uint32_t number, peer;
	/* The attributes of all instances of the bridge. */
	struct attr_span attrs;
};

/* What can be read of an instance: rows as in the tables of options. */
const struct option_table *instance_table(enum vbr_instance_kind kind);

/* The attributes of MRP or CFM in the AF_BRIDGE attributes of a bridge. */
struct attr_span instance_attrs(struct attr_span af_spec, bool cfm);

/* Takes the next instance off. 1: taken, 0: none is left; -EBADMSG. Sets neither
 * the bridge nor the attributes. */
int instance_take(struct attr_span *attrs, bool cfm,
		  struct vbr_instance *ret_instance);

/* 0, -ENODATA or -EBADMSG. */
int instance_value(const struct vbr_instance *instance,
		   const struct vbr_option *option, uint64_t *ret_value);

void instance_request(struct request *req, bool cfm);

#endif
