/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Compares configurations, and plans the change from one to another; needs no
 * kernel. */

#include "unit.h"

#include <string.h>

#include "unit/fake-kernel.h"
#include "vbridge.h"

struct change {
	const char *from, *to;
	unsigned int flags;
	const char *plan, *losses;
};

static struct vbr_config *parse(struct vbr_ctx *ctx, const char *text)
{
	struct vbr_config *config;

	check(vbr_config_parse(ctx, "file", text, strlen(text), &config) == 0,
	      "%s: %s", text, vbr_ctx_error(ctx));
	return config;
}

static void plans(const struct change *change)
{
	struct vbr_config *from, *to, *plan;
	const char *losses = change->losses ? change->losses : "";
	struct vbr_ctx *ctx;
	struct fake_kernel *fake_kernel = fake_new(&ctx);

	from = parse(ctx, change->from);
	to = parse(ctx, change->to);
	check(vbr_config_diff(ctx, from, to, change->flags, &plan) == 0,
	      "%s: %s", change->to, vbr_ctx_error(ctx));
	assert_string_equal(vbr_config_text(plan), change->plan);
	assert_string_equal(vbr_config_losses(plan), losses);
	vbr_config_free(plan);
	vbr_config_free(to);
	vbr_config_free(from);
	fake_end(fake_kernel, ctx);
}

/* In the order of vbr_config_capture_all(). */
#define CARDS "brctl link eth0 down\nbrctl link eth1 down\n"
#define BRIDGE \
	CARDS "brctl addbr br0\nbrctl addif br0 eth0\nbrctl link br0 down\n"

static void all_is_new(void **state)
{
	static const char lines[] =
		"brctl addbr br0\n"
		"brctl set br0 default_pvid=5 vlan_filtering=on\n"
		"brctl addif br0 eth0\n"
		"brctl setport br0 eth0 path_cost=9 isolated=on\n"
		"brctl delvlan br0 eth0 5\n"
		"brctl addvlan br0 eth0 10 pvid untagged\n"
		"brctl addvlan br0 eth0 20-22\n"
		"brctl addvlan br0 eth0 30-31 tunnel 1000\n"
		"brctl setvlan br0 eth0 20-22 state=blocking\n"
		"brctl addmac br0 eth0 02:00:00:00:00:09 vlan 10 static sticky\n"
		"brctl addmac br0 br0 02:00:00:00:00:0a local\n"
		"brctl link eth0 up\n"
		"brctl link br0 mtu 1400 up\n"
		"brctl addgroup br0 eth0 239.1.1.1 source 192.0.2.1 vlan 10\n"
		"brctl addgroup br0 eth0 ff02::1:3\n";
	const struct change change = { CARDS, lines, 0, lines, NULL };

	(void)state;
	plans(&change);
}

static void other_spellings(void **state)
{
	static const struct change changes[] = {
		{ CARDS,
		  "addbr br0\n--may-exist addif br0 eth0 eth1\nsetfd br0 4\n"
		  "setportprio br0 eth0 7\nhairpin br0 eth1 on\n"
		  "setport br0 eth0,eth1 isolated=yes\n"
		  "addvlan br0 eth0,eth1 7,9\nstp br0 on\n"
		  "addmac br0 eth0 02:00:00:00:00:0A\n",
		  0,
		  "brctl addbr br0\nbrctl addif br0 eth0\n"
		  "brctl addif br0 eth1\nbrctl set br0 forward_delay=4\n"
		  "brctl setport br0 eth0 priority=7\n"
		  "brctl setport br0 eth1 hairpin_mode=on\n"
		  "brctl setport br0 eth0 isolated=yes\n"
		  "brctl setport br0 eth1 isolated=yes\n"
		  "brctl addvlan br0 eth0 7\nbrctl addvlan br0 eth0 9\n"
		  "brctl addvlan br0 eth1 7\nbrctl addvlan br0 eth1 9\n"
		  "brctl set br0 stp_state=on\n"
		  "brctl addmac br0 eth0 02:00:00:00:00:0a static\n",
		  NULL },
		/* The last line for an object counts; what is already so needs
		 * no command. */
		{ BRIDGE "brctl set br0 ageing_time=7.00\n",
		  "set br0 ageing_time=9\nsetageing br0 7\nlink eth0 up\n"
		  "link eth0 down\n--if-exists delbr br9\n",
		  0, "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

static void vlan_devices(void **state)
{
	static const char lines[] =
		"vconfig add eth0 5 protocol 802.1ad name outer\n"
		"vconfig add outer 6 name inner\n"
		"vconfig set_flag inner gvrp on\n"
		"vconfig set_ingress_map inner 3 4\n"
		"vconfig set_egress_map inner 1 2\n"
		"brctl link inner up\n";
	static const char there[] = CARDS
		"vconfig add eth0 5 name a\nvconfig add a 6 name b\n"
		"brctl link a down\nbrctl link b down\n"
		"vconfig set_flag a mvrp on\nvconfig set_egress_map a 1 2\n";
	static const struct change changes[] = {
		{ CARDS, lines, 0, lines, NULL },
		{ there,
		  "vconfig add eth0 7 name a\nvconfig set_egress_map a 1 0\n"
		  "vconfig set_flag b gvrp 1\n",
		  0,
		  "vconfig rem a\nvconfig add eth0 7 name a\n"
		  "vconfig set_egress_map a 1 0\nvconfig set_flag b gvrp on\n",
		  "\"a\" is replaced: its index and statistics\n"
		  "\"b\" is deleted: its addresses and routes\n" },
		{ there, "vconfig rem b\nvconfig rem a\nvconfig rem c\n", 0,
		  "vconfig rem a\n",
		  "\"a\" is deleted: its addresses and routes\n"
		  "\"b\" is deleted: its addresses and routes\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

static void exact(void **state)
{
	static const struct change changes[] = {
		{ BRIDGE "brctl addif br0 eth1\n"
			 "brctl set br0 ageing_time=7.00 stp_state=on\n"
			 "brctl setport br0 eth0 isolated=on\n"
			 "brctl addvlan br0 eth0 10-12\n"
			 "brctl setvlan br0 eth0 1 neigh_suppress=on\n"
			 "brctl addmac br0 eth0 02:00:00:00:00:09 static\n"
			 "brctl addgroup br0 eth0 239.1.1.1\n"
			 "vconfig add br0 5 name br0.5\n",
		  "addbr br0\naddif br0 eth0\n", VBR_CONFIG_EXACT,
		  "vconfig rem br0.5\n"
		  "brctl delgroup br0 eth0 239.1.1.1\n"
		  "brctl delmac br0 eth0 02:00:00:00:00:09\n"
		  "brctl setvlan br0 eth0 1 neigh_suppress=off\n"
		  "brctl delvlan br0 eth0 10-12\n"
		  "brctl setport br0 eth0 isolated=off\n"
		  "brctl set br0 stp_state=0 ageing_time=300.00\n"
		  "brctl delif br0 eth1\n",
		  "\"br0.5\" is deleted: its addresses and routes\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

/* What the kernel cannot change in place, or accepts in one order only. */
static void order(void **state)
{
	static const struct change changes[] = {
		{ BRIDGE "brctl addmac br0 eth0 02:00:00:00:00:09 static\n"
			 "brctl addvlan br0 eth0 9 tunnel 100\n",
		  "addmac br0 eth0 02:00:00:00:00:09 local\n"
		  "addvlan br0 eth0 9 tunnel 200\n",
		  0,
		  "brctl delmac br0 eth0 02:00:00:00:00:09\n"
		  "brctl addmac br0 eth0 02:00:00:00:00:09 local\n"
		  "brctl delvlan br0 eth0 9\n"
		  "brctl addvlan br0 eth0 9 tunnel 200\n",
		  NULL },
		{ BRIDGE "brctl set br0 stp_state=on\n",
		  "set br0 stp_mode=user\n", 0,
		  "brctl set br0 stp_state=0\nbrctl set br0 stp_mode=user\n"
		  "brctl set br0 stp_state=1\n",
		  "bridge \"br0\": STP is off for a moment\n" },
		{ BRIDGE "brctl link br0 up\nbrctl link eth1 up\n",
		  "addif br0 eth1\nsetport br0 eth1 isolated=on\n", 0,
		  "brctl link eth1 down\nbrctl addif br0 eth1\n"
		  "brctl setport br0 eth1 isolated=on\nbrctl link eth1 up\n",
		  "\"eth1\" is down for a moment: its IPv6 addresses and "
		  "routes\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

static void limits(void **state)
{
	static const struct change changes[] = {
		{ BRIDGE "brctl set br0 hash_max=2\n"
			 "brctl setvlan br0 eth0 1 mcast_max_groups=2\n",
		  "addgroup br0 eth0 239.1.1.1\nset br0 hash_max=3\n"
		  "setvlan br0 eth0 1 mcast_max_groups=0\n",
		  0,
		  "brctl set br0 hash_max=3\n"
		  "brctl setvlan br0 eth0 1 mcast_max_groups=0\n"
		  "brctl addgroup br0 eth0 239.1.1.1\n",
		  NULL },
		{ BRIDGE "brctl setport br0 eth0 mcast_max_groups=5\n",
		  "addgroup br0 eth0 239.1.1.1\nset br0 hash_max=3\n"
		  "setport br0 eth0 mcast_max_groups=2\n",
		  0,
		  "brctl addgroup br0 eth0 239.1.1.1\n"
		  "brctl set br0 hash_max=3\n"
		  "brctl setport br0 eth0 mcast_max_groups=2\n",
		  NULL },
		/* The settings of a new bridge keep the order of the lines. */
		{ CARDS,
		  "addbr br0\naddif br0 eth0\naddgroup br0 eth0 239.1.1.1\n"
		  "set br0 hash_max=9000\n",
		  0,
		  "brctl addbr br0\nbrctl addif br0 eth0\n"
		  "brctl addgroup br0 eth0 239.1.1.1\n"
		  "brctl set br0 hash_max=9000\n",
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

#define BUSY \
	BRIDGE "brctl addvlan br0 eth0 10-11\n" \
	       "brctl setvlan br0 eth0 10 state=blocking\n" \
	       "brctl setvlan br0 eth0 10 neigh_suppress=on\n" \
	       "brctl addvlan br0 br0 10\n"
#define LEAVES "brctl delvlan br0 eth0 1\nbrctl delvlan br0 eth0 10-11\n"
#define RETURNS \
	"brctl addvlan br0 eth0 1 pvid untagged\n" \
	"brctl addvlan br0 eth0 10-11\n"
#define LOST \
	"the ports of bridge \"br0\" are in no VLAN for a moment: the " \
	"addresses that they learned\n"

#define GROUP "brctl addgroup br0 eth0 239.1.1.1"

/* A line that is typed by hand does the same as in the plan. */
static void members_of_groups(void **state)
{
	static const struct change changes[] = {
		{ BRIDGE GROUP "\n", GROUP " filter include sources 10.0.0.1\n",
		  0, GROUP " replace filter include sources 10.0.0.1\n", NULL },
		{ BRIDGE GROUP " proto bird\n", GROUP "\n", 0,
		  GROUP " replace\n", NULL },
		{ BRIDGE, GROUP " proto bird\n", 0, GROUP " proto bird\n",
		  NULL },
		{ CARDS "brctl addbr br0\nbrctl addbr br1\n"
			"brctl addif br0 eth0\nbrctl link br0 down\n"
			"brctl link br1 down\n" GROUP "\n",
		  "addif br1 eth0\naddgroup br1 eth0 239.1.1.1 proto bird\n", 0,
		  "brctl delif br0 eth0\nbrctl addif br1 eth0\n"
		  "brctl addgroup br1 eth0 239.1.1.1 proto bird\n",
		  "\"eth0\" leaves bridge \"br0\": its options, VLANs and "
		  "entries there\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

static void ports_without_vlans(void **state)
{
	static const struct change changes[] = {
		/* With MST, VLANs have no state of their own. */
		{ BUSY, "set br0 mst_enabled=on\n", 0,
		  LEAVES "brctl set br0 mst_enabled=on\n" RETURNS
			 "brctl setvlan br0 eth0 10 neigh_suppress=on\n",
		  LOST },
		/* For any order of the present state. */
		{ CARDS "brctl addbr br0\n"
			"brctl set br0 vlan_stats_per_port=on\n"
			"brctl addif br0 eth0\nbrctl addvlan br0 eth0 10\n"
			"brctl link br0 down\n",
		  "addbr br0\naddif br0 eth0\n", VBR_CONFIG_EXACT,
		  "brctl delvlan br0 eth0 10\nbrctl delvlan br0 eth0 1\n"
		  "brctl set br0 vlan_stats_per_port=off\n"
		  "brctl addvlan br0 eth0 1 pvid untagged\n",
		  LOST },
		{ BUSY "brctl set br0 vlan_stats_per_port=on\n",
		  "addbr br0\naddif br0 eth0\n", VBR_CONFIG_EXACT,
		  LEAVES "brctl set br0 vlan_stats_per_port=off\n" RETURNS
			 "brctl setvlan br0 eth0 10 neigh_suppress=on\n"
			 "brctl setvlan br0 eth0 10 state=blocking\n"
			 "brctl delvlan br0 br0 10\n"
			 "brctl setvlan br0 eth0 10 neigh_suppress=off\n"
			 "brctl delvlan br0 eth0 10-11\n",
		  LOST },
		/* Before the VLANs change, for any order of the lines. */
		{ BUSY,
		  "addvlan br0 eth0 12\ndelvlan br0 eth0 11\n"
		  "addvlan br0 eth0 10 untagged\naddif br0 eth1\n"
		  "set br0 vlan_stats_per_port=on\n",
		  0,
		  LEAVES "brctl set br0 vlan_stats_per_port=on\n" RETURNS
			 "brctl setvlan br0 eth0 10 neigh_suppress=on\n"
			 "brctl setvlan br0 eth0 10 state=blocking\n"
			 "brctl addvlan br0 eth0 12\n"
			 "brctl delvlan br0 eth0 11\n"
			 "brctl addvlan br0 eth0 10 untagged\n"
			 "brctl addif br0 eth1\n",
		  LOST },
		{ BUSY, "addbr br1\naddif br1 eth0\nset br0 mst_enabled=on\n",
		  0,
		  LEAVES "brctl set br0 mst_enabled=on\n" RETURNS
			 "brctl setvlan br0 eth0 10 neigh_suppress=on\n"
			 "brctl addbr br1\nbrctl delif br0 eth0\n"
			 "brctl addif br1 eth0\n",
		  LOST "\"eth0\" leaves bridge \"br0\": its options, VLANs "
		       "and entries there\n" },
		{ BUSY, "set br0 mst_enabled=on\ndelif br0 eth0\n", 0,
		  "brctl delif br0 eth0\nbrctl set br0 mst_enabled=on\n",
		  NULL },
		{ CARDS, "addbr br0\nset br0 mst_enabled=on ageing_time=5\n", 0,
		  "brctl addbr br0\n"
		  "brctl set br0 mst_enabled=on ageing_time=5\n",
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++)
		plans(&changes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("new objects come in the order of the lines", all_is_new),
		TEST("different lines with the same meaning", other_spellings),
		TEST("VLAN devices", vlan_devices),
		TEST("objects without a line are deleted if requested", exact),
		TEST("changes that the kernel accepts in one order only",
		     order),
		TEST("limits of groups", limits),
		TEST("members of groups are replaced", members_of_groups),
		TEST("options that need ports without VLANs",
		     ports_without_vlans),
	};

	return run_all(tests);
}
