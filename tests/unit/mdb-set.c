/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Adds members to multicast groups, and deletes them. */

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/groups.h"
#include "vbridge.h"

/* MDBA_SET_ENTRY_ATTRS (Linux 5.10), and an attribute in it. */
enum { SET_ENTRY_ATTRS = 2, ATTR_SOURCE = 1 };

struct change {
	int port;
	const void *group; /* in network byte order */
	size_t len;
	const void *source;
	size_t source_len;
	uint16_t vlan, protocol;
	uint8_t state;
};

/* __br_mdb_parse() */
static void changes(struct fake_kernel *fake_kernel, uint16_t type,
		    const struct change *change, int error)
{
	/* Static, so that padding is zero. */
	static const struct br_port_msg head = { .family = AF_BRIDGE,
						 .ifindex = 7 };
	struct br_mdb_entry entry;
	struct datagram d;
	struct nlmsghdr *msg = expect(
		&d, type,
		NLM_F_ACK |
			(type == RTM_NEWMDB ? NLM_F_CREATE | NLM_F_EXCL : 0),
		&head, sizeof(head));

	memset(&entry, 0, sizeof(entry));
	entry.ifindex = (uint32_t)change->port;
	entry.state = change->state;
	entry.vid = change->vlan;
	entry.addr.proto = htons(change->protocol);
	memcpy(&entry.addr.u, change->group, change->len);
	put_attr(msg, MDBA_SET_ENTRY, sizeof(entry), &entry);
	if (change->source) {
		struct nlattr *attrs = nest_start(msg, SET_ENTRY_ATTRS);

		put_attr(msg, ATTR_SOURCE, change->source_len, change->source);
		nest_end(msg, attrs);
	}
	fake_verdict(fake_kernel, msg, error);
}

#define IPV4 "\xef\x01\x02\x03"
#define IPV6 "\xff\x0e\0\0\0\0\0\0\0\0\0\0\0\0\0\xfb"
#define IPV6_SOURCE "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define MAC "\x01\x00\x5e\x01\x02\x03"

static const struct {
	const char *device, *group, *source;
	struct change change;
	bool permanent;
} rows[] = {
	{ "eth0",
	  "239.1.2.3",
	  NULL,
	  { 8, IPV4, 4, NULL, 0, 0, ETH_P_IP, MDB_TEMPORARY },
	  false },
	{ "eth0",
	  "239.1.2.3",
	  "10.0.0.1",
	  { 8, IPV4, 4, "\x0a\0\0\1", 4, 4094, ETH_P_IP, MDB_PERMANENT },
	  true },
	{ "eth0",
	  "ff0e::fb",
	  NULL,
	  { 8, IPV6, 16, NULL, 0, 1, ETH_P_IPV6, MDB_PERMANENT },
	  true },
	{ "eth0",
	  "ff0e::fb",
	  "fe80::1",
	  { 8, IPV6, 16, IPV6_SOURCE, 16, 0, ETH_P_IPV6, MDB_TEMPORARY },
	  false },
	{ "eth0",
	  "01:00:5e:01:02:03",
	  NULL,
	  { 8, MAC, 6, NULL, 0, 0, 0, MDB_PERMANENT },
	  true },
	/* In IP groups the kernel keeps only temporary entries of the host, in
	 * Ethernet groups only permanent ones. */
	{ "br0",
	  "239.1.2.3",
	  NULL,
	  { 7, IPV4, 4, NULL, 0, 0, ETH_P_IP, MDB_TEMPORARY },
	  true },
	{ "br0",
	  "ff0e::fb",
	  NULL,
	  { 7, IPV6, 16, NULL, 0, 0, ETH_P_IPV6, MDB_TEMPORARY },
	  true },
	{ "br0",
	  "01:00:5e:01:02:03",
	  NULL,
	  { 7, MAC, 6, NULL, 0, 0, 0, MDB_PERMANENT },
	  true },
	{ "eth0",
	  "01:00:5e:01:02:03",
	  NULL,
	  { 8, MAC, 6, NULL, 0, 0, 0, MDB_TEMPORARY },
	  false },
};

/* Without a VLAN, the library asks whether the bridge filters. */
static void fake_device(struct fake_kernel *fake_kernel, const char *device,
			unsigned int vlan)
{
	if (strcmp(device, "br0") == 0)
		fake_br0(fake_kernel);
	else
		fake_eth0(fake_kernel);
	if (!vlan)
		fake_br0(fake_kernel);
}

static void added(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		fake_device(fake_kernel, rows[i].device, rows[i].change.vlan);
		changes(fake_kernel, RTM_NEWMDB, &rows[i].change, 0);
		assert_int_equal(vbr_mdb_add(ctx, "br0", rows[i].device,
					     rows[i].group, rows[i].source,
					     rows[i].change.vlan,
					     rows[i].permanent),
				 0);
	}
	fake_device(fake_kernel, "eth0", 0);
	changes(fake_kernel, RTM_NEWMDB, &rows[0].change, -EEXIST);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 0,
				     false),
			 -EEXIST);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot add \"eth0\" of "
			    "bridge \"br0\" to group \"239.1.2.3\": File "
			    "exists");
	fake_end(fake_kernel, ctx);
}

static void deleted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct change change = rows[i].change;

		change.state = MDB_TEMPORARY;
		fake_device(fake_kernel, rows[i].device, change.vlan);
		changes(fake_kernel, RTM_DELMDB, &change, 0);
		assert_int_equal(vbr_mdb_del(ctx, "br0", rows[i].device,
					     rows[i].group, rows[i].source,
					     change.vlan),
				 0);
	}
	fake_end(fake_kernel, ctx);
}

static void not_sent(void **state)
{
	static const struct {
		const char *group, *source;
		unsigned int vlan;
		int rc;
		const char *why;
	} bad[] = {
		{ "br0", NULL, 0, -EINVAL,
		  "\"br0\" is not an address of IPv4, "
		  "IPv6 or Ethernet" },
		{ "\x1b[m", NULL, 0, -EINVAL,
		  "\"\\033[m\" is not an address of "
		  "IPv4, IPv6 or Ethernet" },
		{ "10.0.0.1", NULL, 0, -EINVAL,
		  "10.0.0.1 is not the address "
		  "of a group" },
		{ "fe80::1", NULL, 0, -EINVAL,
		  "fe80::1 is not the address of "
		  "a group" },
		{ "02:00:00:00:00:01", NULL, 0, -EINVAL,
		  "02:00:00:00:00:01 "
		  "is not the address of a group" },
		{ "239.1.2.3", "fe80::1", 0, -EINVAL,
		  "\"fe80::1\" is not a "
		  "source of such a group" },
		{ "239.1.2.3", "", 0, -EINVAL,
		  "\"\" is not a source of such a "
		  "group" },
		{ "01:00:5e:01:02:03", "02:00:00:00:00:01", 0, -EINVAL,
		  "\"02:00:00:00:00:01\" is not a source of such a group" },
		{ "239.1.2.3", "239.1.2.4", 0, -EINVAL,
		  "239.1.2.4 is the "
		  "address of a group itself" },
		{ "239.1.2.3", NULL, 4095, -ERANGE,
		  "VLAN ids range from 1 to "
		  "4094" },
		{ "239.1.2.3", NULL, 65537, -ERANGE,
		  "VLAN ids range from 1 to "
		  "4094" },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		check(vbr_mdb_add(ctx, "br0", "eth0", bad[i].group,
				  bad[i].source, bad[i].vlan,
				  true) == bad[i].rc,
		      "row %zu", i);
		says(ctx, bad[i].why);
		check(vbr_mdb_del(ctx, "br0", "eth0", bad[i].group,
				  bad[i].source, bad[i].vlan) == bad[i].rc,
		      "row %zu", i);
		says(ctx, bad[i].why);
	}
	fake_refuses(fake_kernel, RTM_GETLINK, -ENODEV);
	assert_int_equal(vbr_mdb_add(ctx, "br0", "eth0", "239.1.2.3", NULL, 0,
				     true),
			 -ENODEV);
	fake_end(fake_kernel, ctx);
}

static void fake_up(struct fake_kernel *fake_kernel)
{
	fake_link(fake_kernel, &(struct a_link){ .index = 7,
						 .name = "br0",
						 .kind = "bridge",
						 .flags = IFF_UP });
}

/* EINVAL has two meanings: no such member, or an invalid request. */
static void no_member(void **state)
{
	static const struct a_member near[] = {
		{ 9, "239.1.2.3" },
		{ 8, "239.1.2.4" },
		{ 8, "239.1.2.3", .vlan = 1 },
		{ 8, "239.1.2.3", .source = "10.0.0.1" },
		{ 0 },
	};
	static const struct a_member it[] = { { 8, "239.1.2.3" }, { 0 } };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct datagram there = { 0 };

	(void)state;
	add_groups(&there, 7, it, NULL);
	add_done(&there);
	for (int i = 0; i < 2; i++) {
		struct datagram d = { 0 };

		add_groups(&d, 7, i ? it : near, NULL);
		add_done(&d);
		fake_device(fake_kernel, "eth0", 0);
		changes(fake_kernel, RTM_DELMDB, &rows[0].change, -EINVAL);
		fake_up(fake_kernel);
		fake_br0(fake_kernel);
		fake_groups(fake_kernel, &d);
		assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3",
					     NULL, 0),
				 i ? -EINVAL : -ENOENT);
		assert_string_equal(
			vbr_ctx_error(ctx),
			i ? "cannot delete "
			    "\"eth0\" of bridge \"br0\" from group "
			    "\"239.1.2.3\": Invalid argument"
			  : "cannot delete \"eth0\" of bridge \"br0\" "
			    "from group \"239.1.2.3\": it is not a "
			    "member");
		assert_int_equal(vbr_ctx_kernel_errno(ctx), i ? -EINVAL : 0);
	}
	fake_device(fake_kernel, "eth0", 0);
	changes(fake_kernel, RTM_DELMDB, &rows[0].change, -EINVAL);
	fake_br0(fake_kernel);
	fake_br0(fake_kernel);
	fake_groups(fake_kernel, &there);
	assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 0),
			 -EINVAL);
	says(ctx, "the bridge is down");
	fake_end(fake_kernel, ctx);
}

/* Whether the member exists is unknown: the kernel's errno is reported. */
static void no_member_to_be_seen(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	fake_device(fake_kernel, "eth0", 0);
	changes(fake_kernel, RTM_DELMDB, &rows[0].change, -EINVAL);
	fake_up(fake_kernel);
	fake_br0(fake_kernel);
	fake_refuses(fake_kernel, RTM_GETMDB, -EOPNOTSUPP);
	assert_int_equal(vbr_mdb_del(ctx, "br0", "eth0", "239.1.2.3", NULL, 0),
			 -EINVAL);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot delete \"eth0\" of "
			    "bridge \"br0\" from group \"239.1.2.3\": Invalid "
			    "argument");
	assert_int_equal(vbr_ctx_kernel_errno(ctx), -EINVAL);
	fake_end(fake_kernel, ctx);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("a member is added by one request", added),
		TEST("a member is deleted by one request", deleted),
		TEST("invalid groups and sources are not sent", not_sent),
		TEST("a missing member is ENOENT, another refusal EINVAL",
		     no_member),
		TEST("... if the kernel can list members",
		     no_member_to_be_seen),
	};

	return run_all(tests);
}
