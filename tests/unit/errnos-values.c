/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The errnos of functions that read options from snapshots: values of a wrong
 * width, values that are not numbers, missing values. */

#include "unit/errnos.h"

#include <linux/netlink.h>
#include <string.h>

#include "core/link.h"
#include "unit/refusing.h"
#include "wire/instance.h"
#include "wire/port-vlan.h"

/* What the kernel sent; no number has a width of one byte here. */
static _Alignas(NLMSG_ALIGNTO) char sent[256];
static struct attr_span span;

static struct nlattr *put(uint16_t type, size_t len)
{
	struct nlattr *attr = (void *)(sent + span.len);

	attr->nla_type = type;
	attr->nla_len = (uint16_t)(NLA_HDRLEN + len);
	span.len += NLA_ALIGN(attr->nla_len);
	assert_true(span.len <= sizeof(sent));
	return attr;
}

/* Puts an option with this many bytes, in its nest if it has one. */
static void send_option(enum vbr_scope scope, const char *name, size_t len)
{
	const struct vbr_option *option = option_find(scope, name);
	struct nlattr *nest = option->nest ? put(option->nest, 0) : NULL;
	struct nlattr *attr = put(option->attr, len);

	if (nest)
		nest->nla_len = (uint16_t)(nest->nla_len +
					   NLA_ALIGN(attr->nla_len));
}

static int setup(void **state)
{
	(void)state;
	memset(sent, 0, sizeof(sent));
	span = (struct attr_span){ sent, 0 };
	return 0;
}

static void bridges(void **state)
{
	struct refusing kernel = { 0 };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_bridge bridge;
	char text[64];
	uint64_t value;

	(void)state;
	send_option(VBR_SCOPE_BRIDGE, "forward_delay", 1);
	send_option(VBR_SCOPE_BRIDGE, "hello_time", 4);
	send_option(VBR_SCOPE_BRIDGE, "querier_ipv6_address", 16);
	bridge = (struct vbr_bridge){ .link.options = span };
	GIVES(ENOENT, vbr_bridge_value(&bridge, "nothing", &value));
	GIVES(ENODATA, vbr_bridge_value(&bridge, "max_age", &value));
	GIVES(EBADMSG, vbr_bridge_value(&bridge, "forward_delay", &value));
	GIVES(EOVERFLOW,
	      vbr_bridge_value(&bridge, "querier_ipv6_address", &value));
	GIVES(ENOENT, vbr_bridge_text(ctx, &bridge, "nothing", text, 64));
	GIVES(ENODATA, vbr_bridge_text(ctx, &bridge, "max_age", text, 64));
	GIVES(EBADMSG,
	      vbr_bridge_text(ctx, &bridge, "forward_delay", text, 64));
	GIVES(ENOSPC, vbr_bridge_text(ctx, &bridge, "hello_time", text, 4));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void ports(void **state)
{
	struct refusing kernel = { 0 };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_port port;
	char text[64];
	uint64_t value;

	(void)state;
	send_option(VBR_SCOPE_PORT, "path_cost", 1);
	send_option(VBR_SCOPE_PORT, "priority", 2);
	port = (struct vbr_port){ .link.options = span };
	GIVES(ENOENT, vbr_port_value(&port, "nothing", &value));
	GIVES(ENODATA, vbr_port_value(&port, "hairpin_mode", &value));
	GIVES(EBADMSG, vbr_port_value(&port, "path_cost", &value));
	GIVES(ENOENT, vbr_port_text(ctx, &port, "nothing", text, 64));
	GIVES(ENODATA, vbr_port_text(ctx, &port, "hairpin_mode", text, 64));
	GIVES(EBADMSG, vbr_port_text(ctx, &port, "path_cost", text, 64));
	GIVES(ENOSPC, vbr_port_text(ctx, &port, "priority", text, 1));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void filters(void **state)
{
	struct refusing kernel = { 0 };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	struct vbr_port_vlan filter = { .scope = VBR_SCOPE_BRIDGE_VLAN };
	char text[64];
	uint64_t value;

	(void)state;
	send_option(VBR_SCOPE_BRIDGE_VLAN, "mcast_query_interval", 1);
	send_option(VBR_SCOPE_BRIDGE_VLAN, "mcast_igmp_version", 1);
	send_option(VBR_SCOPE_BRIDGE_VLAN, "querier_ipv6_address", 16);
	filter.options = span;
	GIVES(ENOENT, vbr_port_vlan_value(&filter, "nothing", &value));
	GIVES(ENODATA, vbr_port_vlan_value(&filter, "msti", &value));
	GIVES(EBADMSG,
	      vbr_port_vlan_value(&filter, "mcast_query_interval", &value));
	GIVES(EOVERFLOW,
	      vbr_port_vlan_value(&filter, "querier_ipv6_address", &value));
	GIVES(ENOENT, vbr_port_vlan_text(ctx, &filter, "nothing", text, 64));
	GIVES(ENODATA, vbr_port_vlan_text(ctx, &filter, "msti", text, 64));
	GIVES(EBADMSG, vbr_port_vlan_text(ctx, &filter, "mcast_query_interval",
					  text, 64));
	GIVES(ENOSPC,
	      vbr_port_vlan_text(ctx, &filter, "mcast_igmp_version", text, 1));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void instances(void **state)
{
	const struct vbr_option *ring = vbr_instance_option_at(VBR_INSTANCE_MRP,
							       0);
	const struct vbr_option *port = vbr_instance_option_at(VBR_INSTANCE_MRP,
							       1);
	struct refusing kernel = { 0 };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	const struct vbr_instance none = { 0 };
	struct vbr_instance instance = { 0 };
	struct nlattr *nest = put(ring->nest, 0);
	uint64_t value;

	(void)state;
	put(ring->attr, sizeof(uint32_t));
	put(port->attr, 1);
	nest->nla_len = (uint16_t)span.len;
	instance.attrs = span;
	GIVES(ENODATA, vbr_instance_value(&none, ring, &value));
	GIVES(EBADMSG, vbr_instance_value(&instance, port, &value));
	errnos_end();
	vbr_ctx_unref(ctx);
}

static void vlans(void **state)
{
	struct refusing kernel = { 0 };
	struct vbr_ctx *ctx = refusing_new(&kernel);
	const struct vbr_vlan empty = { 0 };
	struct vbr_vlan vlan;
	char text[64];
	uint64_t value;
	uint32_t flags;

	(void)state;
	send_option(VBR_SCOPE_VLAN, "id", 1);
	send_option(VBR_SCOPE_VLAN, "protocol", 2);
	send_option(VBR_SCOPE_VLAN, "gvrp", 1);
	send_option(VBR_SCOPE_VLAN, "ingress_qos_map", 0);
	vlan = (struct vbr_vlan){ .link.options = span };
	GIVES(ENOENT, vbr_vlan_value(&vlan, "nothing", &value));
	GIVES(ENODATA, vbr_vlan_value(&empty, "id", &value));
	GIVES(EBADMSG, vbr_vlan_value(&vlan, "id", &value));
	GIVES(EOVERFLOW, vbr_vlan_value(&vlan, "ingress_qos_map", &value));
	GIVES(ENOENT, vbr_vlan_text(ctx, &vlan, "nothing", text, 64));
	GIVES(ENODATA, vbr_vlan_text(ctx, &empty, "id", text, 64));
	GIVES(EBADMSG, vbr_vlan_text(ctx, &vlan, "id", text, 64));
	GIVES(ENOSPC, vbr_vlan_text(ctx, &vlan, "protocol", text, 3));
	GIVES(ENODATA, vbr_vlan_flags(&empty, &flags));
	GIVES(EBADMSG, vbr_vlan_flags(&vlan, &flags));
	errnos_end();
	vbr_ctx_unref(ctx);
}

#define VALUE_TEST(sentence, function) \
	{ \
		(sentence), (function), setup, NULL, NULL \
	}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		VALUE_TEST("values of bridges give each errno", bridges),
		VALUE_TEST("values of ports give each errno", ports),
		VALUE_TEST("values of ports' VLANs give each errno", filters),
		VALUE_TEST("values of MRP instances give each errno",
			   instances),
		VALUE_TEST("values of VLAN devices give each errno", vlans),
	};

	return run_all(tests);
}
