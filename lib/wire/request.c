/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds requests. */

#include "config.h"

#include "wire/request.h"

#include <endian.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "base/name.h"
#include "wire/message.h"
#include "wire/option.h"

void *request_begin(struct request *req, uint16_t type, uint16_t flags,
		    size_t header_size)
{
	memset(req, 0, sizeof(*req));
	return message_begin(req, type, NLM_F_REQUEST | flags, header_size);
}

void request_put(struct request *req, uint16_t type, const void *data,
		 size_t len)
{
	mnl_attr_put_check(&req->head, sizeof(req->bytes), type, len, data);
}

void request_put_u32(struct request *req, uint16_t type, uint32_t value)
{
	mnl_attr_put_u32_check(&req->head, sizeof(req->bytes), type, value);
}

static void put_text(struct request *req, uint16_t type, const char *text)
{
	mnl_attr_put_strz_check(&req->head, sizeof(req->bytes), type, text);
}

static struct nlattr *nest(struct request *req, uint16_t type)
{
	return mnl_attr_nest_start_check(&req->head, sizeof(req->bytes), type);
}

static struct ifinfomsg *start_link(struct request *req, uint16_t type,
				    uint16_t flags)
{
	return request_begin(req, type, flags, sizeof(struct ifinfomsg));
}

/* Leaves out the counters of IPv6, which nobody here reads. */
static void without_statistics(struct request *req)
{
	request_put_u32(req, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
}

static struct nlattr *start_info(struct request *req, const char *kind)
{
	struct nlattr *info = nest(req, IFLA_LINKINFO);

	put_text(req, IFLA_INFO_KIND, kind);
	return info;
}

/*
 * A link by name, or by index. The kernel compares either attribute with names
 * of both kinds, but IFLA_IFNAME has at most 15 bytes.
 */
static struct ifinfomsg *start_named(struct request *req, uint16_t type,
				     uint16_t flags, const char *name)
{
	struct ifinfomsg *link = start_link(req, type, flags);

	link->ifi_index = name_index(name);
	if (!link->ifi_index)
		put_text(req,
			 name_is_long(name) ? IFLA_ALT_IFNAME : IFLA_IFNAME,
			 name);
	return link;
}

void request_link(struct request *req, const char *name)
{
	start_named(req, RTM_GETLINK, 0, name);
	without_statistics(req);
}

/* With any IFLA_EXT_MASK the kernel measures all links first. Without it, the
 * first datagram is one page, and the list ends at a link that does not fit. */
void request_links_of_kind(struct request *req, const char *kind)
{
	start_link(req, RTM_GETLINK, NLM_F_DUMP);
	without_statistics(req);
	mnl_attr_nest_end(&req->head, start_info(req, kind));
}

void request_links(struct request *req)
{
	start_link(req, RTM_GETLINK, NLM_F_DUMP);
	without_statistics(req);
}

void request_links_in(struct request *req, int netnsid)
{
	request_links(req);
	request_put_u32(req, IFLA_TARGET_NETNSID, (uint32_t)netnsid);
}

/* For all bridges, the AF_BRIDGE dump is the shortest. For one bridge, the dump
 * by master contains only its ports. */
void request_ports(struct request *req, int bridge)
{
	struct ifinfomsg *link = start_link(req, RTM_GETLINK, NLM_F_DUMP);

	if (!bridge) {
		link->ifi_family = AF_BRIDGE;
		return;
	}
	without_statistics(req);
	request_put_u32(req, IFLA_MASTER, (uint32_t)bridge);
}

void request_fdb(struct request *req, int bridge)
{
	struct ndmsg *entry = request_begin(req, RTM_GETNEIGH, NLM_F_DUMP,
					    sizeof(*entry));

	entry->ndm_family = AF_BRIDGE;
	if (bridge)
		request_put_u32(req, NDA_MASTER, (uint32_t)bridge);
}

/* Puts options into a nest. */
static int put_options(struct request *req, uint16_t type,
		       const struct option_value *values, size_t count,
		       size_t *ret_bad)
{
	struct nlattr *data = nest(req, type);
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++) {
		rc = option_put(&req->head, sizeof(req->bytes), data,
				values[i].option, values[i].value);
		if (rc < 0)
			*ret_bad = i;
	}
	mnl_attr_nest_end(&req->head, data);
	return rc;
}

static int link_set(struct request *req, const char *name, const char *kind,
		    const struct option_value *values, size_t count,
		    size_t *ret_bad)
{
	struct nlattr *info;
	int rc;

	start_named(req, RTM_NEWLINK, NLM_F_ACK, name);
	info = start_info(req, kind);
	rc = put_options(req, IFLA_INFO_DATA, values, count, ret_bad);
	mnl_attr_nest_end(&req->head, info);
	return rc;
}

int request_bridge_set(struct request *req, const char *bridge,
		       const struct option_value *values, size_t count,
		       size_t *ret_bad)
{
	return link_set(req, bridge, "bridge", values, count, ret_bad);
}

int request_vlan_set(struct request *req, const char *vlan,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad)
{
	return link_set(req, vlan, "vlan", values, count, ret_bad);
}

int request_port_set(struct request *req, int port,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad)
{
	struct ifinfomsg *link = start_link(req, RTM_SETLINK, NLM_F_ACK);
	const uint16_t self = BRIDGE_FLAGS_SELF;

	link->ifi_family = AF_BRIDGE;
	link->ifi_index = port;
	if (values[0].option->access & OPTION_SELF) {
		struct nlattr *spec = nest(req, IFLA_AF_SPEC);

		request_put(req, IFLA_BRIDGE_FLAGS, &self, sizeof(self));
		mnl_attr_nest_end(&req->head, spec);
	}
	return put_options(req, IFLA_PROTINFO, values, count, ret_bad);
}

void request_vlan_add(struct request *req, const struct vlan_request *vlan)
{
	uint16_t vid = (uint16_t)vlan->vid;
	uint16_t protocol = htobe16((uint16_t)vlan->protocol);
	struct nlattr *info, *data;

	start_link(req, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
	put_text(req, IFLA_IFNAME, vlan->name);
	request_put_u32(req, IFLA_LINK, (uint32_t)vlan->parent);
	info = start_info(req, "vlan");
	data = nest(req, IFLA_INFO_DATA);
	request_put(req, IFLA_VLAN_ID, &vid, sizeof(vid));
	request_put(req, IFLA_VLAN_PROTOCOL, &protocol, sizeof(protocol));
	mnl_attr_nest_end(&req->head, data);
	mnl_attr_nest_end(&req->head, info);
}

void request_link_up(struct request *req, const char *name, bool up)
{
	struct ifinfomsg *link = start_named(req, RTM_SETLINK, NLM_F_ACK, name);

	link->ifi_change = IFF_UP;
	link->ifi_flags = up ? IFF_UP : 0;
}

void request_link_set(struct request *req, int index,
		      const struct link_change *change)
{
	struct ifinfomsg *link = start_link(req, RTM_SETLINK, NLM_F_ACK);

	link->ifi_index = index;
	if (change->has_up)
		link->ifi_change = IFF_UP;
	if (change->has_up && change->up)
		link->ifi_flags = IFF_UP;
	if (change->has_mtu)
		request_put_u32(req, IFLA_MTU, change->mtu);
	if (change->has_mac)
		request_put(req, IFLA_ADDRESS, change->mac,
			    sizeof(change->mac));
}

void request_bridge_add(struct request *req, const char *name,
			const uint8_t mac[6], bool filters)
{
	struct nlattr *info, *data;
	const uint8_t on = 1;

	start_link(req, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
	put_text(req, IFLA_IFNAME, name);
	request_put(req, IFLA_ADDRESS, mac, 6);
	info = start_info(req, "bridge");
	data = nest(req, IFLA_INFO_DATA);
	request_put_u32(req, IFLA_BR_FORWARD_DELAY, 0);
	request_put_u32(req, IFLA_BR_STP_STATE, 0);
	if (filters)
		request_put(req, IFLA_BR_VLAN_FILTERING, &on, sizeof(on));
	mnl_attr_nest_end(&req->head, data);
	mnl_attr_nest_end(&req->head, info);
}

int request_bridge_new(struct request *req, const char *name,
		       const uint8_t *mac, const struct option_value *values,
		       size_t count, size_t *ret_bad)
{
	struct nlattr *info;
	int rc = 0;

	start_link(req, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK);
	put_text(req, IFLA_IFNAME, name);
	if (mac)
		request_put(req, IFLA_ADDRESS, mac, 6);
	info = start_info(req, "bridge");
	if (count)
		rc = put_options(req, IFLA_INFO_DATA, values, count, ret_bad);
	mnl_attr_nest_end(&req->head, info);
	return rc;
}

void request_link_mode(struct request *req, int index, uint8_t state,
		       uint8_t mode)
{
	start_link(req, RTM_SETLINK, NLM_F_ACK)->ifi_index = index;
	request_put(req, IFLA_OPERSTATE, &state, sizeof(state));
	request_put(req, IFLA_LINKMODE, &mode, sizeof(mode));
}

void request_link_del(struct request *req, int index)
{
	start_link(req, RTM_DELLINK, NLM_F_ACK)->ifi_index = index;
}

void request_gen_mode(struct request *req, int index, uint8_t mode)
{
	struct nlattr *spec, *family;

	start_link(req, RTM_SETLINK, NLM_F_ACK)->ifi_index = index;
	spec = nest(req, IFLA_AF_SPEC);
	family = nest(req, AF_INET6);
	request_put(req, IFLA_INET6_ADDR_GEN_MODE, &mode, sizeof(mode));
	mnl_attr_nest_end(&req->head, family);
	mnl_attr_nest_end(&req->head, spec);
}

void request_group_set(struct request *req, int index, uint32_t group)
{
	start_link(req, RTM_SETLINK, NLM_F_ACK)->ifi_index = index;
	request_put_u32(req, IFLA_GROUP, group);
}

void request_group_del(struct request *req, uint32_t group)
{
	start_link(req, RTM_DELLINK, NLM_F_ACK);
	request_put_u32(req, IFLA_GROUP, group);
}
