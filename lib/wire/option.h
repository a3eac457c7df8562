/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of kernel options: each attribute stated once. */

#ifndef VBR_WIRE_OPTION_H
#define VBR_WIRE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"
#include "wire/message.h"

/* How an option travels. */
enum wire_type {
	WIRE_U8,
	WIRE_U16,
	WIRE_U32,
	WIRE_U64,
	WIRE_BE16,
	WIRE_BRIDGE_ID, /* 8 bytes, big-endian */
	WIRE_MAC,
	WIRE_IPV4,
	WIRE_IPV6,
	WIRE_BIT,  /* of a pair of u32: bits, which count */
	WIRE_FLAG, /* being there is all */
	WIRE_MAP,  /* a nest of pairs of u32 */
};

#define WIRE_TYPES (WIRE_MAP + 1)

enum option_access {
	OPTION_READ = 1,
	OPTION_WRITE = 2,
	/* No kernel since 4.4 is without, whatever its configuration: it need
	 * not be looked for before it is set. */
	OPTION_EVERYWHERE = 4,
	/* The kernel would take what is out of range for something else, and
	 * not say so: we refuse. Else the range explains its refusal. */
	OPTION_STRICT = 8,
	/* Not sent while it is 0, or has no effect: that it is missing tells
	 * nothing. */
	OPTION_SPARSE = 16,
	/* The range holds at times: a dry run cannot say. */
	OPTION_LOOSE = 32,
	/* The port's driver takes it, and not the bridge. */
	OPTION_SELF = 64,
};

/*
 * One row: what vbridge.h calls an option. It has no pointers: the table needs
 * no relocation when a process starts, and is not touched until it is used.
 */
struct vbr_option {
	char name[36];	/* as sysfs calls it, or else iproute2 */
	char alias[36]; /* iproute2's word where it is another */
	uint16_t attr;	/* IFLA_BR_*, IFLA_BRPORT_*, ... */
	uint16_t nest;	/* the attribute that this one is in; 0: none */
	uint8_t wire;	/* enum wire_type */
	uint8_t type;	/* enum vbr_option_type */
	uint8_t access; /* of enum option_access */
	uint8_t bit;	/* of WIRE_BIT: its number */
	uint64_t min, max;
	char since[8];	/* the first kernel that speaks it on netlink */
	char words[48]; /* of VBR_OPTION_ENUM, blanks between them */
	char help[96];
};

#define SCOPES (VBR_SCOPE_BRIDGE_VLAN + 1)

struct option_table {
	const struct vbr_option *rows;
	size_t count;
};

extern const struct option_table option_bridge_table;
extern const struct option_table option_port_table;
extern const struct option_table option_vlan_table;
extern const struct option_table option_port_vlan_table;
extern const struct option_table option_bridge_vlan_table;

/* The shapes that rows have; what is not named stays 0. */
#define OPTION_ROWS(table) \
	{ \
		(table), sizeof(table) / sizeof((table)[0]) \
	}
#define NUMBER(t, lo, hi) \
	.wire = (t), .type = VBR_OPTION_NUMBER, .min = (lo), .max = (hi)
#define MASK(t, hi) .wire = (t), .type = VBR_OPTION_MASK, .max = (hi)
#define BOOL .wire = WIRE_U8, .type = VBR_OPTION_BOOL, .max = 1
#define BOOL_BIT(n) \
	.wire = WIRE_BIT, .type = VBR_OPTION_BOOL, .max = 1, .bit = (n)
#define TICKS(t, lo, hi) \
	.wire = (t), .type = VBR_OPTION_TICKS, .min = (lo), .max = (hi)
#define TIMER TICKS(WIRE_U64, 0, UINT64_MAX)
#define BRIDGE_ID \
	.wire = WIRE_BRIDGE_ID, .type = VBR_OPTION_BRIDGE_ID, .max = UINT64_MAX
#define ENUM(t, hi, text) \
	.wire = (t), .type = VBR_OPTION_ENUM, .max = (hi), .words = text
#define ACTION \
	.wire = WIRE_FLAG, .type = VBR_OPTION_ACTION, .min = 1, .max = 1, \
	.access = OPTION_WRITE
#define READABLE .access = OPTION_READ
#define SETTABLE .access = (OPTION_READ | OPTION_WRITE)
#define EVERYWHERE .access = (OPTION_READ | OPTION_WRITE | OPTION_EVERYWHERE)
#define STRICT .access = (OPTION_READ | OPTION_WRITE | OPTION_STRICT)
#define SPARSE .access = (OPTION_READ | OPTION_WRITE | OPTION_SPARSE)

/* An option, and what it shall be. */
struct option_value {
	const struct vbr_option *option;
	uint64_t value;
};

const struct option_table *option_table(enum vbr_scope scope);
const struct vbr_option *option_find(enum vbr_scope scope, const char *name);
/* The option that an attribute carries, or NULL. */
const struct vbr_option *option_of_attr(enum vbr_scope scope,
					const struct nlattr *attr);

uint64_t option_wire_max(const struct vbr_option *option);

bool option_is_in_range(const struct vbr_option *option, uint64_t value);

/*
 * Values are numbers: a MAC is its 48 bits, an IPv4 address its 32; an IPv6
 * address and a map are none.
 */
int option_put(struct nlmsghdr *msg, size_t size, const struct nlattr *nest,
	       const struct vbr_option *option, uint64_t value);
int option_get(struct attr_span attrs, const struct vbr_option *option,
	       uint64_t *ret_value);
/* The attribute as it came; NULL with -ENODATA or -EBADMSG. */
const struct nlattr *option_attr(struct attr_span attrs,
				 const struct vbr_option *option,
				 int *ret_error);

#endif
