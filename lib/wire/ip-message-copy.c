/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Requests that add again what a message of the kernel is about. */

#include "config.h"

#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/ip-message.h"
#include "wire/kernel.h"
#include "wire/message.h"

/* The kernel's unit for times in routes, USER_HZ. */
#define TICKS_PER_SECOND 100

/* What the user may set; the others are the state of an address. */
#define FLAGS_IPV4 (IFA_F_NOPREFIXROUTE | IFA_F_MCAUTOJOIN)
#define FLAGS_IPV6 \
	(IFA_F_NODAD | IFA_F_HOMEADDRESS | IFA_F_MANAGETEMPADDR | \
	 IFA_F_NOPREFIXROUTE | IFA_F_MCAUTOJOIN)

#define RULE_STATE \
	(FIB_RULE_UNRESOLVED | FIB_RULE_IIF_DETACHED | FIB_RULE_OIF_DETACHED)

#define NUD_DYNAMIC (NUD_REACHABLE | NUD_STALE | NUD_DELAY | NUD_PROBE)

struct copy {
	struct nlmsghdr *msg;
	size_t size;
	const struct ip_move *move;
	struct ip_message parsed;
	/* What changes by itself: it comes last, so that the rest can be
	 * compared. */
	const struct nlattr *lifetime;
};

static bool put(struct copy *copy, uint16_t type, const void *data, size_t len)
{
	return mnl_attr_put_check(copy->msg, copy->size, type, len, data);
}

static bool keep(struct copy *copy, const struct nlattr *attr)
{
	return put(copy, attr->nla_type, mnl_attr_get_payload(attr),
		   mnl_attr_get_payload_len(attr));
}

static int moved(const struct copy *copy, int index)
{
	return copy->move && copy->move->from == index ? copy->move->to : index;
}

static bool put_index(struct copy *copy, const struct nlattr *attr)
{
	int index = moved(copy, (int)mnl_attr_get_u32(attr));

	return put(copy, attr->nla_type, &index, sizeof(index));
}

/* --- addresses ------------------------------------------------------------ */

/* A label is the name of the device, or that with a colon and a word. */
static bool put_label(struct copy *copy, const struct nlattr *attr)
{
	const char *label = mnl_attr_get_payload(attr);
	size_t max = mnl_attr_get_payload_len(attr);
	size_t len = strnlen(label, max), from_len, to_len;
	char text[2 * NAME_SIZE];

	if (!copy->move)
		return keep(copy, attr);
	from_len = strlen(copy->move->from_name);
	to_len = strlen(copy->move->to_name);
	if (len < from_len || len == max ||
	    memcmp(label, copy->move->from_name, from_len) != 0 ||
	    (label[from_len] && label[from_len] != ':'))
		return keep(copy, attr);
	if (to_len + len - from_len >= NAME_SIZE)
		return false;
	memcpy(text, copy->move->to_name, to_len);
	memcpy(text + to_len, label + from_len, len - from_len + 1);
	return put(copy, IFA_LABEL, text, to_len + len - from_len + 1);
}

static bool copy_address(struct copy *copy, const struct nlattr *attr)
{
	uint32_t flags;

	switch (mnl_attr_get_type(attr)) {
	case IFA_CACHEINFO:
		copy->lifetime = attr;
		return true;
	case IFA_LABEL:
		return put_label(copy, attr);
	case IFA_FLAGS:
		flags = copy->parsed.flags &
			(copy->parsed.family == AF_INET ? FLAGS_IPV4
							: FLAGS_IPV6);
		return put(copy, IFA_FLAGS, &flags, sizeof(flags));
	case IFA_TARGET_NETNSID:
		return true;
	default:
		return keep(copy, attr);
	}
}

static void head_address(struct copy *copy, void *header)
{
	struct ifaddrmsg *head = header;

	head->ifa_index = (uint32_t)moved(copy, (int)head->ifa_index);
	head->ifa_flags = 0;
}

/* --- neighbours ----------------------------------------------------------- */

static bool copy_neighbour(struct copy *copy, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NDA_DST:
	case NDA_LLADDR:
	case NDA_PROTOCOL:
		return keep(copy, attr);
	default:
		return true;
	}
}

static void head_neighbour(struct copy *copy, void *header)
{
	struct ndmsg *head = header;

	head->ndm_ifindex = moved(copy, head->ndm_ifindex);
	head->ndm_type = 0;
	if (head->ndm_state & NUD_DYNAMIC)
		head->ndm_state = NUD_REACHABLE;
}

/* --- nexthops ------------------------------------------------------------- */

/* The kernel also says when the group was last rebalanced. */
static bool put_resilient(struct copy *copy, const struct nlattr *attr)
{
	struct attr_span span = attr_nested(attr);
	const struct nlattr *part;
	struct nlattr *nest = mnl_attr_nest_start_check(copy->msg, copy->size,
							NHA_RES_GROUP);
	bool fits = nest != NULL;

	while (fits && (part = attr_take(&span)))
		if (mnl_attr_get_type(part) >= NHA_RES_GROUP_BUCKETS &&
		    mnl_attr_get_type(part) <= NHA_RES_GROUP_UNBALANCED_TIMER)
			fits = keep(copy, part);
	if (fits)
		mnl_attr_nest_end(copy->msg, nest);
	return fits;
}

static bool copy_nexthop(struct copy *copy, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case NHA_OIF:
		return put_index(copy, attr);
	case NHA_RES_GROUP:
		return put_resilient(copy, attr);
	case NHA_ID:
	case NHA_GROUP:
	case NHA_GROUP_TYPE:
	case NHA_BLACKHOLE:
	case NHA_GATEWAY:
	case NHA_ENCAP_TYPE:
	case NHA_ENCAP:
	case NHA_FDB:
		return keep(copy, attr);
	default:
		return true;
	}
}

static void head_nexthop(struct copy *copy, void *header)
{
	struct nhmsg *head = header;

	(void)copy;
	head->nh_scope = 0;
	head->nh_flags &= RTNH_F_ONLINK;
}

/* --- routes --------------------------------------------------------------- */

static bool put_hops(struct copy *copy, const struct nlattr *attr)
{
	size_t left = mnl_attr_get_payload_len(attr);
	struct rtnexthop *hop = mnl_nlmsg_get_payload_tail(copy->msg);

	if (!keep(copy, attr))
		return false;
	hop = (void *)((char *)hop + MNL_ATTR_HDRLEN);
	while (left >= sizeof(*hop) && hop->rtnh_len >= sizeof(*hop) &&
	       hop->rtnh_len <= left) {
		size_t step = RTNH_ALIGN(hop->rtnh_len);

		hop->rtnh_ifindex = moved(copy, hop->rtnh_ifindex);
		hop->rtnh_flags &= RTNH_F_ONLINK;
		left = step < left ? left - step : 0;
		hop = (void *)((char *)hop + step);
	}
	return true;
}

/*
 * With the id of a nexthop, the kernel also sends the gateway and device, but
 * refuses them in a request.
 */
static bool copy_route(struct copy *copy, const struct nlattr *attr)
{
	switch (mnl_attr_get_type(attr)) {
	case RTA_CACHEINFO:
		copy->lifetime = attr;
		return true;
	case RTA_OIF:
		return copy->parsed.nexthop || put_index(copy, attr);
	case RTA_MULTIPATH:
		return copy->parsed.nexthop || put_hops(copy, attr);
	case RTA_GATEWAY:
	case RTA_VIA:
	case RTA_ENCAP:
	case RTA_ENCAP_TYPE:
		return copy->parsed.nexthop || keep(copy, attr);
	case RTA_PAD:
		return true;
	default:
		return keep(copy, attr);
	}
}

static void head_route(struct copy *copy, void *header)
{
	struct rtmsg *head = header;

	(void)copy;
	head->rtm_flags &= RTNH_F_ONLINK;
}

/* --- rules ---------------------------------------------------------------- */

static bool copy_rule(struct copy *copy, const struct nlattr *attr)
{
	unsigned int type = mnl_attr_get_type(attr);

	if (type == FRA_PAD)
		return true;
	if ((type != FRA_IIFNAME && type != FRA_OIFNAME) || !copy->move ||
	    strcmp(mnl_attr_get_payload(attr), copy->move->from_name) != 0)
		return keep(copy, attr);
	return put(copy, (uint16_t)type, copy->move->to_name,
		   strlen(copy->move->to_name) + 1);
}

static void head_rule(struct copy *copy, void *header)
{
	struct fib_rule_hdr *head = header;

	(void)copy;
	head->flags &= ~(uint32_t)RULE_STATE;
}

/* --- all ------------------------------------------------------------------ */

static const struct copier {
	uint8_t header_size;
	uint16_t add, del;
	void (*head)(struct copy *copy, void *header);
	bool (*attr)(struct copy *copy, const struct nlattr *attr);
} copiers[IP_KINDS] = {
	[IP_ADDRESS] = { sizeof(struct ifaddrmsg), NLM_F_REPLACE, RTM_DELADDR,
			 head_address, copy_address },
	[IP_NEIGHBOUR] = { sizeof(struct ndmsg), NLM_F_REPLACE, RTM_DELNEIGH,
			   head_neighbour, copy_neighbour },
	[IP_NEXTHOP] = { sizeof(struct nhmsg), NLM_F_REPLACE, RTM_DELNEXTHOP,
			 head_nexthop, copy_nexthop },
	[IP_NEXTHOP_GROUP] = { sizeof(struct nhmsg), NLM_F_REPLACE,
			       RTM_DELNEXTHOP, head_nexthop, copy_nexthop },
	[IP_ROUTE] = { sizeof(struct rtmsg), NLM_F_REPLACE, RTM_DELROUTE,
		       head_route, copy_route },
	[IP_RULE] = { sizeof(struct fib_rule_hdr), NLM_F_EXCL, RTM_DELRULE,
		      head_rule, copy_rule },
};

static bool put_lifetime(struct copy *copy)
{
	const struct rta_cacheinfo *info;
	uint32_t seconds;

	if (!copy->lifetime)
		return true;
	if (copy->parsed.kind == IP_ADDRESS)
		return keep(copy, copy->lifetime);
	if (mnl_attr_get_payload_len(copy->lifetime) < sizeof(*info))
		return true;
	info = mnl_attr_get_payload(copy->lifetime);
	if (info->rta_expires <= 0)
		return true;
	seconds = (uint32_t)info->rta_expires / TICKS_PER_SECOND;
	return put(copy, RTA_EXPIRES, &seconds, sizeof(seconds));
}

/* Names may become longer; RTA_CACHEINFO becomes shorter. */
size_t ip_message_size(const struct nlmsghdr *msg)
{
	return MNL_ALIGN(msg->nlmsg_len) + (size_t)4 * NAME_SIZE;
}

int ip_message_copy(const struct nlmsghdr *msg, const struct ip_move *move,
		    void *room)
{
	struct copy copy = { .size = ip_message_size(msg), .move = move };
	const struct copier *copier;
	const struct nlattr *attr;
	struct attr_span span;
	bool fits = true;
	void *header;
	int rc = ip_message_parse(msg, &copy.parsed);

	if (rc < 0)
		return rc;
	copier = &copiers[copy.parsed.kind];
	header = message_begin(room, msg->nlmsg_type,
			       NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE |
				       copier->add,
			       copier->header_size);
	memcpy(header, mnl_nlmsg_get_payload(msg), copier->header_size);
	copy.msg = room;
	copier->head(&copy, header);
	span = message_attrs(msg, copier->header_size);
	while (fits && (attr = attr_take(&span)))
		fits = copier->attr(&copy, attr);
	return fits && put_lifetime(&copy) ? 0 : -EMSGSIZE;
}

void ip_message_delete(struct nlmsghdr *copy)
{
	struct ip_message parsed;
	const struct nlattr *attr;
	struct attr_span span;

	if (ip_message_parse(copy, &parsed) < 0)
		return;
	copy->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	copy->nlmsg_type = copiers[parsed.kind].del;
	if (copy->nlmsg_type == RTM_DELNEIGH) {
		struct ndmsg *head = mnl_nlmsg_get_payload(copy);

		head->ndm_flags &= NTF_PROXY;
	}
	/* The kernel knows a nexthop by its id and refuses other attributes. */
	if (copy->nlmsg_type != RTM_DELNEXTHOP)
		return;
	span = message_attrs(copy, sizeof(struct nhmsg));
	attr = attr_take_of(&span, NHA_ID);
	if (attr) {
		uint32_t id = mnl_attr_get_u32(attr);
		struct nhmsg *head = mnl_nlmsg_get_payload(copy);

		*head = (struct nhmsg){ 0 };
		copy->nlmsg_len = MNL_NLMSG_HDRLEN + MNL_ALIGN(sizeof(*head));
		mnl_attr_put_u32(copy, NHA_ID, id);
	}
}

void ip_message_use_now(struct nlmsghdr *copy)
{
	struct attr_span span = message_attrs(copy, sizeof(struct ifaddrmsg));
	const struct nlattr *attr = attr_take_of(&span, IFA_FLAGS);
	uint32_t flags;

	if (!attr)
		return;
	flags = mnl_attr_get_u32(attr) | IFA_F_NODAD;
	memcpy(mnl_attr_get_payload(attr), &flags, sizeof(flags));
}
