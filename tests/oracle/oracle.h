/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* The other library: state that libnl makes and reads. Each test has its own
 * network namespace, which is deleted with all its devices. */

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

/* A pair of veth devices; they are down. */
void make_veth(struct oracle *o, const char *name, const char *peer);
void make_bridge(struct oracle *o, const char *name);
void set_up(struct oracle *o, const char *name);
void delete_link(struct oracle *o, const char *name);

bool link_exists(struct oracle *o, const char *name);
/* The device as libnl reads it. Free with rtnl_link_put(). */
struct rtnl_link *link_of(struct oracle *o, const char *name);
int index_of(struct oracle *o, const char *name);
int master_of(struct oracle *o, const char *name);

/* The kernel's message about a device. The caller frees it. */
struct nlmsghdr *message_of(struct oracle *o, const char *name);

/* An option in such a message, found by libnl and decoded by the test. */
bool option_in(struct nlmsghdr *msg, const struct known_option *known,
	       uint64_t *ret_value);
bool option_in_nest(struct nlattr *data, const struct known_option *known,
		    uint64_t *ret_value);
uint64_t option_of(struct oracle *o, const char *name,
		   const struct known_option *known);

/* Sets an option with a message that libnl builds. */
void set_option(struct oracle *o, const char *name,
		const struct known_option *known, uint64_t value);

/* Checks the condition every 10 ms, for at most ten seconds. */
bool eventually(bool (*is_so)(struct oracle *o, const char *name),
		struct oracle *o, const char *name);

/* Waits until a port that is up forwards. The kernel refuses this state until
 * the bridge knows about the carrier, which takes a moment. */
void set_forwarding(struct oracle *o, const char *port);

/* Like set_option(), but returns the kernel's answer as an error code of
 * libnl. */
int try_option(struct oracle *o, const char *name,
	       const struct known_option *known, uint64_t value);
void put_option(struct nl_msg *msg, const struct known_option *known,
		uint64_t value);

/* Whether the kernel has names for network namespaces, SO_NETNS_COOKIE: Linux
 * 5.14. */
bool has_netns_cookie(void);

/* Sends a request, frees it, and returns the kernel's errno. */
int request(struct oracle *o, struct nl_msg *msg);

#endif
