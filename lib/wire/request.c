/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the requests, and names the attribute that the kernel points at. */

#include "config.h"

#include "wire/request.h"

#include <endian.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/attr.h"
#include "wire/option.h"

/*
 * What is put here always has room: names are shorter than NAME_SIZE, and the
 * tests build every request at its longest.
 */
static void put(struct request *req, unsigned int type, const void *data,
		size_t len)
{
	attr_put(&req->head, sizeof(req->bytes), type, data, len);
}

static void put_u32(struct request *req, unsigned int type, uint32_t value)
{
	put(req, type, &value, sizeof(value));
}

static void put_text(struct request *req, unsigned int type, const char *text)
{
	put(req, type, text, strlen(text) + 1);
}

static struct nlattr *nest(struct request *req, unsigned int type)
{
	return attr_nest(&req->head, sizeof(req->bytes), type);
}

static struct ifinfomsg *start_link(struct request *req, uint16_t type,
				    uint16_t flags)
{
	return msg_start(&req->head, type, NLM_F_REQUEST | flags,
			 sizeof(struct ifinfomsg));
}

/* Nobody here reads what can be left out: the counters of IPv6. */
static void without_statistics(struct request *req)
{
	put_u32(req, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
}

static struct nlattr *start_info(struct request *req, const char *kind)
{
	struct nlattr *info = nest(req, IFLA_LINKINFO);

	put_text(req, IFLA_INFO_KIND, kind);
	return info;
}

void request_link(struct request *req, const char *name)
{
	start_link(req, RTM_GETLINK, 0);
	put_text(req, IFLA_IFNAME, name);
	without_statistics(req);
}

void request_links_of_kind(struct request *req, const char *kind)
{
	start_link(req, RTM_GETLINK, NLM_F_DUMP);
	without_statistics(req);
	attr_nest_end(&req->head, start_info(req, kind));
}

void request_links(struct request *req)
{
	start_link(req, RTM_GETLINK, NLM_F_DUMP);
	without_statistics(req);
}

/*
 * The dump of AF_BRIDGE holds the ports of all bridges in the shortest form;
 * the dump by master holds few links of many where one bridge is asked for.
 */
void request_ports(struct request *req, int bridge)
{
	struct ifinfomsg *link = start_link(req, RTM_GETLINK, NLM_F_DUMP);

	if (!bridge) {
		link->ifi_family = AF_BRIDGE;
		return;
	}
	without_statistics(req);
	put_u32(req, IFLA_MASTER, (uint32_t)bridge);
}

void request_fdb(struct request *req, int bridge)
{
	struct ndmsg *entry = msg_start(&req->head, RTM_GETNEIGH,
					NLM_F_REQUEST | NLM_F_DUMP,
					sizeof(*entry));

	entry->ndm_family = AF_BRIDGE;
	put_u32(req, NDA_MASTER, (uint32_t)bridge);
}

int request_bridge_set(struct request *req, const char *bridge,
		       const struct option_row *option, uint64_t value)
{
	struct nlattr *info, *data;
	int rc;

	start_link(req, RTM_NEWLINK, NLM_F_ACK);
	put_text(req, IFLA_IFNAME, bridge);
	info = start_info(req, "bridge");
	data = nest(req, IFLA_INFO_DATA);
	rc = option_put(&req->head, sizeof(req->bytes), option, value);
	attr_nest_end(&req->head, data);
	attr_nest_end(&req->head, info);
	return rc;
}

int request_port_set(struct request *req, int port,
		     const struct option_row *option, uint64_t value)
{
	struct ifinfomsg *link = start_link(req, RTM_SETLINK, NLM_F_ACK);
	struct nlattr *data;
	int rc;

	link->ifi_family = AF_BRIDGE;
	link->ifi_index = port;
	data = nest(req, IFLA_PROTINFO);
	rc = option_put(&req->head, sizeof(req->bytes), option, value);
	attr_nest_end(&req->head, data);
	return rc;
}

void request_vlan_add(struct request *req, const struct vlan_request *vlan)
{
	uint16_t vid = (uint16_t)vlan->vid;
	uint16_t protocol = htobe16((uint16_t)vlan->protocol);
	struct nlattr *info, *data;

	start_link(req, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
	put_text(req, IFLA_IFNAME, vlan->name);
	put_u32(req, IFLA_LINK, (uint32_t)vlan->parent);
	info = start_info(req, "vlan");
	data = nest(req, IFLA_INFO_DATA);
	put(req, IFLA_VLAN_ID, &vid, sizeof(vid));
	put(req, IFLA_VLAN_PROTOCOL, &protocol, sizeof(protocol));
	attr_nest_end(&req->head, data);
	attr_nest_end(&req->head, info);
}

void request_group_set(struct request *req, const char *name, uint32_t group)
{
	start_link(req, RTM_SETLINK, NLM_F_ACK);
	put_text(req, IFLA_IFNAME, name);
	put_u32(req, IFLA_GROUP, group);
}

void request_group_del(struct request *req, uint32_t group)
{
	start_link(req, RTM_DELLINK, NLM_F_ACK);
	put_u32(req, IFLA_GROUP, group);
}

static const char *option_name(enum option_scope scope, unsigned int attr)
{
	const struct option_row *option = option_find_attr(scope, attr);

	return option ? option->name : NULL;
}

static bool covers(const struct nlattr *attr, const char *at)
{
	const char *begin = (const char *)attr;

	return at >= begin && at < begin + attr->nla_len;
}

/* Where a nest holds no such attribute, the nest itself is the answer. */
static const char *name_within(const struct nlattr *outer, const char *at,
			       const char *outer_name)
{
	struct attr_span span = attr_nested(outer);
	const struct nlattr *attr;
	const char *name = NULL;

	while ((attr = attr_take(&span)) && !covers(attr, at))
		;
	if (!attr)
		return outer_name;

	if (attr_type(outer) == IFLA_PROTINFO)
		name = option_name(SCOPE_PORT, attr_type(attr));
	else if (attr_type(outer) == IFLA_INFO_DATA)
		name = option_name(SCOPE_BRIDGE, attr_type(attr));
	else if (attr_type(attr) == IFLA_INFO_DATA)
		name = name_within(attr, at, "options");
	return name ? name : outer_name;
}

/*
 * What stands at an offset of a request, as the kernel's extended ack gives
 * it: the option's name, a word for one of the link's own attributes, or
 * NULL.
 */
const char *request_attr_name(const struct request *req, size_t offset)
{
	struct attr_span span = msg_attrs(&req->head,
					  sizeof(struct ifinfomsg));
	const char *at = req->bytes + offset;
	const struct nlattr *attr;

	if (offset >= req->head.nlmsg_len ||
	    req->head.nlmsg_type == RTM_GETNEIGH)
		return NULL;

	while ((attr = attr_take(&span)) && !covers(attr, at))
		;
	switch (attr ? attr_type(attr) : IFLA_UNSPEC) {
	case IFLA_IFNAME:
		return "name";
	case IFLA_LINKINFO:
		return name_within(attr, at, "link type");
	case IFLA_PROTINFO:
		return name_within(attr, at, "port options");
	default:
		return NULL;
	}
}
