/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds rtnetlink requests; no I/O. */

#ifndef VBR_WIRE_REQUEST_H
#define VBR_WIRE_REQUEST_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct option_value;

/* The longest request contains two names and all options of a bridge. */
#define REQUEST_SIZE 1024

struct request {
	union {
		struct nlmsghdr head;
		char bytes[REQUEST_SIZE];
	};
};

/* Starts a request; returns the family's header, zeroed. */
void *request_begin(struct request *req, uint16_t type, uint16_t flags,
		    size_t header_size);

/* Append an attribute, which always fits: names have a largest size, and the tests
 * build the longest form of each request. */
void request_put(struct request *req, uint16_t type, const void *data,
		 size_t len);
void request_put_u32(struct request *req, uint16_t type, uint32_t value);

/* Reads: one link by name; all links; those of another namespace, by its id in
 * this one; the links of a kind; the ports of a
 * bridge (0: of all); the FDB of a bridge (0: of all). */
void request_link(struct request *req, const char *name);
void request_links(struct request *req);
void request_links_in(struct request *req, int netnsid);
void request_links_of_kind(struct request *req, const char *kind);
void request_ports(struct request *req, int bridge);
void request_fdb(struct request *req, int bridge);

/* Changes. They return what option_put() returns; "ret_bad" is the index of the
 * value that it refused. */
int request_bridge_set(struct request *req, const char *bridge,
		       const struct option_value *values, size_t count,
		       size_t *ret_bad);
int request_port_set(struct request *req, int port,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad);
int request_vlan_set(struct request *req, const char *vlan,
		     const struct option_value *values, size_t count,
		     size_t *ret_bad);

/* A new VLAN device. */
struct vlan_request {
	int parent;
	const char *name;
	unsigned int vid;
	unsigned int protocol; /* ETH_P_8021Q or ETH_P_8021AD */
};

void request_vlan_add(struct request *req, const struct vlan_request *vlan);

void request_link_up(struct request *req, const char *name, bool up);

/* What a request changes of a link. */
struct link_change {
	bool has_up, has_mtu, has_mac;
	bool up;
	uint32_t mtu;
	uint8_t mac[6];
};

void request_link_set(struct request *req, int index,
		      const struct link_change *change);

/* A bridge with this MAC address that forwards at once, without STP, and with
 * VLANs if "filters". It must not exist yet. */
void request_bridge_add(struct request *req, const char *name,
			const uint8_t mac[6], bool filters);
/* A bridge with these options; "mac" may be NULL. It must not exist yet. */
int request_bridge_new(struct request *req, const char *name,
		       const uint8_t *mac, const struct option_value *values,
		       size_t count, size_t *ret_bad);
void request_link_del(struct request *req, int index);

/* IF_OPER_* and IF_LINK_MODE_*: whether a device that has a carrier is in use,
 * or dormant. */
void request_link_mode(struct request *req, int index, uint8_t state,
		       uint8_t mode);

/* How a device makes its link-local IPv6 address, IN6_ADDR_GEN_MODE_*. Unlike
 * the sysctl, this makes none now. */
void request_gen_mode(struct request *req, int index, uint8_t mode);

/* To delete many links at once: puts them into a group, then deletes the
 * group. */
void request_group_set(struct request *req, int index, uint32_t group);
void request_group_del(struct request *req, uint32_t group);

#endif
