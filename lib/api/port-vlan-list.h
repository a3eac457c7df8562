/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports as they were read: what readers and writers share. */

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
	struct arena arena;  /* their options */
	bool hides_counters; /* they are not kept */
	/* Of one device, where its rows do not tell of them. */
	size_t tunnel_count, tunnel_room;
	struct port_vlan_tunnel *tunnels;
};

int port_vlan_list_append(struct port_vlan_list *list,
			  const struct vbr_port_vlan *vlan);

int port_vlan_list_append_tunnel(struct port_vlan_list *list,
				 const struct port_vlan_tunnel *tunnel);

/* Of one device's: the row that a VLAN is in, or NULL. */
const struct vbr_port_vlan *
port_vlan_list_find(const struct port_vlan_list *list, int vid);
/* ... and the tunnel id that it is mapped to; false: it is not mapped. */
bool port_vlan_list_tunnel(const struct port_vlan_list *list, int vid,
			   uint32_t *ret_id);

/* One device's first VLAN behind "vid", or -1: begins with -1. */
int port_vlan_list_next(const struct port_vlan_list *list, int vid);

/* How many VLANs the rows have in all. */
size_t port_vlan_list_count_vids(const struct port_vlan_list *list);

/*
 * Linux (seen in 6.1) merges the VLANs behind a PVID that are like it into its
 * row, and then tells of that row's first alone. Whether this may have
 * happened to one device's; what is read with counters is whole, for there each
 * VLAN is a row.
 */
bool port_vlan_list_may_lack(const struct port_vlan_list *list);

bool port_vlan_list_same(const struct port_vlan_list *a,
			 const struct port_vlan_list *b);
void port_vlan_list_empty(struct port_vlan_list *list);

void port_vlan_list_clear(struct port_vlan_list *list);

#endif
