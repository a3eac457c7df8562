/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The tables of kernel options: each attribute is in one row only. */

#ifndef VBR_WIRE_OPTION_H
#define VBR_WIRE_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vbridge.h"
#include "wire/message.h"

/* How an option is encoded. */
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
	WIRE_BIT,  /* of a pair of u32: values, mask */
	WIRE_FLAG, /* without payload */
	WIRE_MAP,  /* a nest of pairs of u32 */
};

#define WIRE_TYPES (WIRE_MAP + 1)

enum option_access {
	OPTION_READ = 1,
	OPTION_WRITE = 2,
	/* All kernels since 4.4 have it, whatever their configuration: no need
	 * to check before it is set. */
	OPTION_EVERYWHERE = 4,
	/*
	 * The kernel would silently take a value out of range for another one,
	 * so the library refuses it. Otherwise the range only explains the
	 * kernel's refusal.
	 */
	OPTION_STRICT = 8,
	/* Not sent while it is 0 or has no effect: if it is missing, the kernel
	 * may still know it. */
	OPTION_SPARSE = 16,
	/* The range does not always apply: dry runs ignore it. */
	OPTION_LOOSE = 32,
	/* It is set in the port's driver, not in the bridge. */
	OPTION_SELF = 64,
	/* The kernel may accept a value and then report another one, which is
	 * not an error: it ignores the option, or reports more than was set. */
	OPTION_READS_OTHER = 128,
};

/* One option. Without pointers the table needs no relocation when a process
 * starts, and its pages are not touched before they are used. */
struct vbr_option {
	char name[36];	/* in sysfs, or else in iproute2 */
	char alias[36]; /* in iproute2, if different */
	uint16_t attr;	/* IFLA_BR_*, IFLA_BRPORT_*, ... */
	uint16_t nest;	/* the attribute that contains it; 0: none */
	uint8_t wire;	/* enum wire_type */
	uint8_t type;	/* enum vbr_option_type */
	uint8_t access; /* bits of enum option_access */
	uint8_t bit;	/* its number, for WIRE_BIT */
	uint64_t min, max;
	/* Of a new bridge, port or VLAN; VARIES: the kernel computes it. */
	uint64_t initial;
	char since[8]; /* first kernel with netlink support */
	/* Of VBR_OPTION_ENUM, separated by blanks. A number may have words for
	 * its lowest values, too: it is parsed from them, but shown without. */
	char words[48];
	/* The option that the kernel may change along with this one, or "". */
	char also[20];
	char help[96];
};

#define VARIES UINT64_MAX

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

/* Shorthands for rows; members that are not named are 0. */
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

/* An option and its new value. */
struct option_value {
	const struct vbr_option *option;
	uint64_t value;
};

const struct option_table *option_table(enum vbr_scope scope);
const struct vbr_option *option_find(enum vbr_scope scope, const char *name);
/* The option that this attribute contains, or NULL. */
const struct vbr_option *option_of_attr(enum vbr_scope scope,
					const struct nlattr *attr);

uint64_t option_wire_max(const struct vbr_option *option);

bool option_is_in_range(const struct vbr_option *option, uint64_t value);

/* Values are numbers: a MAC is a number of 48 bits, an IPv4 address of 32 bits.
 * IPv6 addresses and maps are not numbers. */
int option_put(struct nlmsghdr *msg, size_t size, const struct nlattr *nest,
	       const struct vbr_option *option, uint64_t value);
int option_get(struct attr_span attrs, const struct vbr_option *option,
	       uint64_t *ret_value);
/* The unparsed attribute; NULL with -ENODATA or -EBADMSG. */
const struct nlattr *option_attr(struct attr_span attrs,
				 const struct vbr_option *option,
				 int *ret_error);

#endif
