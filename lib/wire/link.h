/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses messages about links; no I/O. */

#ifndef VBR_WIRE_LINK_H
#define VBR_WIRE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/name.h"
#include "wire/message.h"

enum link_kind { LINK_OTHER, LINK_BRIDGE, LINK_VLAN, LINK_VXLAN };

struct link_info {
	int index;
	int master;	     /* 0: none */
	unsigned int flags;  /* IFF_* */
	unsigned short type; /* ARPHRD_* */
	/* IFLA_LINK, the device below; 0: none, or it is in another network
	 * namespace. */
	int parent;
	/* In the other one: its index there, and that namespace's id in this
	 * one. */
	bool has_foreign_parent;
	int foreign_parent;
	int netnsid; /* -1: it has none */
	uint32_t group;
	uint32_t mtu, min_mtu, max_mtu; /* a limit of 0: none, or unknown */
	uint32_t promiscuity;		/* how many made it promiscuous */
	uint8_t oper_state, link_mode;	/* IF_OPER_*, IF_LINK_MODE_* */
	uint8_t mac[6];
	bool has_mac; /* its address has this size */
	char name[NAME_SIZE];
	enum link_kind kind;
	const char *kind_name;	  /* in the message; NULL: none */
	bool is_port;		  /* of a bridge */
	struct attr_span options; /* of its kind */
	struct attr_span port_options;
	struct attr_span vlans; /* IFLA_AF_SPEC of AF_BRIDGE */
};

int link_parse(const struct nlmsghdr *msg, struct link_info *ret_info);

#endif
