/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The other party: state made and read by libnl. Each test has a network
 * namespace of its own, which goes away with whatever is in it. */

#ifndef ORACLE_H
#define ORACLE_H

#include "unit/unit.h"

#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <stdbool.h>

#include "unit/options.h"
#include "vbridge.h"

struct oracle {
	struct vbr_ctx *ctx;
	struct nl_sock *sock;
};

int oracle_setup(void **state);
int oracle_teardown(void **state);

#define ORACLE_TEST(sentence, function) \
	{ \
		(sentence), (function), oracle_setup, oracle_teardown, NULL \
	}

/* A pair of Ethernet devices; they are down. */
void make_veth(struct oracle *o, const char *name, const char *peer);
void make_bridge(struct oracle *o, const char *name);
void set_up(struct oracle *o, const char *name);
void delete_link(struct oracle *o, const char *name);

bool link_exists(struct oracle *o, const char *name);
/* The device as libnl knows it: rtnl_link_put(). */
struct rtnl_link *link_of(struct oracle *o, const char *name);
int index_of(struct oracle *o, const char *name);
int master_of(struct oracle *o, const char *name);

/* The kernel's own message about a device: free(). */
struct nlmsghdr *message_of(struct oracle *o, const char *name);

/* An option in such a message, found and decoded by libnl and here. */
bool option_in(struct nlmsghdr *msg, const struct known_option *known,
	       uint64_t *ret_value);
bool option_in_nest(struct nlattr *data, const struct known_option *known,
		    uint64_t *ret_value);
uint64_t option_of(struct oracle *o, const char *name,
		   const struct known_option *known);

/* Sets an option by a message that libnl puts together. */
void set_option(struct oracle *o, const char *name,
		const struct known_option *known, uint64_t value);

/* Asks the kernel every 10 ms whether it is so, for at most ten seconds. */
bool eventually(bool (*is_so)(struct oracle *o, const char *name),
		struct oracle *o, const char *name);

/* A port that is up forwards; the kernel refuses that until it has told the
 * bridge of the carrier, in its own time. */
void set_forwarding(struct oracle *o, const char *port);

/* The same; what the kernel answers is returned, in libnl's numbers. */
int try_option(struct oracle *o, const char *name,
	       const struct known_option *known, uint64_t value);
void put_option(struct nl_msg *msg, const struct known_option *known,
		uint64_t value);

/* Sends a request, frees it, and returns the kernel's errno. */
int request(struct oracle *o, struct nl_msg *msg);

#endif
