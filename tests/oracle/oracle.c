/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Functions of libnl that these tests need. */

#include "oracle/oracle.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/veth.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Without IPv6 neighbour discovery, because each sender of a frame would be
 * another learned entry. A kernel without IPv6 does not need this. */
static void be_quiet(void)
{
	int fd = open("/proc/sys/net/ipv6/conf/default/disable_ipv6",
		      O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	assert_int_equal(write(fd, "1", 1), 1);
	close(fd);
}

int oracle_setup(void **state)
{
	struct oracle *o = calloc(1, sizeof(*o));

	assert_non_null(o);
	assert_return_code(unshare(CLONE_NEWNET), errno);
	be_quiet();
	o->sock = nl_socket_alloc();
	assert_non_null(o->sock);
	assert_int_equal(nl_connect(o->sock, NETLINK_ROUTE), 0);
	assert_int_equal(vbr_ctx_new(NULL, &o->ctx), 0);
	*state = o;
	return 0;
}

int oracle_teardown(void **state)
{
	struct oracle *o = *state;

	vbr_ctx_unref(o->ctx);
	nl_socket_free(o->sock);
	free(o);
	return 0;
}

static void done(int rc, const char *what, const char *name)
{
	check(rc >= 0, "%s %s: %s", what, name, nl_geterror(rc));
}

void make_veth(struct oracle *o, const char *name, const char *peer)
{
	done(rtnl_link_veth_add(o->sock, name, peer, getpid()), "veth", name);
}

void make_bridge(struct oracle *o, const char *name)
{
	done(rtnl_link_bridge_add(o->sock, name), "bridge", name);
}

static int get_link(struct oracle *o, const char *name,
		    struct rtnl_link **ret_link)
{
	return rtnl_link_get_kernel(o->sock, 0, name, ret_link);
}

struct rtnl_link *link_of(struct oracle *o, const char *name)
{
	struct rtnl_link *link = NULL;

	done(get_link(o, name, &link), "get", name);
	return link;
}

bool link_exists(struct oracle *o, const char *name)
{
	struct rtnl_link *link;

	if (get_link(o, name, &link) < 0)
		return false;
	rtnl_link_put(link);
	return true;
}

int index_of(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	int index = rtnl_link_get_ifindex(link);

	rtnl_link_put(link);
	return index;
}

int master_of(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	int master = rtnl_link_get_master(link);

	rtnl_link_put(link);
	return master;
}

void set_up(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);
	struct rtnl_link *change = rtnl_link_alloc();

	assert_non_null(change);
	rtnl_link_set_flags(change, IFF_UP);
	done(rtnl_link_change(o->sock, link, change, 0), "up", name);
	rtnl_link_put(change);
	rtnl_link_put(link);
}

void delete_link(struct oracle *o, const char *name)
{
	struct rtnl_link *link = link_of(o, name);

	done(rtnl_link_delete(o->sock, link), "delete", name);
	rtnl_link_put(link);
}

int request(struct oracle *o, struct nl_msg *msg)
{
	int rc = nl_send_auto(o->sock, msg);

	nlmsg_free(msg);
	assert_true(rc >= 0);
	return nl_wait_for_ack(o->sock);
}

static struct nl_msg *link_message(int type, int family, int index)
{
	struct ifinfomsg head = {
		.ifi_family = (unsigned char)family,
		.ifi_index = index,
	};
	struct nl_msg *msg = nlmsg_alloc_simple(type, 0);

	assert_non_null(msg);
	assert_int_equal(nlmsg_append(msg, &head, sizeof(head), NLMSG_ALIGNTO),
			 0);
	return msg;
}

static int keep_message(struct nl_msg *msg, void *data)
{
	struct nlmsghdr **ret_msg = data;
	struct nlmsghdr *head = nlmsg_hdr(msg);

	assert_null(*ret_msg);
	*ret_msg = malloc(head->nlmsg_len);
	assert_non_null(*ret_msg);
	memcpy(*ret_msg, head, head->nlmsg_len);
	return NL_OK;
}

struct nlmsghdr *message_of(struct oracle *o, const char *name)
{
	struct nl_msg *msg = link_message(RTM_GETLINK, AF_UNSPEC,
					  index_of(o, name));
	struct nl_cb *cb = nl_cb_alloc(NL_CB_DEFAULT);
	struct nlmsghdr *answer = NULL;

	assert_non_null(cb);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, keep_message, &answer);
	done(nl_send_auto(o->sock, msg), "ask for", name);
	nlmsg_free(msg);
	/* First the link, then the ack that libnl requests. */
	done(nl_recvmsgs(o->sock, cb), "hear of", name);
	done(nl_wait_for_ack(o->sock), "end of", name);
	nl_cb_put(cb);
	assert_non_null(answer);
	return answer;
}

/* The nest of the options, which comes after the kind. */
static struct nlattr *options_in(struct nlmsghdr *msg, enum vbr_scope scope)
{
	int data = scope == VBR_SCOPE_PORT ? IFLA_INFO_SLAVE_DATA
					   : IFLA_INFO_DATA;
	struct nlattr *info;

	info = nlmsg_find_attr(msg, sizeof(struct ifinfomsg), IFLA_LINKINFO);
	if (!info)
		return NULL;
	return nla_find(nla_data(info), nla_len(info), data);
}

static uint64_t decode(const struct known_option *known, struct nlattr *attr)
{
	const uint8_t *bytes = nla_data(attr);
	uint64_t big = 0;
	uint32_t bits;

	if (known->form == BIT) {
		memcpy(&bits, bytes, sizeof(bits));
		return bits >> known->bit & 1;
	}
	for (int i = 0; i < known->width; i++)
		big = big << 8 | bytes[i];
	if (known->form == BIG)
		return big;
	switch (known->width) {
	case 1:
		return nla_get_u8(attr);
	case 2:
		return nla_get_u16(attr);
	case 4:
		return nla_get_u32(attr);
	default:
		return nla_get_u64(attr);
	}
}

/* A bit that is not in the mask is one that the kernel does not support. */
static bool is_known_bit(const struct known_option *known, struct nlattr *attr)
{
	uint32_t bits[2];

	memcpy(bits, nla_data(attr), sizeof(bits));
	return bits[1] >> known->bit & 1;
}

bool option_in_nest(struct nlattr *data, const struct known_option *known,
		    uint64_t *ret_value)
{
	struct nlattr *attr = data;

	if (attr && known->nest)
		attr = nla_find(nla_data(attr), nla_len(attr), known->nest);
	if (attr)
		attr = nla_find(nla_data(attr), nla_len(attr), known->attr);
	if (!attr)
		return false;
	check(known->form == MAP || nla_len(attr) == known->width,
	      "the kernel's %s has %d bytes", known->name, nla_len(attr));
	if (known->form == BIT && !is_known_bit(known, attr))
		return false;
	if (known->form != MAP && known->width <= 8)
		*ret_value = decode(known, attr);
	return true;
}

bool option_in(struct nlmsghdr *msg, const struct known_option *known,
	       uint64_t *ret_value)
{
	return option_in_nest(options_in(msg, known->scope), known, ret_value);
}

uint64_t option_of(struct oracle *o, const char *name,
		   const struct known_option *known)
{
	struct nlmsghdr *msg = message_of(o, name);
	uint64_t value = 0;

	check(option_in(msg, known, &value), "%s has no %s", name, known->name);
	free(msg);
	return value;
}

void put_option(struct nl_msg *msg, const struct known_option *known,
		uint64_t value)
{
	uint32_t bits[2] = { (uint32_t)value << known->bit,
			     UINT32_C(1) << known->bit };
	uint8_t value8 = (uint8_t)value;
	uint16_t value16 = (uint16_t)value;
	uint32_t value32 = (uint32_t)value;
	uint64_t big = htobe64(value);
	const void *bytes;

	if (known->form == BIT)
		bytes = bits;
	else if (known->form == BIG)
		bytes = (const char *)&big + 8 - known->width;
	else if (known->width == 1)
		bytes = &value8;
	else if (known->width == 2)
		bytes = &value16;
	else if (known->width == 4)
		bytes = &value32;
	else
		bytes = &value;
	assert_int_equal(nla_put(msg, known->attr, known->width, bytes), 0);
}

int try_option(struct oracle *o, const char *name,
	       const struct known_option *known, uint64_t value)
{
	struct nl_msg *msg = link_message(RTM_NEWLINK, AF_UNSPEC,
					  index_of(o, name));
	bool port = known->scope == VBR_SCOPE_PORT;
	struct nlattr *info, *data;

	info = nla_nest_start(msg, IFLA_LINKINFO);
	assert_non_null(info);
	assert_int_equal(nla_put_string(msg,
					port ? IFLA_INFO_SLAVE_KIND
					     : IFLA_INFO_KIND,
					known->scope == VBR_SCOPE_VLAN
						? "vlan"
						: "bridge"),
			 0);
	data = nla_nest_start(msg,
			      port ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA);
	assert_non_null(data);
	put_option(msg, known, value);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return request(o, msg);
}

void set_option(struct oracle *o, const char *name,
		const struct known_option *known, uint64_t value)
{
	done(try_option(o, name, known, value), "set", known->name);
}

bool eventually(bool (*is_so)(struct oracle *o, const char *name),
		struct oracle *o, const char *name)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };

	for (int i = 0; i < 1000; i++) {
		if (is_so(o, name))
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

static bool can_forward(struct oracle *o, const char *port)
{
	return try_option(o, port, known_find(VBR_SCOPE_PORT, "state"), 3) >= 0;
}

void set_forwarding(struct oracle *o, const char *port)
{
	if (!eventually(can_forward, o, port))
		fail_msg("%s cannot forward", port);
}

bool has_netns_cookie(void)
{
	enum { NETNS_COOKIE = 71 }; /* SO_NETNS_COOKIE */
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	uint64_t cookie;
	socklen_t size = sizeof(cookie);
	bool has = getsockopt(fd, SOL_SOCKET, NETNS_COOKIE, &cookie, &size) ==
		   0;

	close(fd);
	return has;
}
