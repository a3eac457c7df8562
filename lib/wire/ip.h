/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about IP addresses, default routes and neighbours; no I/O. */

#ifndef VBR_WIRE_IP_H
#define VBR_WIRE_IP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"

struct attr_span;
struct nlmsghdr;
struct request;

/* An address of a device. */
struct ip_address {
	int index; /* of the device */
	uint8_t prefix;
	bool is_link_local; /* an IPv6 address that the kernel makes itself */
	bool expires;	    /* after a time, as a DHCP client sets it */
	struct address address;
};

/* One next hop of a default route of the main table. */
struct ip_route {
	int index; /* of the device */
	uint8_t family;
	bool has_gateway, is_onlink;
	struct address gateway; /* of IPv4, also an IPv6 address */
	uint32_t metric;
	unsigned int weight; /* among the hops of the route */
	unsigned int number; /* of the route, which all of its hops have */
	/* All hops of a route have the same. */
	uint8_t protocol; /* RTPROT_*: who has added it */
	bool has_source;
	struct address source; /* the preferred one */
	uint32_t nexthop;      /* the id of the object; 0: none */
};

/* A neighbour entry: who has an IP address. */
struct ip_neighbour {
	int index; /* of the device */
	struct address address;
	bool has_mac;
	uint8_t mac[6];
};

void ip_request_addresses(struct request *req);
/* "family" is ADDRESS_IPV4 or ADDRESS_IPV6. */
void ip_request_routes(struct request *req, uint8_t family);
void ip_request_neighbours(struct request *req, uint8_t family);

/* -ENOMSG: it is about something else; -EBADMSG: malformed. */
int ip_parse_address(const struct nlmsghdr *msg,
		     struct ip_address *ret_address);
/* The first hop; ip_next_hop() takes the others. The caller sets "number". */
int ip_parse_route(const struct nlmsghdr *msg, struct ip_route *ret_hop,
		   struct attr_span *ret_rest);
/* Changes "hop" to the next one. Returns whether there is one; -EBADMSG. */
int ip_next_hop(struct attr_span *rest, struct ip_route *hop);
int ip_parse_neighbour(const struct nlmsghdr *msg,
		       struct ip_neighbour *ret_neighbour);

#endif
