/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the sample messages. */

#include "unit.h"

#include "unit/samples.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <sys/socket.h>

#include "unit/groups.h"
#include "unit/port-vlans.h"

void add_sample_links(struct datagram *d)
{
	add_link(d, &(struct a_link){ .index = 7,
				      .name = "br0",
				      .kind = "bridge",
				      .flags = 1 });
	add_link(d, &(struct a_link){ .index = 8,
				      .name = "eth0",
				      .kind = "veth",
				      .master = 7,
				      .port_no = 1 });
	add_link(d, &(struct a_link){ .index = 9,
				      .name = "eth1",
				      .master = 7,
				      .port_no = 2,
				      .family = AF_BRIDGE });
	add_link(d, &(struct a_link){ .index = 10,
				      .name = "eth0.5",
				      .kind = "vlan",
				      .parent = 8,
				      .vid = 5,
				      .vlan_flags = 1 });
	add_entry(d, &(struct an_entry){ .port = 8,
					 .bridge = 7,
					 .vlan = 1,
					 .mac = { 2 },
					 .state = NUD_REACHABLE,
					 .more_flags = 2 });
}

void add_sample_tables(struct datagram *d)
{
	static const struct a_vlan vlans[] = {
		{ 1, 0, 6 },
		{ 10, 19 },
		{ .first = 20, .state = 3, .tunnel = 7, .rx_bytes = 9 },
		{ 0 },
	};
	static const struct a_global globals[] = {
		{ 1, 9, 3, 12500, 0x0100007f },
		{ 0 },
	};
	static const struct a_tree trees[] = { { 1, 3 }, { 2, 4 }, { 0 } };
	static const struct a_member members[] = {
		{ 8, "239.1.2.3", .sources = { "10.0.0.1", "10.0.0.2" } },
		{ 8, "ff02::fb", .source = "fe80::1", .mode = 1 },
		{ 7, "01:00:5e:01:02:03", .vlan = 5, .timer = 1 },
		{ 0 },
	};
	static const struct a_router routers[] = {
		{ 8, 1, 100, 5 },
		{ 9, 2, 0, 0 },
		{ 0 },
	};

	add_member(d, 8, "eth0", 7, vlans);
	add_trees(d, 8, "eth0", 7, trees);
	add_entries(d, 8, vlans);
	add_globals(d, 7, globals);
	add_groups(d, 7, members, routers);
}

void add_sample_verdicts(struct datagram *d)
{
	static const char *const texts[] = { "No such option", "x" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		add_verdict(d, &(struct verdict){ .error = -EINVAL,
						  .echo = 48,
						  .text = texts[i],
						  .offset = 40 });
		add_verdict(d, &(struct verdict){ .error = -EINVAL,
						  .capped = true,
						  .text = texts[i],
						  .offset = 40 });
		add_verdict(d, &(struct verdict){ .is_done = true,
						  .text = texts[i],
						  .offset = 40 });
	}
}

void add_samples(struct datagram *d)
{
	add_sample_links(d);
	add_sample_tables(d);
	add_sample_verdicts(d);
}
