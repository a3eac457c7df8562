/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Messages about IP addresses, default routes and neighbours: skips unknown attributes,
 * validates known ones. */

#include "config.h"

#include "wire/ip.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/message.h"
#include "wire/request.h"

void ip_request_addresses(struct request *req)
{
	request_begin(req, RTM_GETADDR, NLM_F_DUMP, sizeof(struct ifaddrmsg));
}

/* Kernels before 4.20 send all tables. */
void ip_request_routes(struct request *req, uint8_t family)
{
	struct rtmsg *route = request_begin(req, RTM_GETROUTE, NLM_F_DUMP,
					    sizeof(*route));

	route->rtm_family = family == ADDRESS_IPV6 ? AF_INET6 : AF_INET;
	route->rtm_table = RT_TABLE_MAIN;
}

void ip_request_neighbours(struct request *req, uint8_t family)
{
	struct ndmsg *head = request_begin(req, RTM_GETNEIGH, NLM_F_DUMP,
					   sizeof(*head));

	head->ndm_family = family == ADDRESS_IPV6 ? AF_INET6 : AF_INET;
}

/* 0: of another family. */
static uint8_t family_of(unsigned char family)
{
	switch (family) {
	case AF_INET:
		return ADDRESS_IPV4;
	case AF_INET6:
		return ADDRESS_IPV6;
	default:
		return 0;
	}
}

static int read_bytes(const struct nlattr *attr, struct address *address)
{
	if (mnl_attr_get_payload_len(attr) != address_len(address->family))
		return -EBADMSG;
	memcpy(address->bytes, mnl_attr_get_payload(attr),
	       address_len(address->family));
	return 0;
}

/* The value of a lifetime that does not end. */
#define FOREVER UINT32_MAX

static int read_lifetime(const struct nlattr *attr, bool *ret_expires)
{
	struct ifa_cacheinfo info;

	if (mnl_attr_get_payload_len(attr) < sizeof(info))
		return -EBADMSG;
	memcpy(&info, mnl_attr_get_payload(attr), sizeof(info));
	*ret_expires = info.ifa_valid != FOREVER;
	return 0;
}

/* Of a tunnel, IFA_ADDRESS is the other end, and IFA_LOCAL its own. */
int ip_parse_address(const struct nlmsghdr *msg, struct ip_address *ret_address)
{
	struct attr_span span = message_attrs(msg, sizeof(struct ifaddrmsg));
	struct ip_address row = { 0 };
	const struct ifaddrmsg *head;
	const struct nlattr *attr;
	bool has_local = false;
	int rc = 0;

	if (msg->nlmsg_type != RTM_NEWADDR)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	row.address.family = family_of(head->ifa_family);
	if (!row.address.family)
		return -ENOMSG;
	row.index = (int)head->ifa_index;
	row.prefix = head->ifa_prefixlen;
	row.is_link_local = head->ifa_family == AF_INET6 &&
			    head->ifa_scope == RT_SCOPE_LINK;
	while (rc == 0 && (attr = attr_take(&span))) {
		unsigned int type = mnl_attr_get_type(attr);

		if (type == IFA_LOCAL || (type == IFA_ADDRESS && !has_local))
			rc = read_bytes(attr, &row.address);
		if (type == IFA_CACHEINFO)
			rc = read_lifetime(attr, &row.expires);
		has_local |= type == IFA_LOCAL;
	}
	if (rc == 0)
		*ret_address = row;
	return rc;
}

static int read_gateway(const struct nlattr *attr, struct ip_route *hop)
{
	hop->has_gateway = true;
	return read_bytes(attr, &hop->gateway);
}

/* A gateway of another family than the route. */
static int read_via(const struct nlattr *attr, struct ip_route *hop)
{
	const struct rtvia *via = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);
	uint8_t family;

	if (len < sizeof(*via))
		return -EBADMSG;
	family = family_of((unsigned char)via->rtvia_family);
	if (!family || len - sizeof(*via) != address_len(family))
		return -EBADMSG;
	hop->has_gateway = true;
	hop->gateway.family = family;
	memcpy(hop->gateway.bytes, via->rtvia_addr, address_len(family));
	return 0;
}

static int read_hop(const struct nlattr *attr, struct ip_route *hop)
{
	switch (mnl_attr_get_type(attr)) {
	case RTA_GATEWAY:
		return read_gateway(attr, hop);
	case RTA_VIA:
		return read_via(attr, hop);
	default:
		return 0;
	}
}

int ip_next_hop(struct attr_span *rest, struct ip_route *hop)
{
	const struct rtnexthop *head = rest->bytes;
	const struct nlattr *attr;
	struct attr_span span;
	size_t size;
	int rc = 0;

	if (rest->len == 0)
		return 0;
	if (rest->len < sizeof(*head) || head->rtnh_len < sizeof(*head) ||
	    head->rtnh_len > rest->len)
		return -EBADMSG;
	hop->index = head->rtnh_ifindex;
	hop->weight = head->rtnh_hops + 1u;
	hop->is_onlink = head->rtnh_flags & RTNH_F_ONLINK;
	hop->has_gateway = false;
	hop->gateway.family = hop->family;
	span = (struct attr_span){ head + 1, head->rtnh_len - sizeof(*head) };
	while (rc == 0 && (attr = attr_take(&span)))
		rc = read_hop(attr, hop);
	size = RTNH_ALIGN((size_t)head->rtnh_len);
	if (size > rest->len)
		size = rest->len;
	rest->bytes = (const char *)head + size;
	rest->len -= size;
	return rc < 0 ? rc : 1;
}

static int read_u32(const struct nlattr *attr, uint32_t *ret_value)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_value))
		return -EBADMSG;
	*ret_value = mnl_attr_get_u32(attr);
	return 0;
}

static int read_source(const struct nlattr *attr, struct ip_route *route)
{
	route->has_source = true;
	return read_bytes(attr, &route->source);
}

static int read_device(const struct nlattr *attr, struct ip_route *route)
{
	uint32_t index;
	int rc = read_u32(attr, &index);

	if (rc == 0)
		route->index = (int)index;
	return rc;
}

static int read_route(const struct nlattr *attr, struct ip_route *route,
		      struct attr_span *hops)
{
	switch (mnl_attr_get_type(attr)) {
	case RTA_OIF:
		return read_device(attr, route);
	case RTA_PRIORITY:
		return read_u32(attr, &route->metric);
	case RTA_NH_ID:
		return read_u32(attr, &route->nexthop);
	case RTA_PREFSRC:
		return read_source(attr, route);
	case RTA_MULTIPATH:
		*hops = attr_nested(attr);
		return 0;
	default:
		return read_hop(attr, route);
	}
}

int ip_parse_route(const struct nlmsghdr *msg, struct ip_route *ret_hop,
		   struct attr_span *ret_rest)
{
	struct attr_span span = message_attrs(msg, sizeof(struct rtmsg));
	struct attr_span hops = { 0 };
	struct ip_route route = { .weight = 1 };
	const struct nlattr *attr;
	const struct rtmsg *head;
	int rc = 0;

	if (msg->nlmsg_type != RTM_NEWROUTE)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	route.family = route.gateway.family = family_of(head->rtm_family);
	if (!route.family || head->rtm_dst_len ||
	    head->rtm_table != RT_TABLE_MAIN || head->rtm_type != RTN_UNICAST)
		return -ENOMSG;
	route.source.family = route.family;
	route.protocol = head->rtm_protocol;
	route.is_onlink = head->rtm_flags & RTNH_F_ONLINK;
	while (rc == 0 && (attr = attr_take(&span)))
		rc = read_route(attr, &route, &hops);
	if (rc == 0)
		rc = ip_next_hop(&hops, &route);
	if (rc >= 0 && route.index <= 0)
		rc = -ENOMSG;
	if (rc < 0)
		return rc;
	*ret_hop = route;
	*ret_rest = hops;
	return 0;
}

static int read_neighbour(const struct nlattr *attr,
			  struct ip_neighbour *neighbour)
{
	switch (mnl_attr_get_type(attr)) {
	case NDA_DST:
		return read_bytes(attr, &neighbour->address);
	case NDA_LLADDR:
		/* Tunnels have others. */
		neighbour->has_mac = mnl_attr_get_payload_len(attr) ==
				     sizeof(neighbour->mac);
		if (neighbour->has_mac)
			memcpy(neighbour->mac, mnl_attr_get_payload(attr),
			       sizeof(neighbour->mac));
		return 0;
	default:
		return 0;
	}
}

int ip_parse_neighbour(const struct nlmsghdr *msg,
		       struct ip_neighbour *ret_neighbour)
{
	struct attr_span span = message_attrs(msg, sizeof(struct ndmsg));
	struct ip_neighbour row = { 0 };
	const struct nlattr *attr;
	const struct ndmsg *head;
	int rc = 0;

	if (msg->nlmsg_type != RTM_NEWNEIGH)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	row.address.family = family_of(head->ndm_family);
	if (!row.address.family)
		return -ENOMSG;
	row.index = head->ndm_ifindex;
	while (rc == 0 && (attr = attr_take(&span)))
		rc = read_neighbour(attr, &row);
	/* The address before the neighbour stopped answering. */
	if (head->ndm_state & (NUD_INCOMPLETE | NUD_FAILED))
		row.has_mac = false;
	if (rc == 0)
		*ret_neighbour = row;
	return rc;
}
