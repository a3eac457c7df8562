/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses RTM_NEWTUNNEL, and builds requests. */

#include "config.h"

#include "wire/vni.h"

#include <errno.h>
#include <linux/if_link.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/kernel.h"
#include "wire/request.h"

/* The kernel's struct tunnel_msg, of Linux 5.18. */
struct tunnel_head {
	uint8_t family;
	uint8_t flags;
	uint16_t reserved;
	uint32_t device;
};

int vni_parse(const struct nlmsghdr *msg, int *ret_device,
	      struct attr_span *ret_rows)
{
	const struct tunnel_head *head;

	if (msg->nlmsg_type != VB_RTM_NEWTUNNEL)
		return -ENOMSG;
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if (head->family != AF_BRIDGE)
		return -ENOMSG;
	if ((int)head->device <= 0)
		return -EBADMSG;
	*ret_device = (int)head->device;
	*ret_rows = message_attrs(msg, sizeof(*head));
	return 0;
}

static int read_vni(const struct nlattr *attr, uint32_t *ret_vni)
{
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_vni))
		return -EBADMSG;
	*ret_vni = mnl_attr_get_u32(attr);
	return 0;
}

static int read_group(const struct nlattr *attr, uint8_t family,
		      struct vbr_vni *vni)
{
	if (mnl_attr_get_payload_len(attr) != address_len(family))
		return -EBADMSG;
	vni->has_group = true;
	vni->group.family = family;
	memcpy(vni->group.bytes, mnl_attr_get_payload(attr),
	       address_len(family));
	return 0;
}

static int read_attr(const struct nlattr *attr, struct vbr_vni *vni)
{
	switch (mnl_attr_get_type(attr)) {
	case VB_VXLAN_VNIFILTER_ENTRY_START:
		return read_vni(attr, &vni->first);
	case VB_VXLAN_VNIFILTER_ENTRY_END:
		return read_vni(attr, &vni->last);
	case VB_VXLAN_VNIFILTER_ENTRY_GROUP:
		return read_group(attr, ADDRESS_IPV4, vni);
	case VB_VXLAN_VNIFILTER_ENTRY_GROUP6:
		return read_group(attr, ADDRESS_IPV6, vni);
	default:
		return 0;
	}
}

int vni_take(struct attr_span *rows, struct vbr_vni *ret_vni)
{
	const struct nlattr *row = attr_take_of(rows, VB_VXLAN_VNIFILTER_ENTRY);
	struct vbr_vni vni = { 0 };
	const struct nlattr *attr;
	struct attr_span span;

	if (!row)
		return 0;
	span = attr_nested(row);
	while ((attr = attr_take(&span))) {
		int rc = read_attr(attr, &vni);

		if (rc < 0)
			return rc;
	}
	/* A single VNI has no end. */
	if (!vni.last)
		vni.last = vni.first;
	if (vni.last < vni.first)
		return -EBADMSG;
	*ret_vni = vni;
	return 1;
}

static void start(struct request *req, uint16_t type, uint16_t flags,
		  int device)
{
	struct tunnel_head *head = request_begin(req, type, flags,
						 sizeof(*head));

	head->family = AF_BRIDGE;
	head->device = (uint32_t)device;
}

static void put_row(struct request *req, const struct vbr_vni *vni)
{
	struct nlattr *row = mnl_attr_nest_start_check(
		&req->head, sizeof(req->bytes), VB_VXLAN_VNIFILTER_ENTRY);

	request_put(req, VB_VXLAN_VNIFILTER_ENTRY_START, &vni->first,
		    sizeof(vni->first));
	request_put(req, VB_VXLAN_VNIFILTER_ENTRY_END, &vni->last,
		    sizeof(vni->last));
	if (vni->has_group)
		request_put(req,
			    vni->group.family == ADDRESS_IPV4
				    ? VB_VXLAN_VNIFILTER_ENTRY_GROUP
				    : VB_VXLAN_VNIFILTER_ENTRY_GROUP6,
			    vni->group.bytes, address_len(vni->group.family));
	mnl_attr_nest_end(&req->head, row);
}

void vni_request_add(struct request *req, const struct vbr_vni *vni)
{
	start(req, VB_RTM_NEWTUNNEL, NLM_F_ACK, vni->device);
	put_row(req, vni);
}

void vni_request_del(struct request *req, const struct vbr_vni *vni)
{
	start(req, VB_RTM_DELTUNNEL, NLM_F_ACK, vni->device);
	put_row(req, vni);
}

void vni_request_list(struct request *req, int device)
{
	start(req, VB_RTM_GETTUNNEL, NLM_F_DUMP, device);
}

uint8_t vxlan_family(struct attr_span options)
{
	const struct nlattr *attr;

	while ((attr = attr_take(&options))) {
		switch (mnl_attr_get_type(attr)) {
		case IFLA_VXLAN_GROUP:
		case IFLA_VXLAN_LOCAL:
			return ADDRESS_IPV4;
		case IFLA_VXLAN_GROUP6:
		case IFLA_VXLAN_LOCAL6:
			return ADDRESS_IPV6;
		}
	}
	return 0;
}
