/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of brctl's commands. */

#include "config.h"

#include <string.h>

#include "commands.h"

#define CHANGE (CLASSIC | CHANGES | UNDOABLE)
#define SETS (CHANGE | CHECKS)
#define NEW_CHANGE (CHANGES | CHECKS | UNDOABLE)
#define SHOW (CLASSIC | PRINTS_JSON)

/* clang-format off */
static const struct command commands[] = {
	{ "addbr", 1, 1, cmd_addbr, SETS | MAKES, "<bridge>", "add bridge" },
	{ "delbr", 1, 1, cmd_delbr, CHANGE | REMOVES, "<bridge>",
	  "delete bridge" },
	{ "addif", 2, ANY, cmd_addif, CHANGE | MAKES, "<bridge> <device>",
	  "add interface to bridge" },
	{ "delif", 2, ANY, cmd_delif, CHANGE | REMOVES, "<bridge> <device>",
	  "delete interface from bridge" },
	{ "hairpin", 3, 3, cmd_set_port, SETS, "<bridge> <port> {on|off}",
	  "turn hairpin on/off",
	  { "hairpin_mode", "expect on/off for argument", FAIL_HAIRPIN } },
	{ "setageing", 2, 2, cmd_set_bridge, SETS, "<bridge> <time>",
	  "set ageing time",
	  { "ageing_time", "bad ageing time value", FAIL_AGEING } },
	{ "setbridgeprio", 2, 2, cmd_set_bridge, SETS, "<bridge> <prio>",
	  "set bridge priority",
	  { "priority", "bad priority", FAIL_BRIDGEPRIO } },
	{ "setfd", 2, 2, cmd_set_bridge, SETS, "<bridge> <time>",
	  "set bridge forward delay",
	  { "forward_delay", "bad forward delay value",
	    FAIL_FORWARD_DELAY } },
	{ "sethello", 2, 2, cmd_set_bridge, SETS, "<bridge> <time>",
	  "set hello time",
	  { "hello_time", "bad hello timer value", FAIL_HELLO } },
	{ "setmaxage", 2, 2, cmd_set_bridge, SETS, "<bridge> <time>",
	  "set max message age",
	  { "max_age", "bad max age value", FAIL_MAX_AGE } },
	{ "setpathcost", 3, 3, cmd_set_port, SETS,
	  "<bridge> <port> <cost>", "set path cost",
	  { "path_cost", "bad path cost value", FAIL_PATHCOST } },
	{ "setportprio", 3, 3, cmd_set_port, SETS,
	  "<bridge> <port> <prio>", "set port priority",
	  { "priority", "bad path priority value", FAIL_PORTPRIO } },
	{ "show", 0, ANY, cmd_show, SHOW, "[ <bridge> ]",
	  "show a list of bridges" },
	{ "showmacs", 1, 1, cmd_showmacs,
	  SHOW | PRINTS_LONG | FILTERS | CHECKS | PRINTS_TABLE,
	  "<bridge>",
	  "show a list of mac addrs" },
	{ "showstp", 1, 1, cmd_showstp, SHOW, "<bridge>",
	  "show bridge stp info" },
	{ "stp", 2, 2, cmd_stp, SETS, "<bridge> {on|off}",
	  "turn stp on/off",
	  { "stp_state", "expect on/off for argument", FAIL_STP } },

	{ "addbridge", 1, ANY, cmd_addbridge, NEW_CHANGE | MAKES,
	  "<name> [<option>=<value> ...] [address <address>] [mtu <bytes>] [up]",
	  N_("add a bridge with options: all at once, or none") },
	{ "delbridge", 1, 3, cmd_delbridge, NEW_CHANGE | REMOVES,
	  "<bridge> [force] [if-empty]",
	  N_("delete a bridge, also if it is up, or only if it has no ports") },
	{ "addport", 2, ANY, cmd_addport, NEW_CHANGE | MAKES,
	  "<bridge> <devices> [<option>=<value> ...] "
	  "[vlan <vids>] [pvid] [untagged] [up]",
	  N_("add ports with options and VLANs: all at once, or none") },

	{ "set", 2, ANY, cmd_set, NEW_CHANGE, "<bridges> <option>=<value> ...",
	  N_("set options of a bridge") },
	{ "get", 1, ANY, cmd_get, PRINTS_JSON | PRINTS_SETTABLE | CHECKS,
	  "<bridges> [<option> ...]",
	  N_("show the options of a bridge") },
	{ "setport", 3, ANY, cmd_setport, NEW_CHANGE,
	  "<bridge> <ports> <option>=<value> ...",
	  N_("set options of a port") },
	{ "getport", 1, ANY, cmd_getport,
	  PRINTS_JSON | PRINTS_SETTABLE | CHECKS,
	  "<bridges> [<ports>] [<option> ...]",
	  N_("show the options of ports") },
	{ "options", 0, ANY, cmd_options, PRINTS_JSON | CHECKS, "[<scope> ...]",
	  N_("list all options and their ranges") },

	{ "link", 1, ANY, cmd_link, NEW_CHANGE | PRINTS_JSON,
	  "<link> [up] [down] [mtu <bytes>] [address <address>]",
	  N_("set any device up or down, its MTU and MAC address") },

	{ "adopt", 2, 5, cmd_adopt, CHANGES | MOVES | UNDOABLE,
	  "<bridge> <link> [vlan <vid>] [untagged] [tagged]",
	  N_("move a NIC into a bridge, with its addresses and routes") },
	{ "release", 2, 4, cmd_release, CHANGES | MOVES | UNDOABLE,
	  "<bridge> <port> [vlan <vid>]",
	  N_("move a NIC out of a bridge, with its addresses and routes") },

	{ "addvlan", 3, ANY, cmd_addvlan, NEW_CHANGE,
	  "<bridge> <members> <vids> [pvid] [untagged] [tunnel <id>]",
	  N_("add ports to VLANs") },
	{ "delvlan", 3, 4, cmd_delvlan, NEW_CHANGE | REMOVES,
	  "<bridge> <members> <vids> [tunnel]",
	  N_("remove ports from VLANs") },
	{ "setvlan", 4, ANY, cmd_setvlan, NEW_CHANGE,
	  "<bridge> <members> <vids> <option>=<value> ...",
	  N_("set options of the VLANs of a port") },
	{ "getvlan", 3, ANY, cmd_getvlan, PRINTS_JSON | CHECKS,
	  "<bridge> <members> <vids> [<option> ...]",
	  N_("show options of the VLANs of a port") },
	{ "showvlans", 0, 1, cmd_showvlans,
	  PRINTS_JSON | PRINTS_LONG | PRINTS_STATISTICS | PRINTS_TABLE,
	  "[<bridges>]",
	  N_("show the VLANs of ports") },

	{ "setmst", 4, 4, cmd_setmst, NEW_CHANGE,
	  "<bridge> <ports> <msti> <state>",
	  N_("set the state of a port in an MST instance") },
	{ "showmst", 0, 1, cmd_showmst, PRINTS_JSON | PRINTS_TABLE,
	  "[<bridges>]",
	  N_("show the states of ports in MST instances") },
	{ "showmrp", 0, 1, cmd_showmrp, PRINTS_JSON, "[<bridges>]",
	  N_("show the instances of the Media Redundancy Protocol") },
	{ "showcfm", 0, 1, cmd_showcfm, PRINTS_JSON, "[<bridges>]",
	  N_("show the end points of Connectivity Fault Management") },

	{ "addmac", 3, ANY, cmd_addmac, NEW_CHANGE | MAKES,
	  "<bridge> <member> <mac> [vlan <vid>] [static|local|dynamic] "
	  "[sticky] [replace|append] [use] [extern_learn] [norefresh] "
	  "[activity_notify] [inactive] [self] [router] [dst <ip>] "
	  "[port <udp-port>] [vni <vni>] [src_vni <vni>] [via <link>] "
	  "[nhid <id>]",
	  N_("add an entry to the FDB") },
	{ "delmac", 3, ANY, cmd_delmac, NEW_CHANGE | REMOVES,
	  "<bridge> <member> <mac> [vlan <vid>] [self] [dst <ip>] "
	  "[port <udp-port>] [vni <vni>] [src_vni <vni>] [via <link>] "
	  "[nhid <id>]",
	  N_("delete an entry from the FDB") },
	{ "getmac", 2, 4, cmd_getmac, PRINTS_JSON | CHECKS | PRINTS_TABLE,
	  "<bridge> <mac> [vlan <vid>]", N_("show one entry of the FDB") },
	{ "flush", 1, ANY, cmd_flush, NEW_CHANGE,
	  "<bridges> [port <members>] [vlan <vid>] [dynamic|static|local|all] "
	  "[[no]user] [[no]extern] [[no]sticky] [[no]offloaded] [self] "
	  "[[no]router] [dst <ip>] [vni <vni>] [src_vni <vni>] [nhid <id>]",
	  N_("delete the FDB entries that match") },
	{ "addgroup", 3, ANY, cmd_addgroup, NEW_CHANGE | MAKES,
	  "<bridge> <members> <group> [source <ip>] [vlan <vid>] [temporary] "
	  "[replace] [filter {include|exclude}] [sources <ips>] "
	  "[proto <protocol>] [dst <ip>] [port <udp-port>] [vni <vni>] "
	  "[src_vni <vni>] [via <link>]",
	  N_("add a port to a multicast group") },
	{ "delgroup", 3, ANY, cmd_delgroup, NEW_CHANGE | REMOVES,
	  "<bridge> <members> <group> [source <ip>] [vlan <vid>] [dst <ip>] "
	  "[port <udp-port>] [vni <vni>] [src_vni <vni>] [via <link>]",
	  N_("remove a port from a multicast group") },
	{ "getgroup", 2, 8, cmd_getgroup, PRINTS_JSON | CHECKS | PRINTS_TABLE,
	  "<bridge> <group> [source <ip>] [vlan <vid>] [src_vni <vni>]",
	  N_("show the members of a multicast group") },
	{ "flushgroups", 1, ANY, cmd_flushgroups, NEW_CHANGE,
	  "<bridge> [port <members>] [vlan <vid>] [source <ip>] "
	  "[proto <protocol>] [[no]permanent] [dst <ip>] "
	  "[dst_port <udp-port>] [vni <vni>] [src_vni <vni>]",
	  N_("delete the members of multicast groups that match") },
	{ "showgroups", 0, 1, cmd_showgroups, PRINTS_JSON | PRINTS_TABLE,
	  "[<bridges>]",
	  N_("show multicast groups, routers and queriers") },
	{ "stats", 0, 2, cmd_stats,
	  PRINTS_JSON | PRINTS_LONG | COUNTS | PRINTS_TABLE,
	  "[<bridge>] [<port>]",
	  N_("show the counters of bridges and ports, or their rates") },
	{ "addvni", 2, 4, cmd_addvni, CHANGES | CHECKS,
	  "<link> <vnis> [group <ip>]",
	  N_("add VNIs to the filter of a VXLAN device") },
	{ "delvni", 2, 2, cmd_delvni, CHANGES | CHECKS | REMOVES, "<link> <vnis>",
	  N_("delete VNIs from the filter of a VXLAN device") },
	{ "showvnis", 0, 1, cmd_showvnis, PRINTS_JSON | PRINTS_TABLE, "[<link>]",
	  N_("show the VNI filters of VXLAN devices") },
	{ "nf", 0, 0, cmd_nf, PRINTS_JSON, "",
	  N_("show which firewall tables bridged frames pass") },
	{ "setnf", 1, ANY, cmd_setnf, CHANGES | CHECKS,
	  "<setting> ... {on|off}",
	  N_("let bridged frames pass firewall tables, or not") },

	{ "trace", 3, ANY, cmd_trace,
	  PRINTS_JSON | CHECKS | FOLLOWS | WAITS | PRINTS_TABLE,
	  "<bridge> in <source> [src <station>] [dst <station>] [vlan <vid>] "
	  "[inner <vid>] [type <ethertype>] [group <group>] "
	  "[source <address>] [len <bytes>]",
	  N_("show which way a frame takes, and why") },
	{ "why", 3, 5, cmd_why, PRINTS_JSON | ANSWERS | OUTSIDE,
	  "<bridge> <station> <station> [vlan <vid>]",
	  N_("say whether two stations can talk, and what to change if not") },
	{ "reach", 0, 1, cmd_reach, PRINTS_JSON | ANSWERS | OUTSIDE | PREDICTS,
	  "[<bridges>]", N_("show who can talk to whom, in each VLAN") },
	{ "tree", 0, ANY, cmd_tree, PRINTS_JSON | DRAWS, "[<bridge> ...]",
	  N_("draw bridges, and what is above and below them") },
	{ "check", 0, ANY, cmd_check,
	  PRINTS_JSON | FINDS | ANSWERS | OUTSIDE,
	  "[<bridge> ...]",
	  N_("find faults of bridges, and say how to mend them") },
	{ "watch", 0, ANY, cmd_watch, PRINTS_JSON | OUTSIDE,
	  "[links] [fdb] [vlans] [groups]",
	  N_("print changes until it is stopped") },
	{ "batch", 0, 1, cmd_batch, RUNS_LINES | UNDOABLE | OUTSIDE | MOVES, "[<file>]",
	  N_("run a file of commands") },
	{ "save", 0, ANY, cmd_save, PRINTS_JSON, "[<bridge> ...]",
	  N_("print the commands that make the bridges again") },
	{ "diff", 0, 1, cmd_diff, COMPARES | ANSWERS | OUTSIDE, "[<file>]",
	  N_("print the commands that restore would run") },
	{ "restore", 0, 1, cmd_restore, CHANGES | UNDOABLE | COMPARES | WAITS | OUTSIDE | MOVES,
	  "[<file>]", N_("make bridges as a saved file has them") },
	{ "confirm", 0, 0, cmd_confirm, OUTSIDE, "",
	  N_("keep the change that waits for confirmation") },
	{ "rollback", 0, 0, cmd_rollback, CHANGES | OUTSIDE, "",
	  N_("undo the last change of restore, batch or --confirm") },
	{ "help", 0, 1, NULL, 0, "[<command>]",
	  N_("show the usage of a command") },

	/* Commands of other versions of brctl. */
	{ "setageingtime", 2, 2, cmd_set_bridge, NEW_CHANGE, "<bridge> <time>",
	  N_("the same as setageing"),
	  { "ageing_time", "bad ageing time value", FAIL_AGEING } },
	{ "setgcint", 2, 2, cmd_setgcint, CHANGES | UNDOABLE, "<bridge> <time>",
	  N_("does nothing; for old scripts") },
#define MULTICAST(name, arg, option) { name, 2, 2, cmd_set_bridge, NEW_CHANGE, \
	"<bridge> " arg, "", { option, NULL, FAIL_OPTION } }
	MULTICAST("setmcsnoop", "{on|off}", "multicast_snooping"),
	MULTICAST("setmcrouter", "<number>", "multicast_router"),
	MULTICAST("setmcquerier", "{on|off}", "multicast_querier"),
	MULTICAST("setmcqifaddr", "{on|off}", "multicast_query_use_ifaddr"),
	MULTICAST("sethashel", "<number>", "hash_elasticity"),
	MULTICAST("sethashmax", "<number>", "hash_max"),
	MULTICAST("setmclmc", "<number>", "multicast_last_member_count"),
	MULTICAST("setmcsqc", "<number>", "multicast_startup_query_count"),
	MULTICAST("setmclmi", "<time>", "multicast_last_member_interval"),
	MULTICAST("setmcmi", "<time>", "multicast_membership_interval"),
	MULTICAST("setmcqpi", "<time>", "multicast_querier_interval"),
	MULTICAST("setmcqi", "<time>", "multicast_query_interval"),
	MULTICAST("setmcqri", "<time>", "multicast_query_response_interval"),
	MULTICAST("setmcsqi", "<time>", "multicast_startup_query_interval"),
	{ "setportmcrouter", 3, 3, cmd_set_port, NEW_CHANGE,
	  "<bridge> <port> <number>", "",
	  { "multicast_router", NULL, FAIL_OPTION } },
	{ "setportmcfl", 3, 3, cmd_set_port, NEW_CHANGE,
	  "<bridge> <port> {on|off}", "",
	  { "multicast_fast_leave", NULL, FAIL_OPTION } },
};
/* clang-format on */

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

const struct command *command_at(size_t i)
{
	return i < COMMANDS ? &commands[i] : NULL;
}

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

const char *command_name(size_t i)
{
	return i < COMMANDS ? commands[i].name : NULL;
}
