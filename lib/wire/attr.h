/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Netlink messages and attributes, put together and walked through. Bounds
 * are checked here and nowhere else; what the bytes mean is not known here.
 */

#ifndef VBR_WIRE_ATTR_H
#define VBR_WIRE_ATTR_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Attributes that lie side by side. */
struct attr_span {
	const void *bytes;
	size_t len;
};

/* Messages in a datagram: the first of "len" bytes, or NULL where no whole
 * one is; then, in the loop, the next. */
const struct nlmsghdr *msg_first(const void *bytes, size_t len);
const struct nlmsghdr *msg_next(const struct nlmsghdr *msg, size_t *len);

/* The header that leads a message's attributes, or NULL: too short. */
const void *msg_header(const struct nlmsghdr *msg, size_t size);

/* The attributes behind such a header; none, where it is too short. */
struct attr_span msg_attrs(const struct nlmsghdr *msg, size_t header_size);

/* Takes the first attribute off a span; NULL: no whole one is left. */
static inline const struct nlattr *attr_take(struct attr_span *span)
{
	const struct nlattr *attr = span->bytes;
	size_t step;

	if (span->len < sizeof(*attr) || attr->nla_len < sizeof(*attr) ||
	    attr->nla_len > span->len)
		return NULL;
	step = NLMSG_ALIGN(attr->nla_len);
	if (step > span->len)
		step = span->len;
	span->bytes = (const char *)attr + step;
	span->len -= step;
	return attr;
}

static inline unsigned int attr_type(const struct nlattr *attr)
{
	return attr->nla_type & NLA_TYPE_MASK;
}

static inline size_t attr_len(const struct nlattr *attr)
{
	return attr->nla_len - NLA_HDRLEN;
}

static inline const void *attr_data(const struct nlattr *attr)
{
	return (const char *)attr + NLA_HDRLEN;
}

/* Takes attributes off up to the first of a type; NULL: none is left. */
static inline const struct nlattr *attr_take_of(struct attr_span *span,
						unsigned int type)
{
	const struct nlattr *attr;

	do
		attr = attr_take(span);
	while (attr && attr_type(attr) != type);
	return attr;
}

static inline struct attr_span attr_nested(const struct nlattr *attr)
{
	return (struct attr_span){ attr_data(attr), attr_len(attr) };
}

uint16_t attr_u16(const struct nlattr *attr);
uint32_t attr_u32(const struct nlattr *attr);

/* Begins a message in a zeroed or used buffer; returns its family header,
 * zeroed. */
void *msg_start(struct nlmsghdr *msg, uint16_t type, uint16_t flags,
		size_t header_size);

/* Appends; false, with nothing appended, where "size" has no room. */
bool attr_put(struct nlmsghdr *msg, size_t size, unsigned int type,
	      const void *data, size_t len);
struct nlattr *attr_nest(struct nlmsghdr *msg, size_t size, unsigned int type);
void attr_nest_end(struct nlmsghdr *msg, struct nlattr *nest);

#endif
