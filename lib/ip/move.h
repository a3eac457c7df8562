/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A NIC and a bridge between which the IP state moves: what adopt and release
 * share. */

#ifndef VBR_IP_MOVE_H
#define VBR_IP_MOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "ip/state.h"
#include "sys/lock.h"
#include "vbridge.h"

struct link_info;
struct request;

struct move {
	struct vbr_ctx *ctx;
	/* The NIC, and the device that has the addresses while the NIC is a port:
	 * the bridge, or a VLAN device on it. An index is 0 until the device
	 * exists. */
	struct ip_device devices[2];
	struct ip_device bridge;
	uint8_t mac[6]; /* of the NIC */
	uint8_t host_mac[6];
	uint32_t mtu;
	bool has_carrier;   /* the NIC; else nothing is waited for */
	unsigned int delay; /* until the port forwards, in seconds */
	bool is_bridge_up, is_host_up;
	bool is_new;	     /* the bridge: adopt makes it */
	bool is_host_new;    /* the device with the addresses, too */
	bool deletes_bridge; /* release does, because nothing is on it */
	bool is_changed;     /* the kernel was asked for something */
	int gen_modes[2], accept_ra;	 /* negative: the kernel has none */
	struct ip_state *before, *after; /* requests; what was, and shall be */
	const struct vbr_move_options *options;
	/* The VLAN of the host, or 0; its membership is the bridge's own. */
	unsigned int vid;
	bool is_member_new;	      /* the bridge: adopt makes it a member */
	struct vbr_port_vlans *vlans; /* before, to be put back */
	struct vbr_port *port;	      /* its options, too */
	struct vbr_fdb *fdb;	      /* and its entries */
	struct vbr_mdb *mdb;
	struct lock lock;
};

#define MOVE_NIC 0
#define MOVE_HOST 1

/* Only one move at a time in a network namespace. -EBUSY: another one runs. */
int move_begin(struct move *move);
void move_finish(struct move *move);

/* Fills in the devices and what IPv6 does on them. Without a VLAN, the bridge is
 * the host's device as well. */
void move_take_nic(struct move *move, const struct link_info *nic);
void move_take_bridge(struct move *move, const struct link_info *bridge);
void move_take_host(struct move *move, const struct link_info *host);

/*
 * Reads the present state, and computes the wanted one, in which everything of
 * one device is moved to the other.
 */
int move_read_state(struct move *move, int from);

/* The steps. */
int move_request(struct move *move, struct request *req);
int move_join(struct move *move);
/* Waits until the host can send through the port. */
int move_wait_for_carrier(struct move *move);
int move_leave(struct move *move);
/*
 * Changes the state to the wanted one, or back to the old one; the latter
 * continues after errors.
 */
int move_to_after(struct move *move);
int move_to_before(struct move *move);
int move_set_gen_mode(struct move *move, int which, int mode);
int move_set_up(struct move *move, int index, bool up);
int move_delete_bridge(struct move *move);

/*
 * After a step failed and "undo" was tried: adds the result of the undo to the
 * error, and returns the first error.
 */
int move_undo(struct move *move, int error, int (*undo)(struct move *move));

#endif
