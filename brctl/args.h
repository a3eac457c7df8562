/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What the commands with words behind their arguments have in common. */

#ifndef VBR_BRCTL_ARGS_H
#define VBR_BRCTL_ARGS_H

#include <stdbool.h>

#include "commands.h"

/* The words that a command's arguments end with. */
struct args {
	const struct cli *cli;
	int count;
	char **list;
};

/* Those behind the first "skip" arguments. */
struct args args_after(const struct cli *cli, const struct call *call,
		       int skip);

/* The next word; NULL: there is none. */
const char *args_next(struct args *args);

/* The next word as the id of a VLAN. The status. */
int args_next_vlan(struct args *args, unsigned int *ret_vlan);

/* Whether a bridge keeps VLANs apart; "unknown" where that cannot be seen. */
bool is_filtering(const struct cli *cli, const char *bridge, bool unknown);

/* Says it where VLANs wait because the bridge does not filter: a configuration
 * without effect is told apart from one that works. */
void warn_if_inert(const struct cli *cli, const char *bridge);

/* The index of a port; or also, by its own name, of the bridge. 0, or a
 * negative errno. */
int find_port_index(const struct cli *cli, const char *bridge, const char *port,
		    int *ret_index);
int find_member_index(const struct cli *cli, const char *bridge,
		      const char *member, int *ret_index);

/* What --if-exists takes: an entry that is not there, or what it would be of:
 * the port, or the bridge. */
bool is_missing(int error);

#endif
