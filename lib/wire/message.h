/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Additions to libmnl: spans, to take attributes one by one, and exact bounds
 * of messages. Does not know what attributes mean. */

#ifndef VBR_WIRE_MESSAGE_H
#define VBR_WIRE_MESSAGE_H

#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Consecutive attributes. */
struct attr_span {
	const void *bytes;
	size_t len;
};

static inline struct attr_span attr_nested(const struct nlattr *attr)
{
	return (struct attr_span){ mnl_attr_get_payload(attr),
				   mnl_attr_get_payload_len(attr) };
}

/* Takes the first attribute off a span. NULL: there is no complete one. The
 * last attribute may lack its padding. Without calls of libmnl, which were a
 * fifth of the instructions of "restore". */
static inline const struct nlattr *attr_take(struct attr_span *span)
{
	const struct nlattr *attr = span->bytes;
	size_t size;

	if (span->len < sizeof(*attr) || attr->nla_len < sizeof(*attr) ||
	    attr->nla_len > span->len)
		return NULL;
	size = NLA_ALIGN((size_t)attr->nla_len);
	if (size > span->len)
		size = span->len;
	span->bytes = (const char *)attr + size;
	span->len -= size;
	return attr;
}

/* Takes attributes off, up to the first of a type. NULL: none is left. */
static inline const struct nlattr *attr_take_of(struct attr_span *span,
						unsigned int type)
{
	const struct nlattr *attr;

	do
		attr = attr_take(span);
	while (attr && (attr->nla_type & NLA_TYPE_MASK) != type);
	return attr;
}

/* Whether a complete message starts here. mnl_nlmsg_ok() of libmnl 1.0.4 treats
 * lengths of 2 GiB and more as negative. */
static inline bool message_ok(const struct nlmsghdr *msg, int left)
{
	return mnl_nlmsg_ok(msg, left) && msg->nlmsg_len <= (uint32_t)left;
}

/*
 * The attributes after the family's header; none if the message is too short.
 * mnl_attr_for_each() would include the padding of the message, which the last
 * message of a datagram may lack.
 */
static inline struct attr_span message_attrs(const struct nlmsghdr *msg,
					     size_t header_size)
{
	size_t offset = MNL_NLMSG_HDRLEN + MNL_ALIGN(header_size);

	if (msg->nlmsg_len < offset)
		return (struct attr_span){ 0 };
	return (struct attr_span){
		mnl_nlmsg_get_payload_offset(msg, header_size),
		msg->nlmsg_len - offset,
	};
}

/* Starts a message; returns the family's header, zeroed. The buffer must be
 * zeroed: mnl_attr_put() of libmnl 1.0.4 does not clear padding. */
static inline void *message_begin(void *buffer, uint16_t type, uint16_t flags,
				  size_t header_size)
{
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);

	msg->nlmsg_type = type;
	msg->nlmsg_flags = flags;
	return mnl_nlmsg_put_extra_header(msg, header_size);
}

#endif
