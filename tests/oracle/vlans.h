/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges, made and read without libvbridge: with functions
 * of libnl-route if there are any, else with messages that libnl builds and
 * parses. */

#ifndef ORACLE_VLANS_H
#define ORACLE_VLANS_H

#include "oracle/oracle.h"

/* Whether this kernel has VLAN filtering, as seen in the options of br0. */
bool can_filter(struct oracle *o, const char *bridge);

#define THEIR_PVID 2
#define THEIR_UNTAGGED 4
#define THEIR_MEMBER 0x8000

/* The VLANs of a device as libnl-route reads them: flags by id; 0: not a
 * member. */
struct their_vlans {
	uint16_t flags[4096];
};

void read_vlans(struct oracle *o, const char *name,
		struct their_vlans *ret_vlans);

/* Adds a device to VLANs (RTM_SETLINK) or removes it (RTM_DELLINK). Returns the
 * result of request(). */
int change_vlans(struct oracle *o, int type, const char *name,
		 unsigned int first, unsigned int last, unsigned int flags);

/* The kernel's entry of a VLAN of a port or a bridge, with its options. A nest
 * for free(), or NULL if there is none. */
struct nlattr *entry_of(struct oracle *o, const char *name, unsigned int vid,
			enum vbr_scope scope);

/* Sets an option of a VLAN with a message that libnl builds. */
int try_vlan_option(struct oracle *o, const char *name, unsigned int vid,
		    const struct known_option *known, uint64_t value);

/* br0 with the ports a and b, which are in VLAN 1. The test is skipped if the
 * kernel has no VLAN filtering. */
void make_filtering(struct oracle *o);

/* Add and delete VLANs of a device of br0 with libvbridge. "ids" is text. */
int add_vlans(struct oracle *o, const char *device, const char *ids,
	      unsigned int flags);
int del_vlans(struct oracle *o, const char *device, const char *ids);

/* A set of VLAN ids; the caller frees it with vbr_vids_free(). */
struct vbr_vids *vids_of(const char *text);

#endif
