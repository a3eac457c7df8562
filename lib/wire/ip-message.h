/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The kernel's messages about the IP configuration of devices: what they are
 * about, copies for another device, and whether two say the same; no I/O. */

#ifndef VBR_WIRE_IP_MESSAGE_H
#define VBR_WIRE_IP_MESSAGE_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "base/name.h"
#include "wire/message.h"

struct request;

/* In the order in which they are added. */
enum ip_kind {
	IP_ADDRESS,
	IP_NEIGHBOUR, /* proxies, too */
	IP_NEXTHOP,
	IP_NEXTHOP_GROUP,
	IP_ROUTE,
	IP_RULE,
	IP_KINDS
};

/* What a message is about. Pointers point into the message. */
struct ip_message {
	enum ip_kind kind;
	uint8_t family;	      /* AF_* */
	int index;	      /* of the device; 0: none, or several */
	uint32_t nexthop;     /* its id, or of a route; 0: none */
	const char *names[2]; /* of a rule: iif and oif; or NULL */
	/* An address, and how long its prefix is; of a tunnel, the far end.
	 * Of a route, its destination. Of a neighbour, its address. */
	const void *address;
	uint8_t prefix;
	const void *local;	/* own address; a route's preferred source */
	const void *gateway;	/* of a route or a nexthop */
	uint8_t gateway_family; /* IPv4 routes can have IPv6 gateways */
	struct attr_span hops;	/* of a route: for ip_hop_take() */
	const void *group;	/* of a nexthop group; nexthop_grp */
	size_t group_len;
	uint32_t table, metric;
	uint32_t flags; /* of an address, a neighbour or a route */
	uint8_t state;	/* of a neighbour */
	uint8_t type, protocol, scope, tos; /* of a route */
	const void *mac; /* of a neighbour; 6 bytes, or NULL */
};

/* One of several ways of a route. */
struct ip_hop {
	int index;
	unsigned int weight;
	bool is_onlink;
	uint8_t gateway_family;
	const void *gateway; /* or NULL */
};

/* The other names of a device in a copy of a message. */
struct ip_move {
	int from, to;
	const char *from_name, *to_name;
};

/* A dump: "part" counts from 0 to IP_DUMPS - 1. */
#define IP_DUMPS 10
void ip_message_request(struct request *req, size_t part);

/* -ENOMSG: it is about something that no user configures, such as a route that
 * the kernel keeps to itself; -EBADMSG: malformed. */
int ip_message_parse(const struct nlmsghdr *msg, struct ip_message *ret_parsed);

/* Takes the first hop off a span. False: none is left, or it is malformed. */
bool ip_hop_take(struct attr_span *span, uint8_t family,
		 struct ip_hop *ret_hop);

/* The routes to the IPv6 addresses of this host; whether a message is one of
 * them, to an address of a device. */
void ip_message_request_local(struct request *req);
bool ip_message_is_local(const struct nlmsghdr *msg,
			 const struct ip_message *address);

/* Whether a device has to do with it; one with the index 0 does not exist, and
 * only rules may have its name. */
bool ip_message_uses(const struct ip_message *message, int index,
		     const char *name);

/*
 * A request that adds the same again, without what only the kernel says, and for
 * another device if "move" is not NULL. The room needs ip_message_size() bytes,
 * zeroed. -EMSGSIZE: a name becomes too long.
 */
size_t ip_message_size(const struct nlmsghdr *msg);
int ip_message_copy(const struct nlmsghdr *msg, const struct ip_move *move,
		    void *room);

/* Turns such a copy into a request that deletes. */
void ip_message_delete(struct nlmsghdr *copy);
/* An IPv6 address that is used at once, without duplicate detection. */
void ip_message_use_now(struct nlmsghdr *copy);

/* Of two such copies: whether they are about the same thing, so that both cannot
 * exist; and whether they also say the same of it, lifetimes aside. */
bool ip_message_is_same(const struct nlmsghdr *a, const struct nlmsghdr *b);
/* The same number for messages about the same thing. */
uint32_t ip_message_hash(const struct nlmsghdr *copy);
bool ip_message_is_equal(const struct nlmsghdr *a, const struct nlmsghdr *b);

#endif
