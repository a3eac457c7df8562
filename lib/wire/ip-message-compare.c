/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares the requests that ip_message_copy() makes. */

#include "config.h"

#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/ip-message.h"
#include "wire/message.h"

static bool is_same_ip(const void *a, const void *b, uint8_t family)
{
	if (!a || !b)
		return a == b;
	return memcmp(a, b, family == AF_INET6 ? 16 : 4) == 0;
}

/* Without the lifetime at the end. */
static size_t lasting_len(const struct nlmsghdr *msg,
			  const struct ip_message *parsed)
{
	unsigned int type = parsed->kind == IP_ADDRESS ? IFA_CACHEINFO
						       : RTA_EXPIRES;
	const struct nlattr *attr;
	struct attr_span span;

	if (parsed->kind != IP_ADDRESS && parsed->kind != IP_ROUTE)
		return msg->nlmsg_len;
	span = message_attrs(msg, parsed->kind == IP_ADDRESS
					  ? sizeof(struct ifaddrmsg)
					  : sizeof(struct rtmsg));
	attr = attr_take_of(&span, type);
	return attr ? (size_t)((const char *)attr - (const char *)msg)
		    : msg->nlmsg_len;
}

static bool has_same_bytes(const struct nlmsghdr *a,
			   const struct ip_message *pa,
			   const struct nlmsghdr *b,
			   const struct ip_message *pb)
{
	size_t len = lasting_len(a, pa);

	return len == lasting_len(b, pb) &&
	       memcmp((const char *)a + MNL_NLMSG_HDRLEN,
		      (const char *)b + MNL_NLMSG_HDRLEN,
		      len - MNL_NLMSG_HDRLEN) == 0;
}

static bool is_same(const struct nlmsghdr *a, const struct ip_message *pa,
		    const struct nlmsghdr *b, const struct ip_message *pb)
{
	if (pa->kind != pb->kind || pa->family != pb->family ||
	    pa->index != pb->index)
		return (pa->kind == IP_NEXTHOP ||
			pa->kind == IP_NEXTHOP_GROUP) &&
		       pa->kind == pb->kind && pa->nexthop == pb->nexthop;
	switch (pa->kind) {
	case IP_ADDRESS:
		return pa->prefix == pb->prefix &&
		       is_same_ip(pa->address, pb->address, pa->family) &&
		       is_same_ip(pa->local, pb->local, pa->family);
	case IP_NEIGHBOUR:
		return (pa->flags & NTF_PROXY) == (pb->flags & NTF_PROXY) &&
		       is_same_ip(pa->address, pb->address, pa->family);
	case IP_NEXTHOP:
	case IP_NEXTHOP_GROUP:
		return pa->nexthop == pb->nexthop;
	default:
		return has_same_bytes(a, pa, b, pb);
	}
}

bool ip_message_is_same(const struct nlmsghdr *a, const struct nlmsghdr *b)
{
	struct ip_message pa, pb;

	return ip_message_parse(a, &pa) == 0 && ip_message_parse(b, &pb) == 0 &&
	       is_same(a, &pa, b, &pb);
}

/* FNV-1a, 32 bits. */
static uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t len)
{
	const uint8_t *byte = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ byte[i]) * 16777619u;
	return hash;
}

uint32_t ip_message_hash(const struct nlmsghdr *copy)
{
	uint32_t hash = 2166136261u;
	struct ip_message parsed;

	if (ip_message_parse(copy, &parsed) < 0)
		return 0;
	switch (parsed.kind) {
	case IP_ADDRESS:
	case IP_NEIGHBOUR:
		hash = hash_bytes(hash, &parsed.index, sizeof(parsed.index));
		return hash_bytes(hash, parsed.address,
				  parsed.family == AF_INET6 ? 16 : 4);
	case IP_NEXTHOP:
	case IP_NEXTHOP_GROUP:
		return hash_bytes(hash, &parsed.nexthop,
				  sizeof(parsed.nexthop));
	default:
		return hash_bytes(hash, (const char *)copy + MNL_NLMSG_HDRLEN,
				  lasting_len(copy, &parsed) -
					  MNL_NLMSG_HDRLEN);
	}
}

/* What was learned changes by itself, too. */
bool ip_message_is_equal(const struct nlmsghdr *a, const struct nlmsghdr *b)
{
	struct ip_message pa, pb;

	if (ip_message_parse(a, &pa) < 0 || ip_message_parse(b, &pb) < 0 ||
	    !is_same(a, &pa, b, &pb))
		return false;
	if (pa.kind == IP_NEIGHBOUR && pa.state == NUD_REACHABLE &&
	    pb.state == NUD_REACHABLE)
		return true;
	return has_same_bytes(a, &pa, b, &pb);
}
