/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Counters of a real kernel: libnl-route reads those of the devices from
 * RTM_GETLINK, libnl those of the VLANs from RTM_GETVLAN. */

#include "oracle/vlans.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_packet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAMES 3

/* Frames of VLAN 5, from the far end of a port. */
static void send_frames(struct oracle *o, const char *device)
{
	static const uint8_t frame[64] = {
		2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x81, 0, 0, 5, 0x88, 0xb5,
	};
	const struct sockaddr_ll from = {
		.sll_family = AF_PACKET,
		.sll_ifindex = index_of(o, device),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	assert_return_code(fd, errno);
	for (int i = 0; i < FRAMES; i++)
		assert_int_equal(sendto(fd, frame, sizeof(frame), 0,
					(const struct sockaddr *)&from,
					sizeof(from)),
				 sizeof(frame));
	close(fd);
}

static uint64_t count(const struct vbr_stats_row *row,
		      enum vbr_stats_group group, const char *name)
{
	const struct vbr_counter *counter;
	uint64_t value = 0;

	assert_non_null(row);
	for (size_t i = 0; (counter = vbr_counter_at(group, i)); i++)
		if (strcmp(vbr_counter_name(counter), name) == 0)
			break;
	assert_non_null(counter);
	assert_int_equal(vbr_stats_row_value(row, counter, &value), 0);
	return value;
}

static uint64_t theirs(struct oracle *o, const char *name,
		       rtnl_link_stat_id_t id)
{
	struct rtnl_link *link = link_of(o, name);
	uint64_t value = rtnl_link_get_stat(link, id);

	rtnl_link_put(link);
	return value;
}

/* Nothing is sent unless the test does: no device is up. */
static void same_counters(void **state)
{
	static const struct {
		const char *name;
		rtnl_link_stat_id_t id;
	} rows[] = {
		{ "rx_bytes", RTNL_LINK_RX_BYTES },
		{ "rx_packets", RTNL_LINK_RX_PACKETS },
		{ "rx_errors", RTNL_LINK_RX_ERRORS },
		{ "rx_dropped", RTNL_LINK_RX_DROPPED },
		{ "rx_multicast", RTNL_LINK_MULTICAST },
		{ "tx_bytes", RTNL_LINK_TX_BYTES },
		{ "tx_packets", RTNL_LINK_TX_PACKETS },
		{ "tx_errors", RTNL_LINK_TX_ERRORS },
		{ "tx_dropped", RTNL_LINK_TX_DROPPED },
		{ "collisions", RTNL_LINK_COLLISIONS },
	};
	static const char *const devices[] = { "br0", "a", "b" };
	struct oracle *o = *state;
	struct vbr_stats *stats;

	make_bridge(o, "br0");
	make_veth(o, "a", "c");
	make_veth(o, "b", "d");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "c");
	set_forwarding(o, "a");
	send_frames(o, "c");
	assert_int_equal(vbr_link_set_up(o->ctx, "c", false), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "a", false), 0);
	assert_int_equal(vbr_link_set_up(o->ctx, "br0", false), 0);
	assert_int_equal(vbr_stats_list(o->ctx, "br0", NULL, 0, &stats), 0);
	for (size_t i = 0; i < COUNT(devices); i++)
		for (size_t k = 0; k < COUNT(rows); k++)
			assert_int_equal(count(vbr_stats_at(stats, i),
					       VBR_STATS_DEVICE, rows[k].name),
					 theirs(o, devices[i], rows[k].id));
	assert_true(count(vbr_stats_at(stats, 1), VBR_STATS_DEVICE,
			  "rx_packets") >= FRAMES);
	vbr_stats_free(stats);
}

/* --- VLANs ---------------------------------------------------------------- */

static uint64_t of_vlan(struct oracle *o, const char *port, const char *name)
{
	int index = index_of(o, port);
	struct vbr_stats *stats;
	uint64_t value;

	assert_int_equal(vbr_stats_list(o->ctx, "br0", NULL, ~0u, &stats), 0);
	value = count(vbr_stats_find(stats, index, 5), VBR_STATS_VLAN, name);
	vbr_stats_free(stats);
	return value;
}

static bool has_counted(struct oracle *o, const char *port)
{
	return of_vlan(o, port, "rx_packets") == FRAMES;
}

static void set_counting(struct oracle *o, const char *option)
{
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, option), 1);
}

/* "a" has 4,094 VLANs: an answer of several messages. */
static void make_counting(struct oracle *o)
{
	make_filtering(o);
	assert_int_equal(vbr_port_del(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_del(o->ctx, "br0", "b"), 0);
	set_counting(o, "vlan_stats_per_port");
	set_counting(o, "vlan_stats_enabled");
	set_counting(o, "vlan_filtering");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	assert_int_equal(vbr_port_add(o->ctx, "br0", "b"), 0);
	assert_int_equal(change_vlans(o, RTM_SETLINK, "a", 2, 4094, 0), 0);
}

static size_t vlans_of(const struct vbr_stats *stats, int index)
{
	const struct vbr_stats_row *row;
	size_t found = 0;

	for (size_t i = 0; (row = vbr_stats_at(stats, i)); i++)
		if (vbr_stats_row_index(row) == index &&
		    vbr_stats_row_vlan(row)) {
			found++;
			assert_int_equal(vbr_stats_row_vlan(row), found);
		}
	return found;
}

static void counts_vlans(void **state)
{
	struct oracle *o = *state;
	struct vbr_stats *stats;
	struct nlattr *theirs;

	make_counting(o);
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "a2");
	set_forwarding(o, "a");
	send_frames(o, "a2");
	assert_true(eventually(has_counted, o, "a"));
	theirs = entry_of(o, "a", 5, VBR_SCOPE_PORT_VLAN);
	assert_non_null(theirs);
	free(theirs);
	assert_int_equal(vbr_stats_list(o->ctx, "br0", NULL, ~0u, &stats), 0);
	assert_int_equal(vlans_of(stats, index_of(o, "a")), 4094);
	assert_int_equal(vlans_of(stats, index_of(o, "b")), 1);
	assert_null(vbr_stats_row_off(vbr_stats_at(stats, 0), VBR_STATS_VLAN));
	vbr_stats_free(stats);
	/* One port: its VLANs do not fit into one message. */
	assert_int_equal(vbr_stats_list(o->ctx, "br0", "a", ~0u, &stats), 0);
	assert_int_equal(vbr_stats_count(stats), 1 + 4094);
	assert_int_equal(vlans_of(stats, index_of(o, "a")), 4094);
	vbr_stats_free(stats);
}

/* --- STP and multicast ---------------------------------------------------- */

static bool has_sent_bpdu(struct oracle *o, const char *port)
{
	struct vbr_stats *stats;
	uint64_t sent;

	assert_int_equal(vbr_stats_list(o->ctx, "br0", port, ~0u, &stats), 0);
	sent = count(vbr_stats_at(stats, 0), VBR_STATS_STP, "tx_bpdu");
	vbr_stats_free(stats);
	return sent > 0;
}

static bool has_sent_query(struct oracle *o, const char *port)
{
	struct vbr_stats *stats;
	uint64_t sent;

	assert_int_equal(vbr_stats_list(o->ctx, "br0", port, ~0u, &stats), 0);
	assert_null(
		vbr_stats_row_off(vbr_stats_at(stats, 0), VBR_STATS_MULTICAST));
	sent = count(vbr_stats_at(stats, 0), VBR_STATS_MULTICAST,
		     "tx_igmp_v2_queries");
	vbr_stats_free(stats);
	return sent > 0;
}

static void counts_protocols(void **state)
{
	struct oracle *o = *state;

	make_bridge(o, "br0");
	make_veth(o, "a", "c");
	assert_int_equal(vbr_port_add(o->ctx, "br0", "a"), 0);
	set_counting(o, "multicast_stats_enabled");
	set_counting(o, "multicast_querier");
	set_option(o, "br0",
		   known_find(VBR_SCOPE_BRIDGE,
			      "multicast_startup_query_interval"),
		   100);
	set_counting(o, "stp_state");
	set_up(o, "br0");
	set_up(o, "a");
	set_up(o, "c");
	assert_true(eventually(has_sent_bpdu, o, "a"));
	set_option(o, "br0", known_find(VBR_SCOPE_BRIDGE, "stp_state"), 0);
	set_forwarding(o, "a");
	assert_true(eventually(has_sent_query, o, "a"));
}

static void none(void **state)
{
	struct oracle *o = *state;
	struct vbr_stats *stats;

	assert_int_equal(vbr_stats_list(o->ctx, NULL, NULL, ~0u, &stats), 0);
	assert_int_equal(vbr_stats_count(stats), 0);
	assert_null(vbr_stats_at(stats, 0));
	assert_null(vbr_stats_find(stats, 1, 0));
	vbr_stats_free(stats);
	make_bridge(o, "br0");
	assert_int_equal(vbr_stats_list(o->ctx, NULL, NULL, ~0u, &stats), 0);
	assert_true(vbr_stats_count(stats) >= 1);
	assert_string_equal(vbr_stats_row_off(vbr_stats_at(stats, 0),
					      VBR_STATS_MULTICAST),
			    "multicast_stats_enabled");
	vbr_stats_free(stats);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ORACLE_TEST("counters are those that libnl-route reads",
			    same_counters),
		ORACLE_TEST("the VLANs of a port are counted", counts_vlans),
		ORACLE_TEST("BPDUs and queries are counted", counts_protocols),
		ORACLE_TEST("there may be no bridge, or one without ports",
			    none),
	};

	return run_all(tests);
}
