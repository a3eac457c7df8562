/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports and bridges, made and read without libvbridge: by libnl-route
 * where it can, else in messages that libnl puts together and takes apart. */

#ifndef ORACLE_VLANS_H
#define ORACLE_VLANS_H

#include "oracle/oracle.h"

/* Whether this kernel has VLAN filtering: br0 tells. */
bool can_filter(struct oracle *o, const char *bridge);

#define THEIR_PVID 2
#define THEIR_UNTAGGED 4
#define THEIR_MEMBER 0x8000

/* A device's VLANs, as libnl-route knows them: flags by id; 0: no member. */
struct their_vlans {
	uint16_t flags[4096];
};

void read_vlans(struct oracle *o, const char *name,
		struct their_vlans *ret_vlans);

/* Makes a device a member of VLANs, or no more: RTM_SETLINK, RTM_DELLINK.
 * Returns what request() does. */
int change_vlans(struct oracle *o, int type, const char *name,
		 unsigned int first, unsigned int last, unsigned int flags);

/* What the kernel says of one VLAN of a device: the options of the port's, or
 * of the bridge's. A nest to free(), or NULL: it is not there. */
struct nlattr *entry_of(struct oracle *o, const char *name, unsigned int vid,
			enum vbr_scope scope);

/* Sets an option of one VLAN by a message that libnl puts together. */
int try_vlan_option(struct oracle *o, const char *name, unsigned int vid,
		    const struct known_option *known, uint64_t value);

/* br0 with the ports a and b, which have VLAN 1 from the beginning; the test
 * is skipped where they have none. */
void make_filtering(struct oracle *o);

/* Of a device of br0; the ids are text. This is us. */
int add_vlans(struct oracle *o, const char *device, const char *ids,
	      unsigned int flags);
int del_vlans(struct oracle *o, const char *device, const char *ids);

/* A set of ids of ours: vbr_vids_free(). */
struct vbr_vids *vids_of(const char *text);

#endif
