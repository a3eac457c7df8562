/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds the requests that go to rtnetlink; opens nothing. */

#ifndef VBR_WIRE_REQUEST_H
#define VBR_WIRE_REQUEST_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct option_value;

/* The longest holds two names, and all options that a bridge has. */
#define REQUEST_SIZE 1024

struct request {
	union {
		struct nlmsghdr head;
		char bytes[REQUEST_SIZE];
	};
};

/* Begins a request; returns its family's header, zeroed. */
void *request_begin(struct request *req, uint16_t type, uint16_t flags,
		    size_t header_size);

/* Reads: one link by its name; the links of a kind; the ports of a bridge
 * (0: of every bridge); the FDB of a bridge. */
void request_link(struct request *req, const char *name);
void request_links(struct request *req);
void request_links_of_kind(struct request *req, const char *kind);
void request_ports(struct request *req, int bridge);
void request_fdb(struct request *req, int bridge);

/* Changes; they fail with what option_put() returns, and say for which of the
 * options. */
int request_bridge_set(struct request *req, const char *bridge,
		       const struct option_value *values, size_t count,
		       size_t *ret_bad);
int request_port_set(struct request *req, int port,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad);
int request_vlan_set(struct request *req, const char *vlan,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad);

/* What a new VLAN subinterface shall be. */
struct vlan_request {
	int parent;
	const char *name;
	unsigned int vid;
	unsigned int protocol; /* ETH_P_8021Q or ETH_P_8021AD */
};

void request_vlan_add(struct request *req, const struct vlan_request *vlan);

void request_link_up(struct request *req, const char *name, bool up);

/* Many links are deleted at once by a group that they have been put into. */
void request_group_set(struct request *req, const char *name, uint32_t group);
void request_group_del(struct request *req, uint32_t group);

#endif
