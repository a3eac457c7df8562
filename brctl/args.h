/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* What commands with words after their first arguments share. */

#ifndef VBR_BRCTL_ARGS_H
#define VBR_BRCTL_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "commands.h"

/* The words at the end of a command's arguments. */
struct args {
	const struct cli *cli;
	int count;
	char **list;
	const char *rest; /* of a word with commas; NULL: none */
	char part[24];
};

/* The words after the first "skip" arguments. */
struct args args_after(const struct cli *cli, const struct call *call,
		       int skip);

/* The next word; NULL: there is none. */
const char *args_next(struct args *args);

/* The value of a keyword, which is the next word; NULL: there is none, and a
 * message says so. */
const char *args_value(struct args *args, const char *word);

/* The next keyword: words may be joined by commas, as the output of commands
 * has them. Valid until the next call. */
const char *args_next_part(struct args *args);

/* Takes the next word as a VLAN id; "ret_vlan" is 0 before. Returns the
 * status. */
int args_next_vlan(struct args *args, unsigned int *ret_vlan);

/* Reads a MAC address. Returns the status. */
int take_mac(const struct cli *cli, const char *word, uint8_t ret_mac[6]);

/* Whether two addresses of IPv4, IPv6 or Ethernet are the same, however they are
 * written. */
bool is_same_address(const char *a, const char *b);

/* Whether a bridge filters VLANs; "unknown" if that cannot be read. */
bool is_filtering(const struct cli *cli, const char *bridge, bool unknown);

/* Warns if VLANs have no effect because the bridge does not filter. */
void warn_if_inert(const struct cli *cli, const char *bridge);

/* The index of a port; find_member_index() also finds the bridge itself. Return
 * 0, or a negative errno. */
int find_port_index(const struct cli *cli, const char *bridge, const char *port,
		    int *ret_index);
int find_member_index(const struct cli *cli, const char *bridge,
		      const char *member, int *ret_index);

/* Whether --if-exists accepts the error: an entry, its port or its bridge does
 * not exist. */
bool is_missing(int error);

/*
 * With --if-exists: refuses words that cannot be the name of any device, such
 * as an empty variable of a script. Returns the status.
 */
int check_device_names(const struct cli *cli, size_t count, char *const *names);

#endif
