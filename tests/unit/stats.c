/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Statistics with a fake kernel: a device whose answer has several messages,
 * devices that come and go, counters that bridges have turned off, broken
 * bytes.
 */

#include "unit.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

#define ALL (~0u)

static const struct vbr_counter *counter(enum vbr_stats_group group,
					 const char *name)
{
	const struct vbr_counter *found;

	for (size_t i = 0; (found = vbr_counter_at(group, i)); i++)
		if (strcmp(vbr_counter_name(found), name) == 0)
			return found;
	fail_msg("there is no counter %s", name);
	return NULL;
}

static uint64_t value(const struct vbr_stats_row *row,
		      enum vbr_stats_group group, const char *name)
{
	uint64_t is = 0;

	assert_non_null(row);
	assert_int_equal(vbr_stats_row_value(row, counter(group, name), &is),
			 0);
	return is;
}

static void has_none(const struct vbr_stats_row *row,
		     enum vbr_stats_group group)
{
	const struct vbr_counter *of;
	uint64_t is = 4711;

	for (size_t i = 0; (of = vbr_counter_at(group, i)); i++)
		assert_int_equal(vbr_stats_row_value(row, of, &is), -ENODATA);
	assert_int_equal(is, 4711);
}

/* --- the answers ---------------------------------------------------------- */

enum { BR0 = 7, ETH0 = 8, ETH1 = 9 };

/* br0, which counts the VLANs of itself, those of its ports, IGMP and MLD. */
static void add_counting_bridge(struct datagram *d, uint8_t vlans,
				uint8_t of_ports, uint8_t multicast)
{
	struct nlmsghdr *msg = add_message(d, RTM_NEWLINK, 0);
	struct ifinfomsg *head = put_extra_header(msg, sizeof(*head));
	struct nlattr *info, *data;

	head->ifi_index = BR0;
	put_string(msg, IFLA_IFNAME, "br0");
	info = nest_start(msg, IFLA_LINKINFO);
	put_string(msg, IFLA_INFO_KIND, "bridge");
	data = nest_start(msg, IFLA_INFO_DATA);
	put_u8(msg, IFLA_BR_VLAN_STATS_ENABLED, vlans);
	put_u8(msg, IFLA_BR_VLAN_STATS_PER_PORT, of_ports);
	put_u8(msg, IFLA_BR_MCAST_STATS_ENABLED, multicast);
	nest_end(msg, data);
	nest_end(msg, info);
	done_message(d, msg);
}

static void add_port(struct datagram *d, int index, const char *name)
{
	add_link(d, &(struct a_link){ .index = index,
				      .name = name,
				      .master = BR0,
				      .family = AF_BRIDGE,
				      .port_no = (uint16_t)index });
}

static struct nlmsghdr *begin_stats(struct datagram *d, int index)
{
	struct nlmsghdr *msg = add_message(d, RTM_NEWSTATS, NLM_F_MULTI);
	struct if_stats_msg *head = put_extra_header(msg, sizeof(*head));

	head->ifindex = (uint32_t)index;
	return msg;
}

/* 24 counters from "first" on, as the kernel numbers them. */
static void put_device(struct nlmsghdr *msg, uint64_t first)
{
	uint64_t counters[24];

	for (size_t i = 0; i < COUNT(counters); i++)
		counters[i] = first + i;
	put_attr(msg, IFLA_STATS_LINK_64, sizeof(counters), counters);
}

static void put_vlan(struct nlmsghdr *msg, uint16_t vid, uint64_t rx_bytes)
{
	const struct bridge_vlan_xstats vlan = { .rx_bytes = rx_bytes,
						 .rx_packets = 1,
						 .tx_bytes = 2,
						 .tx_packets = 3,
						 .vid = vid };

	put_attr(msg, BRIDGE_XSTATS_VLAN, sizeof(vlan), &vlan);
}

static void put_multicast(struct nlmsghdr *msg, uint64_t sent_v3_queries)
{
	const struct br_mcast_stats multicast = {
		.igmp_v3queries = { 0, sent_v3_queries },
		.mcast_packets = { 30, 31 },
	};

	put_attr(msg, BRIDGE_XSTATS_MCAST, sizeof(multicast), &multicast);
}

static void put_stp(struct nlmsghdr *msg, uint64_t rx_tcn)
{
	const struct bridge_stp_xstats stp = { .rx_tcn = rx_tcn };

	put_attr(msg, BRIDGE_XSTATS_STP, sizeof(stp), &stp);
}

struct nests {
	struct nlattr *outer, *inner;
};

static struct nests begin_bridge(struct nlmsghdr *msg, int type)
{
	struct nests nests = { nest_start(msg, type), NULL };

	nests.inner = nest_start(msg, LINK_XSTATS_TYPE_BRIDGE);
	return nests;
}

static void end_stats(struct datagram *d, struct nlmsghdr *msg,
		      const struct nests *nests)
{
	if (nests) {
		nest_end(msg, nests->inner);
		nest_end(msg, nests->outer);
	}
	done_message(d, msg);
}

/* --- whole answers -------------------------------------------------------- */

static void fake_devices(struct fake_kernel *fake_kernel, uint8_t vlans,
			 uint8_t of_ports, uint8_t multicast)
{
	struct datagram bridges = { 0 }, ports = { 0 };

	add_counting_bridge(&bridges, vlans, of_ports, multicast);
	add_done(&bridges);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &bridges);
	add_port(&ports, ETH1, "eth1");
	add_port(&ports, ETH0, "eth0");
	add_done(&ports);
	fake_expect(fake_kernel, RTM_GETLINK);
	fake_answer(fake_kernel, &ports);
}

/* eth0 in three messages, a device that is not a port, br0; eth1 is gone. */
static void add_counters(struct datagram *d)
{
	struct nlmsghdr *msg = begin_stats(d, ETH0);
	struct nests nests;

	put_device(msg, 100);
	nests = begin_bridge(msg, IFLA_STATS_LINK_XSTATS_SLAVE);
	put_vlan(msg, 10, 10);
	end_stats(d, msg, &nests);
	msg = begin_stats(d, ETH0);
	nests = begin_bridge(msg, IFLA_STATS_LINK_XSTATS_SLAVE);
	put_vlan(msg, 20, 20);
	end_stats(d, msg, &nests);
	msg = begin_stats(d, ETH0);
	nests = begin_bridge(msg, IFLA_STATS_LINK_XSTATS_SLAVE);
	put_multicast(msg, 5);
	put_stp(msg, 6);
	end_stats(d, msg, &nests);
	msg = begin_stats(d, 99);
	put_device(msg, 900);
	end_stats(d, msg, NULL);
	msg = begin_stats(d, BR0);
	put_device(msg, 200);
	nests = begin_bridge(msg, IFLA_STATS_LINK_XSTATS);
	put_vlan(msg, 10, 70);
	put_multicast(msg, 8);
	end_stats(d, msg, &nests);
}

static void fake_counters(struct fake_kernel *fake_kernel, bool interrupted)
{
	struct datagram d = { 0 };

	add_counters(&d);
	if (interrupted)
		add_done(&d)->nlmsg_flags |= NLM_F_DUMP_INTR;
	else
		add_done(&d);
	fake_expect(fake_kernel, RTM_GETSTATS);
	fake_answer(fake_kernel, &d);
}

/* --- tests ---------------------------------------------------------------- */

static void is_row(const struct vbr_stats *stats, size_t i, int index,
		   const char *name, unsigned int vlan)
{
	const struct vbr_stats_row *row = vbr_stats_at(stats, i);

	assert_non_null(row);
	assert_int_equal(vbr_stats_row_index(row), index);
	assert_string_equal(vbr_stats_row_name(row), name);
	assert_int_equal(vbr_stats_row_vlan(row), vlan);
	assert_int_equal(vbr_stats_row_bridge_index(row), BR0);
	assert_string_equal(vbr_stats_row_bridge_name(row), "br0");
	assert_ptr_equal(vbr_stats_find(stats, index, vlan), row);
}

static void listed(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const struct vbr_stats_row *row;
	struct vbr_stats *stats;

	(void)state;
	fake_devices(fake_kernel, 1, 1, 1);
	fake_counters(fake_kernel, true);
	fake_counters(fake_kernel, false);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats), 0);
	assert_int_equal(vbr_stats_count(stats), 5);
	is_row(stats, 0, BR0, "br0", 0);
	is_row(stats, 1, BR0, "br0", 10);
	is_row(stats, 2, ETH0, "eth0", 0);
	is_row(stats, 3, ETH0, "eth0", 10);
	is_row(stats, 4, ETH0, "eth0", 20);
	assert_null(vbr_stats_at(stats, 5));
	assert_null(vbr_stats_find(stats, ETH1, 0));
	assert_null(vbr_stats_find(stats, 99, 0));
	assert_null(vbr_stats_find(stats, ETH0, 11));

	row = vbr_stats_at(stats, 2);
	assert_int_equal(value(row, VBR_STATS_DEVICE, "rx_packets"), 100);
	assert_int_equal(value(row, VBR_STATS_DEVICE, "tx_bytes"), 103);
	assert_int_equal(value(row, VBR_STATS_DEVICE, "rx_multicast"), 108);
	assert_int_equal(value(row, VBR_STATS_STP, "rx_tcn"), 6);
	assert_int_equal(value(row, VBR_STATS_MULTICAST, "tx_igmp_v3_queries"),
			 5);
	assert_int_equal(value(row, VBR_STATS_MULTICAST, "tx_mcast_packets"),
			 31);
	has_none(row, VBR_STATS_VLAN);
	row = vbr_stats_at(stats, 4);
	assert_int_equal(value(row, VBR_STATS_VLAN, "rx_bytes"), 20);
	assert_int_equal(value(row, VBR_STATS_VLAN, "tx_packets"), 3);
	has_none(row, VBR_STATS_DEVICE);
	has_none(vbr_stats_at(stats, 0), VBR_STATS_STP);
	vbr_stats_free(stats);
	vbr_stats_free(NULL);
	fake_end(fake_kernel, ctx);
}

static void is_off(const struct vbr_stats_row *row, enum vbr_stats_group group,
		   const char *option)
{
	const char *off = vbr_stats_row_off(row, group);

	assert_string_equal(off ? off : "on", option);
}

static void not_counted(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_stats *stats;

	(void)state;
	fake_devices(fake_kernel, 1, 0, 0);
	fake_counters(fake_kernel, false);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats), 0);
	assert_int_equal(vbr_stats_count(stats), 3);
	is_row(stats, 1, BR0, "br0", 10);
	is_row(stats, 2, ETH0, "eth0", 0);
	has_none(vbr_stats_at(stats, 2), VBR_STATS_MULTICAST);
	is_off(vbr_stats_at(stats, 0), VBR_STATS_VLAN, "on");
	is_off(vbr_stats_at(stats, 2), VBR_STATS_VLAN, "vlan_stats_per_port");
	is_off(vbr_stats_at(stats, 2), VBR_STATS_STP, "on");
	is_off(vbr_stats_at(stats, 0), VBR_STATS_MULTICAST,
	       "multicast_stats_enabled");
	vbr_stats_free(stats);

	fake_devices(fake_kernel, 0, 1, 1);
	fake_counters(fake_kernel, false);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats), 0);
	assert_int_equal(vbr_stats_count(stats), 2);
	is_off(vbr_stats_at(stats, 1), VBR_STATS_VLAN, "vlan_stats_enabled");
	vbr_stats_free(stats);
	fake_end(fake_kernel, ctx);
}

/* Only the requested groups are shown, even if the kernel sends others. */
static void selected(void **state)
{
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	const struct if_stats_msg *head;
	struct vbr_stats *stats;

	(void)state;
	fake_devices(fake_kernel, 1, 1, 1);
	fake_counters(fake_kernel, false);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, 1 << VBR_STATS_STP,
					&stats),
			 0);
	head = NLMSG_DATA(&fake_request(fake_kernel)->head);
	assert_int_equal(head->filter_mask, 1 | 2 | 4);
	assert_int_equal(vbr_stats_count(stats), 2);
	assert_int_equal(value(vbr_stats_at(stats, 1), VBR_STATS_STP, "rx_tcn"),
			 6);
	has_none(vbr_stats_at(stats, 1), VBR_STATS_MULTICAST);
	vbr_stats_free(stats);

	fake_devices(fake_kernel, 1, 1, 1);
	fake_counters(fake_kernel, false);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, 0, &stats), 0);
	head = NLMSG_DATA(&fake_request(fake_kernel)->head);
	assert_int_equal(head->filter_mask, 1);
	vbr_stats_free(stats);
	fake_end(fake_kernel, ctx);
}

/* An older kernel has fewer counters, a later one more. */
static void other_lengths(void **state)
{
	static const uint64_t counters[40] = { 1, 2 };
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	(void)state;
	for (size_t count = 2; count <= 40; count += 38) {
		struct datagram d = { 0 };
		struct nlmsghdr *msg = begin_stats(&d, BR0);
		const struct vbr_stats_row *row;
		struct vbr_stats *stats;
		uint64_t is;

		put_attr(msg, IFLA_STATS_LINK_64, count * 8, counters);
		end_stats(&d, msg, NULL);
		add_done(&d);
		fake_devices(fake_kernel, 1, 1, 1);
		fake_expect(fake_kernel, RTM_GETSTATS);
		fake_answer(fake_kernel, &d);
		assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats),
				 0);
		row = vbr_stats_at(stats, 0);
		assert_int_equal(value(row, VBR_STATS_DEVICE, "tx_packets"), 2);
		assert_int_equal(vbr_stats_row_value(row,
						     counter(VBR_STATS_DEVICE,
							     "collisions"),
						     &is),
				 count == 2 ? -ENODATA : 0);
		vbr_stats_free(stats);
	}
	fake_end(fake_kernel, ctx);
}

static void fake_broken(struct fake_kernel *fake_kernel, int type, size_t len)
{
	static const char bytes[64];
	struct datagram d = { 0 };
	struct nlmsghdr *msg = begin_stats(&d, ETH0);
	struct nests nests;

	if (type) {
		nests = begin_bridge(msg, IFLA_STATS_LINK_XSTATS_SLAVE);
		put_attr(msg, type, len, bytes);
		end_stats(&d, msg, &nests);
	} else {
		put_attr(msg, IFLA_STATS_LINK_64, len, bytes);
		end_stats(&d, msg, NULL);
	}
	add_done(&d);
	fake_devices(fake_kernel, 1, 1, 1);
	fake_expect(fake_kernel, RTM_GETSTATS);
	fake_answer(fake_kernel, &d);
}

static void fails(void **state)
{
	static const struct {
		int type;
		size_t len;
	} broken[] = {
		{ 0, 0 },
		{ 0, 12 },
		{ BRIDGE_XSTATS_VLAN, 36 },
		{ BRIDGE_XSTATS_MCAST, 4 },
		{ BRIDGE_XSTATS_STP, 0 },
	};
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);
	struct vbr_stats *stats = (void *)ctx;

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		fake_broken(fake_kernel, broken[i].type, broken[i].len);
		assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats),
				 -EBADMSG);
	}
	fake_devices(fake_kernel, 1, 1, 1);
	fake_refuses(fake_kernel, RTM_GETSTATS, -EOPNOTSUPP);
	assert_int_equal(vbr_stats_list(ctx, NULL, NULL, ALL, &stats),
			 -EOPNOTSUPP);
	assert_string_equal(vbr_ctx_error(ctx),
			    "cannot read the statistics: Operation not "
			    "supported");
	assert_ptr_equal(stats, ctx);
	fake_end(fake_kernel, ctx);
}

static void named(void **state)
{
	const struct vbr_counter *of;

	(void)state;
	for (unsigned int group = 0; group <= VBR_STATS_VLAN; group++)
		for (size_t i = 0; (of = vbr_counter_at(group, i)); i++) {
			assert_ptr_equal(counter(group, vbr_counter_name(of)),
					 of);
			check(*vbr_counter_help(of), "%s has no help",
			      vbr_counter_name(of));
		}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("statistics are listed by bridge, port and VLAN", listed),
		TEST("what a bridge does not count is named", not_counted),
		TEST("a list has the groups that were asked for", selected),
		TEST("kernels may have fewer counters, or more", other_lengths),
		TEST("a list of statistics that fails leaves its pointer alone",
		     fails),
		TEST("counters have names of their own", named),
	};

	return run_all(tests);
}
