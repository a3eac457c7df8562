/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of kernel options: each attribute stated once. */

#ifndef VBR_WIRE_OPTION_H
#define VBR_WIRE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/attr.h"

enum option_type {
	OPTION_U8,
	OPTION_U16,
	OPTION_U32,
	OPTION_U64,
	OPTION_BE16,
	OPTION_BRIDGE_ID,
};

enum option_unit {
	UNIT_NUMBER,
	UNIT_SWITCH,
	UNIT_TICKS,
	UNIT_BRIDGE_ID,
};

/*
 * One row, without pointers: the table needs no relocation when a process
 * starts, and is not touched until it is used. "min" and "max" are what the kernel is known to accept: they
 * explain a refusal, they do not cause one, since a later kernel may take
 * more. Refused here is only what the wire cannot carry.
 */
struct option_row {
	char name[28];		/* as sysfs calls it */
	uint16_t attr;		/* IFLA_BR_*, IFLA_BRPORT_*, IFLA_VLAN_* */
	uint8_t type;		/* enum option_type */
	uint8_t unit;		/* enum option_unit */
	bool writable;
	uint64_t min, max;
	char since[8];		/* the first kernel that speaks it on netlink */
	char help[116];
};

enum option_scope { SCOPE_BRIDGE, SCOPE_PORT, SCOPE_VLAN };

const struct option_row *option_rows(enum option_scope scope,
				     size_t *ret_count);
const struct option_row *option_find(enum option_scope scope,
				     const char *name);
const struct option_row *option_find_attr(enum option_scope scope,
					  unsigned int attr);

uint64_t option_wire_max(const struct option_row *option);
int option_parse(const struct option_row *option, const char *text,
		 uint64_t *ret_value);
int option_put(struct nlmsghdr *msg, size_t size,
	       const struct option_row *option, uint64_t value);
int option_get(struct attr_span attrs, const struct option_row *option,
	       uint64_t *ret_value);

#endif
