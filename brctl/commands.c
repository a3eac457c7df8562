/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of brctl's commands. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "brctl.h"

#define CHANGE (CLASSIC | CHANGES)
#define SHOW (CLASSIC | PRINTS_JSON)

/* clang-format off */
static const struct command commands[] = {
	{ "addbr", 1, 1, DO_ADDBR, CHANGE | MAKES, "<bridge>", "add bridge" },
	{ "delbr", 1, 1, DO_DELBR, CHANGE | REMOVES, "<bridge>",
	  "delete bridge" },
	{ "addif", 2, ANY, DO_ADDIF, CHANGE | MAKES, "<bridge> <device>",
	  "add interface to bridge" },
	{ "delif", 2, ANY, DO_DELIF, CHANGE | REMOVES, "<bridge> <device>",
	  "delete interface from bridge" },
	{ "hairpin", 3, 3, DO_SET_PORT, CHANGE, "<bridge> <port> {on|off}",
	  "turn hairpin on/off",
	  { "hairpin_mode", "expect on/off for argument", FAIL_HAIRPIN } },
	{ "setageing", 2, 2, DO_SET_BRIDGE, CHANGE, "<bridge> <time>",
	  "set ageing time",
	  { "ageing_time", "bad ageing time value", FAIL_AGEING } },
	{ "setbridgeprio", 2, 2, DO_SET_BRIDGE, CHANGE, "<bridge> <prio>",
	  "set bridge priority",
	  { "priority", "bad priority", FAIL_BRIDGEPRIO } },
	{ "setfd", 2, 2, DO_SET_BRIDGE, CHANGE, "<bridge> <time>",
	  "set bridge forward delay",
	  { "forward_delay", "bad forward delay value",
	    FAIL_FORWARD_DELAY } },
	{ "sethello", 2, 2, DO_SET_BRIDGE, CHANGE, "<bridge> <time>",
	  "set hello time",
	  { "hello_time", "bad hello timer value", FAIL_HELLO } },
	{ "setmaxage", 2, 2, DO_SET_BRIDGE, CHANGE, "<bridge> <time>",
	  "set max message age",
	  { "max_age", "bad max age value", FAIL_MAX_AGE } },
	{ "setpathcost", 3, 3, DO_SET_PORT, CHANGE,
	  "<bridge> <port> <cost>", "set path cost",
	  { "path_cost", "bad path cost value", FAIL_PATHCOST } },
	{ "setportprio", 3, 3, DO_SET_PORT, CHANGE,
	  "<bridge> <port> <prio>", "set port priority",
	  { "priority", "bad path priority value", FAIL_PORTPRIO } },
	{ "show", 0, ANY, DO_SHOW, SHOW, "[ <bridge> ]",
	  "show a list of bridges" },
	{ "showmacs", 1, 1, DO_SHOWMACS, SHOW | PRINTS_LONG, "<bridge>",
	  "show a list of mac addrs" },
	{ "showstp", 1, 1, DO_SHOWSTP, SHOW, "<bridge>",
	  "show bridge stp info" },
	{ "stp", 2, 2, DO_STP, CHANGE, "<bridge> {on|off}",
	  "turn stp on/off",
	  { "stp_state", "expect on/off for argument", FAIL_STP } },

	{ "set", 2, ANY, DO_SET, CHANGES, "<bridge> <option>=<value> ...",
	  "set options of a bridge" },
	{ "get", 1, ANY, DO_GET, PRINTS_JSON, "<bridge> [<option> ...]",
	  "show them" },
	{ "setport", 3, ANY, DO_SETPORT, CHANGES,
	  "<bridge> <port> <option>=<value> ...", "set options of a port" },
	{ "getport", 1, ANY, DO_GETPORT, PRINTS_JSON,
	  "<bridge> [<port>] [<option> ...]", "show them" },
	{ "options", 0, ANY, DO_OPTIONS, PRINTS_JSON, "[<scope> ...]",
	  "list all options that there are" },

	{ "addvlan", 3, ANY, DO_ADDVLAN, CHANGES,
	  "<bridge> <members> <vids> [pvid] [untagged] [tunnel <id>]",
	  "make a port a member of VLANs" },
	{ "delvlan", 3, 4, DO_DELVLAN, CHANGES | REMOVES,
	  "<bridge> <members> <vids> [tunnel]", "end its membership" },
	{ "setvlan", 4, ANY, DO_SETVLAN, CHANGES,
	  "<bridge> <member> <vids> <option>=<value> ...",
	  "set options of a port's VLANs" },
	{ "showvlans", 0, 1, DO_SHOWVLANS,
	  PRINTS_JSON | PRINTS_LONG | PRINTS_STATISTICS, "[<bridge>]",
	  "show them" },

	{ "addmac", 3, ANY, DO_ADDMAC, CHANGES | MAKES,
	  "<bridge> <member> <mac> [vlan <vid>] [static|local|dynamic] "
	  "[sticky]", "add an entry to the FDB" },
	{ "delmac", 3, 5, DO_DELMAC, CHANGES | REMOVES,
	  "<bridge> <member> <mac> [vlan <vid>]", "delete it" },
	{ "flush", 1, ANY, DO_FLUSH, CHANGES,
	  "<bridge> [port <member>] [vlan <vid>] [dynamic|static|local|all] "
	  "[[no]user] [[no]extern] [[no]sticky] [[no]offloaded]",
	  "delete many" },
	{ "addgroup", 3, ANY, DO_ADDGROUP, CHANGES | MAKES,
	  "<bridge> <member> <group> [source <ip>] [vlan <vid>] [temporary]",
	  "make a port a member of a multicast group" },
	{ "delgroup", 3, 7, DO_DELGROUP, CHANGES | REMOVES,
	  "<bridge> <member> <group> [source <ip>] [vlan <vid>]",
	  "end its membership" },
	{ "showgroups", 0, 1, DO_SHOWGROUPS, PRINTS_JSON, "[<bridge>]",
	  "show groups, routers, queriers" },
	{ "nf", 0, 0, DO_NF, PRINTS_JSON, "",
	  "show which tables bridged frames pass" },
	{ "setnf", 2, ANY, DO_SETNF, CHANGES, "<setting> ... {on|off}",
	  "set that for all bridges" },

	{ "watch", 0, ANY, DO_WATCH, PRINTS_JSON,
	  "[links] [fdb] [vlans] [groups]", "show what changes, until stopped" },

	/* Words of other brctls. */
	{ "setageingtime", 2, 2, DO_SET_BRIDGE, CHANGES, "<bridge> <time>",
	  "as setageing",
	  { "ageing_time", "bad ageing time value", FAIL_AGEING } },
	{ "setgcint", 2, 2, DO_SETGCINT, CHANGES, "<bridge> <time>",
	  "does nothing, as it long has" },
#define MULTICAST(name, arg, option) { name, 2, 2, DO_SET_BRIDGE, CHANGES, \
	"<bridge> " arg, "set " option, { option, "", FAIL_OPTION } }
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
	{ "setportmcrouter", 3, 3, DO_SET_PORT, CHANGES,
	  "<bridge> <port> <number>", "set a port's multicast_router",
	  { "multicast_router", "", FAIL_OPTION } },
	{ "setportmcfl", 3, 3, DO_SET_PORT, CHANGES,
	  "<bridge> <port> {on|off}", "set a port's multicast_fast_leave",
	  { "multicast_fast_leave", "", FAIL_OPTION } },
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

static int run_new(const struct command *command, struct cli *cli,
		   const struct call *call)
{
	switch (command->action) {
	case DO_SET:
		return cmd_set(cli, call);
	case DO_GET:
		return cmd_get(cli, call);
	case DO_SETPORT:
		return cmd_setport(cli, call);
	case DO_GETPORT:
		return cmd_getport(cli, call);
	case DO_OPTIONS:
		return cmd_options(cli, call);
	case DO_ADDVLAN:
		return cmd_addvlan(cli, call);
	case DO_DELVLAN:
		return cmd_delvlan(cli, call);
	case DO_SETVLAN:
		return cmd_setvlan(cli, call);
	case DO_SHOWVLANS:
		return cmd_showvlans(cli, call);
	case DO_ADDMAC:
		return cmd_addmac(cli, call);
	case DO_DELMAC:
		return cmd_delmac(cli, call);
	case DO_FLUSH:
		return cmd_flush(cli, call);
	case DO_ADDGROUP:
		return cmd_addgroup(cli, call);
	case DO_DELGROUP:
		return cmd_delgroup(cli, call);
	case DO_SHOWGROUPS:
		return cmd_showgroups(cli, call);
	case DO_NF:
		return cmd_nf(cli, call);
	case DO_SETNF:
		return cmd_setnf(cli, call);
	case DO_WATCH:
		return cmd_watch(cli, call);
	case DO_SETGCINT:
		return cmd_setgcint(cli, call);
	default:
		return EXIT_FAILURE;
	}
}

/* A table of functions would have to be relocated, page by page, whatever the
 * command. */
int command_run(const struct command *command, struct cli *cli,
		const struct call *call)
{
	switch (command->action) {
	case DO_ADDBR:
		return cmd_addbr(cli, call);
	case DO_DELBR:
		return cmd_delbr(cli, call);
	case DO_ADDIF:
		return cmd_addif(cli, call);
	case DO_DELIF:
		return cmd_delif(cli, call);
	case DO_SET_PORT:
		return cmd_set_port(cli, call);
	case DO_SET_BRIDGE:
		return cmd_set_bridge(cli, call);
	case DO_SHOW:
		return cmd_show(cli, call);
	case DO_SHOWMACS:
		return cmd_showmacs(cli, call);
	case DO_SHOWSTP:
		return cmd_showstp(cli, call);
	case DO_STP:
		return cmd_stp(cli, call);
	default:
		return run_new(command, cli, call);
	}
}
