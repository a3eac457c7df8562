/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The table of vconfig's commands. */

#include "config.h"

#include <string.h>
#include <strings.h>

#include "vconfig.h"

static const struct command commands[] = {
	{ "add", 2, 6, true, true, true, "dm", vconfig_add,
	  "PARENT VID[-VID][,...] [protocol 802.1q|802.1ad] [name NAME]",
	  N_("add VLAN devices to a parent device") },
	{ "rem", 1, 1, true, true, false, "di", vconfig_rem, "DEVICE",
	  N_("remove a VLAN device") },
	{ "set_flag", 1, 3, true, true, true, "d", vconfig_set_flag,
	  "DEVICE FLAG[,...] 0|1",
	  N_("turn a flag of a VLAN device off or on") },
	{ "set_egress_map", 1, 3, true, true, true, "d", vconfig_set_egress_map,
	  "DEVICE PRIORITY QOS",
	  N_("set the priority in the tag of sent frames") },
	{ "set_ingress_map", 1, 3, true, true, true, "d",
	  vconfig_set_ingress_map, "DEVICE PRIORITY QOS",
	  N_("set the priority of received packets") },
	{ "set_name_type", 1, 1, true, false, true, "d", vconfig_set_name_type,
	  "TYPE", N_("choose how new VLAN devices are named") },
	{ "show", 0, 1, false, false, false, "j", vconfig_show, "[DEVICE]",
	  N_("show VLAN devices and their settings") },
	{ "batch", 0, 1, false, false, false, "akt", vconfig_batch, "[FILE]",
	  N_("run a file of commands") },
	{ "help", 0, 1, false, false, false, "", NULL, "[COMMAND]",
	  N_("show the usage of a command") },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

const struct command *vconfig_command_at(size_t i)
{
	return i < COMMANDS ? &commands[i] : NULL;
}

const struct command *vconfig_command_find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcasecmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}
