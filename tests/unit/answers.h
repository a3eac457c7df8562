/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Builds replies of the kernel with libnl-3, which shares no code with the
 * library. */

#ifndef UNIT_ANSWERS_H
#define UNIT_ANSWERS_H

#include "unit/attrs.h"
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sequence number that no request has. A message with number 0 gets the
 * number of the request that it answers. */
#define OTHER_SEQUENCE 0xbad00badu

/* The number of the reply to request "i" of a batch. */
#define ANSWER_MASK 0xffff0000u
#define ANSWER_TO(i) (0xa0000000u | (uint32_t)(i))

struct datagram {
	size_t len;
	union {
		struct nlmsghdr first;
		char bytes[16384];
	};
};

/* A link: a bridge, a port (if port_no is not 0), or another device. */
struct a_link {
	int index;
	const char *name;
	const char *kind;
	int master;
	unsigned int flags;
	unsigned short type; /* ARPHRD_* */
	unsigned char family;
	uint16_t port_no;
	uint16_t priority;
	uint32_t cost;
	uint8_t state; /* of the port; 0: forwarding */
	int parent;
	bool is_parent_foreign; /* the parent is in another namespace */
	uint32_t group;
	uint32_t mtu; /* 0: 1500 */
	uint32_t max_mtu;
	const char *mac; /* NULL: 52:54:00:40:ba:3b */
	uint16_t vid;	 /* of a VLAN device; "vlan_flags" are its flags */
	uint32_t vlan_flags;
	bool filters;	/* of a bridge: whether it filters VLANs */
	size_t padding; /* size of an unknown attribute */
};

struct an_entry {
	int port;
	int bridge;
	uint8_t mac[6];
	uint16_t vlan;
	uint16_t state;
	uint8_t flags;	     /* NTF_* */
	uint32_t more_flags; /* NTF_EXT_* */
	uint32_t used, updated;
	unsigned char family; /* 0: AF_BRIDGE */
};

/* Appends a message; done_message() sets its length. */
struct nlmsghdr *add_message(struct datagram *d, uint16_t type, uint16_t flags);
void done_message(struct datagram *d, const struct nlmsghdr *msg);

struct nlmsghdr *add_link(struct datagram *d, const struct a_link *link);
struct nlmsghdr *add_entry(struct datagram *d, const struct an_entry *entry);

/* A reply with an errno. "text" and "offset" make an extended ack. "echo" is
 * the number of bytes of the request after its header, unless "capped". */
struct verdict {
	int error;
	const char *text;
	size_t text_len; /* 0: strlen(text) + 1 */
	uint32_t offset;
	bool capped;
	bool is_done; /* NLMSG_DONE with the errno in it */
	size_t echo;
};

struct nlmsghdr *add_verdict(struct datagram *d, const struct verdict *v);
struct nlmsghdr *add_ack(struct datagram *d);
struct nlmsghdr *add_error(struct datagram *d, int error);
struct nlmsghdr *add_done(struct datagram *d);

#endif
