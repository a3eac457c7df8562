/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * What libmnl does not have: attributes that are kept and taken one by one,
 * and a message's bounds to the byte. The meaning of attributes is not known
 * here.
 */

#ifndef VBR_WIRE_MESSAGE_H
#define VBR_WIRE_MESSAGE_H

#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Attributes that lie side by side. */
struct attr_span {
	const void *bytes;
	size_t len;
};

static inline struct attr_span attr_nested(const struct nlattr *attr)
{
	return (struct attr_span){ mnl_attr_get_payload(attr),
				   mnl_attr_get_payload_len(attr) };
}

/* Takes the first attribute off a span; NULL: no whole one is left. The last
 * one may lack its padding. */
static inline const struct nlattr *attr_take(struct attr_span *span)
{
	const struct nlattr *attr = span->bytes;
	const char *end = (const char *)span->bytes + span->len, *next;

	if (!mnl_attr_ok(attr, (int)span->len))
		return NULL;
	next = (const char *)mnl_attr_next(attr);
	if (next > end)
		next = end;
	span->bytes = next;
	span->len = (size_t)(end - next);
	return attr;
}

/* Takes attributes off up to the first of a type; NULL: none is left. */
static inline const struct nlattr *attr_take_of(struct attr_span *span,
						unsigned int type)
{
	const struct nlattr *attr;

	do
		attr = attr_take(span);
	while (attr && mnl_attr_get_type(attr) != type);
	return attr;
}

/* Whether a whole message begins the "left" bytes. mnl_nlmsg_ok() of libmnl
 * 1.0.4 takes a length of 2 GiB or more for a negative one. */
static inline bool message_ok(const struct nlmsghdr *msg, int left)
{
	return mnl_nlmsg_ok(msg, left) && msg->nlmsg_len <= (uint32_t)left;
}

/* The attributes behind the family's header; none, where it is too short.
 * mnl_attr_for_each() would go to the end of the message's padding, which the
 * last message of a datagram need not have. */
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

/* Begins a message; returns its family's header, zeroed. The buffer must be
 * zeroed: mnl_attr_put() of libmnl 1.0.4 leaves padding as it is. */
static inline void *message_begin(void *buffer, uint16_t type, uint16_t flags,
				  size_t header_size)
{
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);

	msg->nlmsg_type = type;
	msg->nlmsg_flags = flags;
	return mnl_nlmsg_put_extra_header(msg, header_size);
}

#endif
