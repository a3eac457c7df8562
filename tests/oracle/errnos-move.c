/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Each errno that the header documents for moving the configuration of a
 * NIC. */

#include "oracle/oracle.h"

#include <linux/if.h>
#include <netlink/route/addr.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "unit/errnos.h"

/* "a" is a port of br0, br1 has no ports, "b" and "long-name-of-nic" are not
 * ports. */
static struct vbr_ctx *make_all(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_bridge(o, "br1");
	make_veth(o, "a", "b");
	make_veth(o, "c", "long-name-of-c0");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	return o->ctx;
}

static void label(struct oracle *o, const char *device, const char *text)
{
	struct rtnl_addr *address = rtnl_addr_alloc();
	struct nl_addr *local;

	assert_int_equal(nl_addr_parse("192.0.2.1/24", AF_INET, &local), 0);
	rtnl_addr_set_ifindex(address, index_of(o, device));
	rtnl_addr_set_local(address, local);
	rtnl_addr_set_label(address, text);
	assert_int_equal(rtnl_addr_add(o->sock, address, 0), 0);
	nl_addr_put(local);
	rtnl_addr_put(address);
}

/* Up and with a carrier, but in the operational state dormant. */
static void make_dormant(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	struct rtnl_link *change = rtnl_link_alloc();

	rtnl_link_set_linkmode(change, IF_LINK_MODE_DORMANT);
	rtnl_link_set_operstate(change, IF_OPER_DORMANT);
	assert_int_equal(rtnl_link_change(o->sock, link, change, 0), 0);
	rtnl_link_put(change);
	rtnl_link_put(link);
}

static const struct vbr_move_options in_vlan = { .vlan = 7 };
static const struct vbr_move_options beyond = { .vlan = 4095 };

static void adopt(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct oracle *o = *state;

	GIVES(ENODEV, vbr_adopt(ctx, "br2", "none", NULL));
	GIVES(EBUSY, vbr_adopt(ctx, "br2", "a", NULL));
	GIVES(ELOOP, vbr_adopt(ctx, "br2", "br1", NULL));
	GIVES(EINVAL, vbr_adopt(ctx, "br2", "lo", NULL));
	GIVES(EILSEQ, vbr_adopt(ctx, "br\001", "b", NULL));
	GIVES(ENAMETOOLONG, vbr_adopt(ctx, "1234567890123456", "b", NULL));
	GIVES(EOPNOTSUPP, vbr_adopt(ctx, "c", "b", NULL));
	label(o, "c", "c:123456789012");
	GIVES(EMSGSIZE, vbr_adopt(ctx, "br2", "c", NULL));
	make_veth(o, "br2.7", "d");
	GIVES(EEXIST, vbr_adopt(ctx, "br2", "b", &in_vlan));
	assert_int_equal(vbr_bridge_set(ctx, "br1", "stp_state", 1), 0);
	GIVES(EPERM, vbr_adopt(ctx, "br1", "b", NULL));
	set_up(o, "a");
	set_up(o, "b");
	make_dormant(o, "b");
	GIVES(ETIMEDOUT, vbr_adopt(ctx, "br2", "b", NULL));
	assert_false(link_exists(o, "br2"));
	errnos_end();
}

static void release(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	struct oracle *o = *state;

	GIVES_NO_PORT(vbr_release, NULL);
	assert_int_equal(vbr_port_add(ctx, "br0", "c"), 0);
	GIVES(EPERM, vbr_release(ctx, "br0", "a", NULL));
	GIVES(EINVAL, vbr_release(ctx, "br0", "a", &beyond));
	make_veth(o, "br0.7", "d");
	GIVES(EEXIST, vbr_release(ctx, "br0", "a", &in_vlan));
	assert_int_equal(vbr_port_add(ctx, "br1", "long-name-of-c0"), 0);
	label(o, "br1", "br1:123456789");
	GIVES(EMSGSIZE, vbr_release(ctx, "br1", "long-name-of-c0", NULL));
	errnos_end();
}

/* Takes the lock, like another process that moves a NIC. */
static int take_move_lock(void)
{
	static const char name[] = "vbridge-move";
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path + 1, name, sizeof(name) - 1);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address,
			      offsetof(struct sockaddr_un, sun_path) +
				      sizeof(name)),
			 0);
	assert_int_equal(listen(fd, 1), 0);
	return fd;
}

static void both(void **state)
{
	struct vbr_ctx *ctx = make_all(state);
	const int fd = take_move_lock();

	GIVES(EBUSY, vbr_adopt(ctx, "br2", "b", NULL));
	GIVES(EBUSY, vbr_release(ctx, "br0", "a", NULL));
	close(fd);
	errnos_end();
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("adopt gives each errno", adopt),
		ORACLE_TEST("release gives each errno", release),
		ORACLE_TEST("only one move at a time", both),
	};

	return run_all(tests);
}
