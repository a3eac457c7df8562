/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Encodes and decodes options; no other code does. */

#include "config.h"

#include "wire/option.h"

#include <endian.h>
#include <errno.h>
#include <linux/if_link.h>
#include <string.h>

#include "base/mac.h"

static const struct option_table *const tables[SCOPES] = {
	[VBR_SCOPE_BRIDGE] = &option_bridge_table,
	[VBR_SCOPE_PORT] = &option_port_table,
	[VBR_SCOPE_VLAN] = &option_vlan_table,
	[VBR_SCOPE_PORT_VLAN] = &option_port_vlan_table,
	[VBR_SCOPE_BRIDGE_VLAN] = &option_bridge_vlan_table,
};

/* Length of the payload in bytes; that of a map varies. */
static const uint8_t widths[] = {
	[WIRE_U8] = 1,	      [WIRE_U16] = 2,  [WIRE_U32] = 4,
	[WIRE_U64] = 8,	      [WIRE_BE16] = 2, [WIRE_BRIDGE_ID] = 8,
	[WIRE_MAC] = MAC_LEN, [WIRE_IPV4] = 4, [WIRE_IPV6] = 16,
	[WIRE_BIT] = 8,	      [WIRE_FLAG] = 0, [WIRE_MAP] = 0,
};

_Static_assert(sizeof(widths) == WIRE_TYPES, "a width for each type");

const struct option_table *option_table(enum vbr_scope scope)
{
	return tables[scope];
}

/* Callers that walk a table pass the names in its rows: compare pointers
 * first. */
static bool is_same(const char *a, const char *b)
{
	return a == b || (*a == *b && strcmp(a, b) == 0);
}

const struct vbr_option *option_find(enum vbr_scope scope, const char *name)
{
	const struct option_table *table = tables[scope];

	for (size_t i = 0; i < table->count; i++)
		if (is_same(table->rows[i].name, name))
			return &table->rows[i];
	for (size_t i = 0; i < table->count && *name; i++)
		if (is_same(table->rows[i].alias, name))
			return &table->rows[i];
	return NULL;
}

/* The payload of WIRE_BIT: "mask" says which of "values" are valid. */
struct bits {
	uint32_t values, mask;
};

static struct bits read_bits(const struct nlattr *attr)
{
	struct bits bits;

	memcpy(&bits, mnl_attr_get_payload(attr), sizeof(bits));
	return bits;
}

static bool carries(const struct vbr_option *option, const struct nlattr *attr)
{
	if (option->nest || option->attr != mnl_attr_get_type(attr))
		return false;
	return option->wire != WIRE_BIT ||
	       (mnl_attr_get_payload_len(attr) == sizeof(struct bits) &&
		read_bits(attr).mask >> option->bit & 1);
}

const struct vbr_option *option_of_attr(enum vbr_scope scope,
					const struct nlattr *attr)
{
	const struct option_table *table = tables[scope];

	for (size_t i = 0; i < table->count; i++)
		if (carries(&table->rows[i], attr))
			return &table->rows[i];
	return NULL;
}

/* The largest value that the option's attribute can hold. */
uint64_t option_wire_max(const struct vbr_option *option)
{
	unsigned int width = widths[option->wire];

	switch (option->wire) {
	case WIRE_BIT:
	case WIRE_FLAG:
		return 1;
	case WIRE_MAP:
		return 0;
	default:
		if (option->type == VBR_OPTION_BOOL)
			return 1;
		return width >= 8 ? UINT64_MAX : UINT64_MAX >> (64 - 8 * width);
	}
}

bool option_is_in_range(const struct vbr_option *option, uint64_t value)
{
	if (option->type == VBR_OPTION_MASK)
		return !(value & ~option->max);
	return value >= option->min && value <= option->max;
}

static bool can_be_sent(const struct vbr_option *option, uint64_t value)
{
	/* An action takes no other value than 1. */
	if (option->access & OPTION_STRICT || option->wire == WIRE_FLAG)
		return option_is_in_range(option, value);
	return value <= option_wire_max(option);
}

/* Options that are bits of the same attribute must share it: the kernel would
 * use only the last of two attributes. */
static struct nlattr *find_bits(struct nlmsghdr *msg, const struct nlattr *nest,
				const struct vbr_option *option)
{
	const void *begin = mnl_attr_get_payload(nest);
	const char *end = mnl_nlmsg_get_payload_tail(msg);
	const struct nlattr *attr;

	mnl_attr_for_each_payload(begin, (int)(end - (const char *)begin))
		if (mnl_attr_get_type(attr) == option->attr)
			return (struct nlattr *)attr;
	return NULL;
}

static int put_bit(struct nlmsghdr *msg, size_t size, const struct nlattr *nest,
		   const struct vbr_option *option, bool on)
{
	struct nlattr *attr = find_bits(msg, nest, option);
	struct bits bits = { 0 };

	if (attr)
		bits = read_bits(attr);
	bits.values |= (uint32_t)on << option->bit;
	bits.mask |= UINT32_C(1) << option->bit;
	if (attr) {
		memcpy((char *)attr + NLA_HDRLEN, &bits, sizeof(bits));
		return 0;
	}
	return mnl_attr_put_check(msg, size, option->attr, sizeof(bits), &bits)
		       ? 0
		       : -EMSGSIZE;
}

static int put_number(struct nlmsghdr *msg, size_t size,
		      const struct vbr_option *option, uint64_t value)
{
	uint8_t width = widths[option->wire];
	uint8_t value8 = (uint8_t)value;
	uint16_t value16 = (uint16_t)value;
	uint32_t value32 = (uint32_t)value;
	uint16_t big16 = htobe16(value16);
	uint32_t big32 = htobe32(value32);
	uint64_t big = htobe64(value);
	const void *wire[] = {
		[WIRE_U8] = &value8,
		[WIRE_U16] = &value16,
		[WIRE_U32] = &value32,
		[WIRE_U64] = &value,
		[WIRE_BE16] = &big16,
		[WIRE_BRIDGE_ID] = &big,
		[WIRE_MAC] = (const char *)&big + sizeof(big) - MAC_LEN,
		[WIRE_IPV4] = &big32,
	};

	return mnl_attr_put_check(msg, size, option->attr, width,
				  width ? wire[option->wire] : NULL)
		       ? 0
		       : -EMSGSIZE;
}

int option_put(struct nlmsghdr *msg, size_t size, const struct nlattr *nest,
	       const struct vbr_option *option, uint64_t value)
{
	if (!(option->access & OPTION_WRITE))
		return -EACCES;
	if (!can_be_sent(option, value))
		return -ERANGE;
	if (option->wire == WIRE_BIT)
		return put_bit(msg, size, nest, option, value);
	return put_number(msg, size, option, value);
}

const struct nlattr *option_attr(struct attr_span attrs,
				 const struct vbr_option *option,
				 int *ret_error)
{
	const struct nlattr *attr;

	*ret_error = -ENODATA;
	if (option->nest) {
		attr = attr_take_of(&attrs, option->nest);
		if (!attr)
			return NULL;
		attrs = attr_nested(attr);
	}
	attr = attr_take_of(&attrs, option->attr);
	if (!attr || option->wire == WIRE_MAP)
		return attr;
	if (mnl_attr_get_payload_len(attr) != widths[option->wire]) {
		*ret_error = -EBADMSG;
		return NULL;
	}
	/* The mask contains the bits that the kernel knows. */
	return option->wire == WIRE_BIT && !carries(option, attr) ? NULL : attr;
}

static uint64_t read_big(const void *bytes, size_t width)
{
	const uint8_t *at = bytes;
	uint64_t value = 0;

	for (size_t i = 0; i < width; i++)
		value = value << 8 | at[i];
	return value;
}

static uint64_t read_value(const struct vbr_option *option,
			   const struct nlattr *attr)
{
	switch (option->wire) {
	case WIRE_U8:
		return mnl_attr_get_u8(attr);
	case WIRE_U16:
		return mnl_attr_get_u16(attr);
	case WIRE_U32:
		return mnl_attr_get_u32(attr);
	case WIRE_U64:
		return mnl_attr_get_u64(attr);
	case WIRE_BIT:
		return read_bits(attr).values >> option->bit & 1;
	default:
		return read_big(mnl_attr_get_payload(attr),
				mnl_attr_get_payload_len(attr));
	}
}

/* -ENODATA: the kernel did not send it; -EBADMSG: the length is wrong;
 * -EOVERFLOW: it is available only as text. */
int option_get(struct attr_span attrs, const struct vbr_option *option,
	       uint64_t *ret_value)
{
	const struct nlattr *attr;
	int error;

	attr = option_attr(attrs, option, &error);
	if (!attr)
		return error;
	if (option->wire == WIRE_IPV6 || option->wire == WIRE_MAP)
		return -EOVERFLOW;
	*ret_value = read_value(option, attr);
	return 0;
}
