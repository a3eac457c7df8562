/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Reads and writes the destinations of VXLAN devices. */

#include "config.h"

#include "wire/remote.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

#include "wire/message.h"
#include "wire/request.h"

static int read_dst(const struct nlattr *attr, struct remote *remote)
{
	size_t len = mnl_attr_get_payload_len(attr);
	uint8_t family = len == address_len(ADDRESS_IPV4) ? ADDRESS_IPV4
							  : ADDRESS_IPV6;

	if (len != address_len(family))
		return -EBADMSG;
	remote->has_dst = true;
	remote->dst = (struct address){ .family = family };
	memcpy(remote->dst.bytes, mnl_attr_get_payload(attr), len);
	return 1;
}

static int read_port(const struct nlattr *attr,
		     const struct remote_types *types, struct remote *remote)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(uint16_t))
		return -EBADMSG;
	remote->port = mnl_attr_get_u16(attr);
	if (types->port_is_be16)
		remote->port = be16toh(remote->port);
	return 1;
}

static int read_u32(const struct nlattr *attr, uint32_t *ret_value)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_value))
		return -EBADMSG;
	*ret_value = mnl_attr_get_u32(attr);
	return 1;
}

int remote_read_attr(const struct nlattr *attr,
		     const struct remote_types *types, struct remote *remote)
{
	uint16_t type = mnl_attr_get_type(attr);
	uint32_t index = 0;
	int rc = 0;

	if (!type)
		return 0;
	if (type == types->dst)
		return read_dst(attr, remote);
	if (type == types->port)
		return read_port(attr, types, remote);
	if (type == types->vni) {
		remote->has_vni = true;
		return read_u32(attr, &remote->vni);
	}
	if (type == types->src_vni) {
		remote->has_src_vni = true;
		return read_u32(attr, &remote->src_vni);
	}
	if (type == types->nhid)
		return read_u32(attr, &remote->nhid);
	if (type == types->via) {
		rc = read_u32(attr, &index);
		remote->via = (int)index;
	}
	return rc;
}

void remote_put_attrs(struct request *req, const struct remote_types *types,
		      const struct remote *remote)
{
	uint16_t port = types->port_is_be16 ? htobe16(remote->port)
					    : remote->port;

	if (remote->has_dst)
		request_put(req, types->dst, remote->dst.bytes,
			    address_len(remote->dst.family));
	if (remote->port)
		request_put(req, types->port, &port, sizeof(port));
	if (remote->has_vni)
		request_put_u32(req, types->vni, remote->vni);
	if (remote->has_src_vni)
		request_put_u32(req, types->src_vni, remote->src_vni);
	if (remote->via)
		request_put_u32(req, types->via, (uint32_t)remote->via);
	if (remote->nhid)
		request_put_u32(req, types->nhid, remote->nhid);
}
