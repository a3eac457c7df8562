/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Lists of port VLANs, for the functions that read and change them. */

#ifndef VBR_PORT_VLAN_LIST_H
#define VBR_PORT_VLAN_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "vbridge.h"
#include "wire/port-vlan.h"

struct port_vlan_list {
	size_t count, room;
	struct vbr_port_vlan *rows;
	struct arena arena;  /* options of the rows */
	bool hides_counters; /* counters are dropped */
	/* Tunnel ids of one device, if the rows do not contain them. */
	size_t tunnel_count, tunnel_room;
	struct port_vlan_tunnel *tunnels;
};

int port_vlan_list_append(struct port_vlan_list *list,
			  const struct vbr_port_vlan *vlan);

int port_vlan_list_append_tunnel(struct port_vlan_list *list,
				 const struct port_vlan_tunnel *tunnel);

/* The row of one device that contains a VLAN, or NULL. */
const struct vbr_port_vlan *
port_vlan_list_find(const struct port_vlan_list *list, int vid);
/* The tunnel id of that VLAN; false: it has none. */
bool port_vlan_list_tunnel(const struct port_vlan_list *list, int vid,
			   uint32_t *ret_id);

/* The first VLAN of one device after "vid", or -1. To start, pass -1. */
int port_vlan_list_next(const struct port_vlan_list *list, int vid);

/* The number of VLANs in all rows. */
size_t port_vlan_list_count_vids(const struct port_vlan_list *list);

/*
 * Linux (seen in 6.1) merges the VLANs that follow the PVID into its range if
 * their properties are equal, and then reports only the first VLAN of the
 * range. Returns whether this may have happened to a list of one device. Reads
 * with counters are complete, because each VLAN is a row of its own.
 */
bool port_vlan_list_may_lack(const struct port_vlan_list *list);

bool port_vlan_list_same(const struct port_vlan_list *a,
			 const struct port_vlan_list *b);
void port_vlan_list_empty(struct port_vlan_list *list);

void port_vlan_list_clear(struct port_vlan_list *list);

#endif
