/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the kernel's messages about IP configuration are about. */

#include "config.h"

#include "wire/ip-message.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/message.h"
#include "wire/request.h"

static const struct {
	uint16_t type;
	uint8_t family, header_size;
} dumps[IP_DUMPS] = {
	{ RTM_GETADDR, AF_INET, sizeof(struct ifaddrmsg) },
	{ RTM_GETADDR, AF_INET6, sizeof(struct ifaddrmsg) },
	{ RTM_GETNEXTHOP, AF_UNSPEC, sizeof(struct nhmsg) },
	{ RTM_GETROUTE, AF_INET, sizeof(struct rtmsg) },
	{ RTM_GETROUTE, AF_INET6, sizeof(struct rtmsg) },
	{ RTM_GETRULE, AF_INET, sizeof(struct fib_rule_hdr) },
	{ RTM_GETRULE, AF_INET6, sizeof(struct fib_rule_hdr) },
	{ RTM_GETNEIGH, AF_INET, sizeof(struct ndmsg) },
	{ RTM_GETNEIGH, AF_INET6, sizeof(struct ndmsg) },
	/* Proxies, of both families. */
	{ RTM_GETNEIGH, AF_UNSPEC, sizeof(struct ndmsg) },
};

void ip_message_request(struct request *req, size_t part)
{
	uint8_t *header = request_begin(req, dumps[part].type, NLM_F_DUMP,
					dumps[part].header_size);

	/* The first byte of each of the headers is the family. */
	header[0] = dumps[part].family;
	if (part == IP_DUMPS - 1)
		((struct ndmsg *)header)->ndm_flags = NTF_PROXY;
}

void ip_message_request_local(struct request *req)
{
	struct rtmsg *route = request_begin(req, RTM_GETROUTE, NLM_F_DUMP,
					    sizeof(*route));

	route->rtm_family = AF_INET6;
	route->rtm_table = RT_TABLE_LOCAL;
}

/* --- parsers -------------------------------------------------------------- */

static bool has_size(const struct nlattr *attr, size_t size)
{
	return mnl_attr_get_payload_len(attr) == size;
}

static bool is_ip(const struct nlattr *attr, uint8_t family)
{
	return has_size(attr, family == AF_INET6 ? 16 : 4);
}

static int take_ip(const struct nlattr *attr, uint8_t family,
		   const void **ret_bytes)
{
	if (!is_ip(attr, family))
		return -EBADMSG;
	*ret_bytes = mnl_attr_get_payload(attr);
	return 0;
}

static int take_u32(const struct nlattr *attr, uint32_t *ret_value)
{
	if (!has_size(attr, sizeof(*ret_value)))
		return -EBADMSG;
	*ret_value = mnl_attr_get_u32(attr);
	return 0;
}

static int take_index(const struct nlattr *attr, int *ret_index)
{
	uint32_t index;
	int rc = take_u32(attr, &index);

	if (rc == 0)
		*ret_index = (int)index;
	return rc;
}

static int take_text(const struct nlattr *attr, const char **ret_text)
{
	size_t len = mnl_attr_get_payload_len(attr);
	const char *text = mnl_attr_get_payload(attr);

	if (!len || text[len - 1])
		return -EBADMSG;
	*ret_text = text;
	return 0;
}

static int read_address(const struct nlattr *attr, struct ip_message *message)
{
	switch (mnl_attr_get_type(attr)) {
	case IFA_ADDRESS:
		return take_ip(attr, message->family, &message->address);
	case IFA_LOCAL:
		return take_ip(attr, message->family, &message->local);
	case IFA_FLAGS:
		return take_u32(attr, &message->flags);
	case IFA_RT_PRIORITY:
		return take_u32(attr, &message->metric);
	default:
		return 0;
	}
}

static int begin_address(const void *header, struct ip_message *message)
{
	const struct ifaddrmsg *head = header;

	message->kind = IP_ADDRESS;
	message->index = (int)head->ifa_index;
	message->prefix = head->ifa_prefixlen;
	message->scope = head->ifa_scope;
	message->flags = head->ifa_flags;
	return 0;
}

static int read_neighbour(const struct nlattr *attr, struct ip_message *message)
{
	switch (mnl_attr_get_type(attr)) {
	case NDA_DST:
		return take_ip(attr, message->family, &message->address);
	case NDA_LLADDR:
		if (has_size(attr, 6))
			message->mac = mnl_attr_get_payload(attr);
		return 0;
	default:
		return 0;
	}
}

static int begin_neighbour(const void *header, struct ip_message *message)
{
	const struct ndmsg *head = header;

	message->kind = IP_NEIGHBOUR;
	message->index = head->ndm_ifindex;
	message->flags = head->ndm_flags;
	message->state = (uint8_t)head->ndm_state;
	message->type = head->ndm_type;
	return 0;
}

static int take_gateway(const struct nlattr *attr, uint8_t family,
			struct ip_message *message)
{
	message->gateway_family = family;
	return take_ip(attr, family, &message->gateway);
}

/* A gateway of another family than the route. */
static bool read_via(const struct nlattr *attr, uint8_t *ret_family,
		     const void **ret_gateway)
{
	const struct rtvia *via = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);

	if (len < sizeof(*via) ||
	    !has_size(attr,
		      sizeof(*via) + (via->rtvia_family == AF_INET6 ? 16 : 4)))
		return false;
	*ret_family = (uint8_t)via->rtvia_family;
	*ret_gateway = via->rtvia_addr;
	return true;
}

static int read_nexthop(const struct nlattr *attr, struct ip_message *message)
{
	switch (mnl_attr_get_type(attr)) {
	case NHA_ID:
		return take_u32(attr, &message->nexthop);
	case NHA_OIF:
		return take_index(attr, &message->index);
	case NHA_GATEWAY:
		return take_gateway(attr, message->family, message);
	case NHA_GROUP:
		message->kind = IP_NEXTHOP_GROUP;
		message->group = mnl_attr_get_payload(attr);
		message->group_len = mnl_attr_get_payload_len(attr);
		return 0;
	default:
		return 0;
	}
}

static int begin_nexthop(const void *header, struct ip_message *message)
{
	const struct nhmsg *head = header;

	message->kind = IP_NEXTHOP;
	message->protocol = head->nh_protocol;
	return 0;
}

static int read_route(const struct nlattr *attr, struct ip_message *message)
{
	switch (mnl_attr_get_type(attr)) {
	case RTA_DST:
		return take_ip(attr, message->family, &message->address);
	case RTA_PREFSRC:
		return take_ip(attr, message->family, &message->local);
	case RTA_OIF:
		return take_index(attr, &message->index);
	case RTA_GATEWAY:
		return take_gateway(attr, message->family, message);
	case RTA_VIA:
		return read_via(attr, &message->gateway_family,
				&message->gateway)
			       ? 0
			       : -EBADMSG;
	case RTA_TABLE:
		return take_u32(attr, &message->table);
	case RTA_PRIORITY:
		return take_u32(attr, &message->metric);
	case RTA_NH_ID:
		return take_u32(attr, &message->nexthop);
	case RTA_MULTIPATH:
		message->hops = attr_nested(attr);
		return 0;
	default:
		return 0;
	}
}

static int begin_route(const void *header, struct ip_message *message)
{
	const struct rtmsg *head = header;

	message->kind = IP_ROUTE;
	message->prefix = head->rtm_dst_len;
	message->tos = head->rtm_tos;
	message->table = head->rtm_table;
	message->protocol = head->rtm_protocol;
	message->scope = head->rtm_scope;
	message->type = head->rtm_type;
	message->flags = head->rtm_flags;
	if (head->rtm_flags & RTM_F_CLONED)
		return -ENOMSG;
	/* Those that come and go with addresses and devices. */
	return head->rtm_protocol == RTPROT_KERNEL &&
			       head->rtm_type != RTN_UNICAST
		       ? -ENOMSG
		       : 0;
}

static int read_rule(const struct nlattr *attr, struct ip_message *message)
{
	switch (mnl_attr_get_type(attr)) {
	case FRA_IIFNAME:
		return take_text(attr, &message->names[0]);
	case FRA_OIFNAME:
		return take_text(attr, &message->names[1]);
	case FRA_PRIORITY:
		return take_u32(attr, &message->metric);
	case FRA_TABLE:
		return take_u32(attr, &message->table);
	default:
		return 0;
	}
}

static int begin_rule(const void *header, struct ip_message *message)
{
	const struct fib_rule_hdr *head = header;

	message->kind = IP_RULE;
	message->table = head->table;
	return 0;
}

static const struct parser {
	uint16_t type;
	uint8_t header_size;
	int (*begin)(const void *header, struct ip_message *message);
	int (*take)(const struct nlattr *attr, struct ip_message *message);
} parsers[] = {
	{ RTM_NEWADDR, sizeof(struct ifaddrmsg), begin_address, read_address },
	{ RTM_NEWNEIGH, sizeof(struct ndmsg), begin_neighbour, read_neighbour },
	{ RTM_NEWNEXTHOP, sizeof(struct nhmsg), begin_nexthop, read_nexthop },
	{ RTM_NEWROUTE, sizeof(struct rtmsg), begin_route, read_route },
	{ RTM_NEWRULE, sizeof(struct fib_rule_hdr), begin_rule, read_rule },
};

static const struct parser *parser_of(const struct nlmsghdr *msg)
{
	for (size_t i = 0; i < sizeof(parsers) / sizeof(parsers[0]); i++)
		if (parsers[i].type == msg->nlmsg_type)
			return &parsers[i];
	return NULL;
}

/* Without an address, one of these kinds is about nothing. */
static bool lacks_address(const struct ip_message *message)
{
	switch (message->kind) {
	case IP_ADDRESS:
	case IP_NEIGHBOUR:
		return !message->address;
	case IP_ROUTE:
		return message->prefix && !message->address;
	default:
		return false;
	}
}

int ip_message_parse(const struct nlmsghdr *msg, struct ip_message *ret_parsed)
{
	const struct parser *parser = parser_of(msg);
	struct ip_message message = { 0 };
	const struct nlattr *attr;
	struct attr_span span;
	const uint8_t *header;
	int rc;

	if (!parser)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < parser->header_size)
		return -EBADMSG;
	header = mnl_nlmsg_get_payload(msg);
	message.family = header[0];
	if (message.family != AF_INET && message.family != AF_INET6 &&
	    msg->nlmsg_type != RTM_NEWNEXTHOP)
		return -ENOMSG;
	rc = parser->begin(header, &message);
	span = message_attrs(msg, parser->header_size);
	while (rc == 0 && (attr = attr_take(&span)))
		rc = parser->take(attr, &message);
	if (rc < 0)
		return rc;
	if (lacks_address(&message))
		return -EBADMSG;
	*ret_parsed = message;
	return 0;
}

bool ip_message_is_local(const struct nlmsghdr *msg,
			 const struct ip_message *address)
{
	const void *own = address->local ? address->local : address->address;
	struct attr_span span = message_attrs(msg, sizeof(struct rtmsg));
	struct ip_message route = { .family = AF_INET6 };
	const struct rtmsg *head = mnl_nlmsg_get_payload(msg);
	const struct nlattr *attr;

	if (msg->nlmsg_type != RTM_NEWROUTE || !span.len ||
	    head->rtm_type != RTN_LOCAL || head->rtm_family != AF_INET6)
		return false;
	while ((attr = attr_take(&span)))
		if (read_route(attr, &route) < 0)
			return false;
	return route.index == address->index && route.address &&
	       memcmp(route.address, own, 16) == 0;
}

/* False: an attribute is malformed. */
static bool read_hop(struct attr_span attrs, uint8_t family, struct ip_hop *hop)
{
	const struct nlattr *attr;

	while ((attr = attr_take(&attrs))) {
		if (mnl_attr_get_type(attr) == RTA_VIA &&
		    !read_via(attr, &hop->gateway_family, &hop->gateway))
			return false;
		if (mnl_attr_get_type(attr) != RTA_GATEWAY)
			continue;
		hop->gateway_family = family;
		if (take_ip(attr, family, &hop->gateway) < 0)
			return false;
	}
	return true;
}

bool ip_hop_take(struct attr_span *span, uint8_t family, struct ip_hop *ret_hop)
{
	const struct rtnexthop *head = span->bytes;
	struct attr_span attrs;
	size_t step;

	if (span->len < sizeof(*head) || head->rtnh_len < sizeof(*head) ||
	    head->rtnh_len > span->len)
		return false;
	*ret_hop = (struct ip_hop){
		.index = head->rtnh_ifindex,
		.weight = head->rtnh_hops + 1u,
		.is_onlink = head->rtnh_flags & RTNH_F_ONLINK,
	};
	attrs.bytes = (const char *)span->bytes + sizeof(*head);
	attrs.len = head->rtnh_len - sizeof(*head);
	step = RTNH_ALIGN(head->rtnh_len);
	step = step < span->len ? step : span->len;
	span->bytes = (const char *)span->bytes + step;
	span->len -= step;
	return read_hop(attrs, family, ret_hop);
}

static bool hops_use(const struct ip_message *message, int index)
{
	struct attr_span hops = message->hops;
	struct ip_hop hop;

	while (ip_hop_take(&hops, message->family, &hop))
		if (hop.index == index)
			return true;
	return false;
}

bool ip_message_uses(const struct ip_message *message, int index,
		     const char *name)
{
	for (size_t i = 0; i < 2; i++)
		if (message->names[i] && strcmp(message->names[i], name) == 0)
			return true;
	return index && (message->index == index || hops_use(message, index));
}
