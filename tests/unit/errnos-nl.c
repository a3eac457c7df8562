/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each errno that the header of libvbridge-nl documents. */

#include "unit/errnos.h"

#include <linux/rtnetlink.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <netlink/route/link/vlan.h>

#include "nl/vbridge-nl.h"
#include "unit/old-kernel.h"

/* For GIVES(): these rows have no context. */
static const struct vbr_ctx *const ctx;

static void sockets(void **state)
{
	struct nl_sock *sock = nl_socket_alloc();
	struct vbr_ctx *made;

	(void)state;
	assert_non_null(sock);
	GIVES(EINVAL, vbr_nl_ctx_new(NULL, &made));
	GIVES(EBADF, vbr_nl_ctx_new(sock, &made));
	assert_int_equal(nl_connect(sock, NETLINK_GENERIC), 0);
	GIVES(EPROTOTYPE, vbr_nl_ctx_new(sock, &made));
	nl_close(sock);
	assert_int_equal(nl_connect(sock, NETLINK_ROUTE), 0);
	assert_int_equal(nl_socket_add_membership(sock, RTNLGRP_LINK), 0);
	GIVES(EBUSY, vbr_nl_ctx_new(sock, &made));
	is_old_kernel = true;
	GIVES(ENOPROTOOPT, vbr_nl_ctx_new(sock, &made));
	is_old_kernel = false;
	nl_socket_free(sock);
	errnos_end();
}

static struct rtnl_link *a_link(struct rtnl_link *link)
{
	assert_non_null(link);
	rtnl_link_set_name(link, "eth0");
	rtnl_link_set_ifindex(link, 8);
	return link;
}

/* A link without a name. */
static struct rtnl_link *a_nameless(const char *type)
{
	struct rtnl_link *link = rtnl_link_alloc();

	assert_non_null(link);
	rtnl_link_set_ifindex(link, 8);
	assert_int_equal(rtnl_link_set_type(link, type), 0);
	return link;
}

/* A link with a map that is longer than the kernel could send. */
static struct rtnl_link *a_long_map(void)
{
	struct rtnl_link *link = a_link(rtnl_link_vlan_alloc());

	rtnl_link_set_link(link, 3);
	assert_int_equal(rtnl_link_vlan_set_id(link, 5), 0);
	for (uint32_t i = 0; i <= 4096; i++)
		assert_int_equal(rtnl_link_vlan_set_egress_map(link, i, 7), 0);
	return link;
}

static void links(void **state)
{
	struct rtnl_link *plain = a_link(rtnl_link_alloc()), *made;
	struct vbr_bridge *its_bridge;
	struct vbr_port *its_port;
	struct vbr_vlan *its_vlan;
	struct rtnl_link *bridge = a_nameless("bridge");
	struct rtnl_link *port = rtnl_link_alloc();
	struct rtnl_link *vlan = a_nameless("vlan"), *mapped = a_long_map();

	(void)state;
	assert_non_null(port);
	rtnl_link_set_ifindex(port, 8);
	rtnl_link_set_master(port, 7);
	assert_int_equal(rtnl_link_set_slave_type(port, "bridge"), 0);
	GIVES(EINVAL, vbr_nl_bridge_from_link(NULL, &its_bridge));
	GIVES(EOPNOTSUPP, vbr_nl_bridge_from_link(plain, &its_bridge));
	GIVES(EBADMSG, vbr_nl_bridge_from_link(bridge, &its_bridge));
	GIVES(EINVAL, vbr_nl_port_from_link(NULL, &its_port));
	GIVES(ENODATA, vbr_nl_port_from_link(plain, &its_port));
	GIVES(EBADMSG, vbr_nl_port_from_link(port, &its_port));
	GIVES(EINVAL, vbr_nl_vlan_from_link(plain, &its_vlan));
	GIVES(EBADMSG, vbr_nl_vlan_from_link(vlan, &its_vlan));
	GIVES(E2BIG, vbr_nl_vlan_from_link(mapped, &its_vlan));
	rtnl_link_set_master(mapped, 7);
	assert_int_equal(rtnl_link_set_slave_type(mapped, "bridge"), 0);
	GIVES(E2BIG, vbr_nl_port_from_link(mapped, &its_port));
	GIVES(EINVAL, vbr_nl_link_from_bridge(NULL, &made));
	GIVES(EINVAL, vbr_nl_link_from_port(NULL, &made));
	GIVES(EINVAL, vbr_nl_link_from_vlan(NULL, &made));
	rtnl_link_put(plain);
	rtnl_link_put(bridge);
	rtnl_link_put(port);
	rtnl_link_put(vlan);
	rtnl_link_put(mapped);
	errnos_end();
}

static int ignore(const struct vbr_event *event, void *data)
{
	(void)event;
	(void)data;
	return 0;
}

static void events(void **state)
{
	struct rtnl_link *bridge = a_nameless("bridge"), *mapped = a_long_map();
	struct nl_object *broken = OBJ_CAST(bridge), *big = OBJ_CAST(mapped);

	(void)state;
	GIVES(EINVAL, vbr_nl_emit(NULL, NL_ACT_NEW, ignore, NULL));
	GIVES(EBADMSG, vbr_nl_emit(broken, NL_ACT_NEW, ignore, NULL));
	GIVES(E2BIG, vbr_nl_emit(big, NL_ACT_NEW, ignore, NULL));
	GIVES(EINVAL, vbr_nl_emit_change(NULL, NULL, NL_ACT_NEW, ignore, NULL));
	GIVES(EBADMSG,
	      vbr_nl_emit_change(NULL, broken, NL_ACT_NEW, ignore, NULL));
	GIVES(E2BIG, vbr_nl_emit_change(NULL, big, NL_ACT_NEW, ignore, NULL));
	rtnl_link_put(bridge);
	rtnl_link_put(mapped);
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("libnl's sockets give each errno", sockets),
		TEST("libnl's links give each errno", links),
		TEST("libnl's events give each errno", events),
	};

	return run_all(tests);
}
