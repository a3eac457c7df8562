/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Shows what a move would do, as commands of brctl and ip. */

#include "config.h"

#include "ip/show.h"

#include <errno.h>
#include <linux/neighbour.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mac.h"
#include "core/context.h"
#include "core/link-name.h"
#include "ip/change.h"
#include "ip/move.h"
#include "ip/note.h"
#include "wire/ip-message.h"
#include "wire/message.h"

struct line {
	const struct move *move;
	char text[1024];
	size_t len;
};

static void put(struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void put(struct line *line, const char *format, ...)
{
	size_t room = sizeof(line->text) - line->len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line->text + line->len, room, format, args);
	va_end(args);
	if (len > 0)
		line->len += (size_t)len < room ? (size_t)len : room - 1;
}

static void put_ip(struct line *line, const char *word, uint8_t family,
		   const void *bytes)
{
	struct address address = { .family = family == AF_INET6
						     ? ADDRESS_IPV6
						     : ADDRESS_IPV4 };
	char text[ADDRESS_TEXT_SIZE];

	if (!bytes)
		return;
	memcpy(address.bytes, bytes, address_len(address.family));
	address_format(&address, text);
	put(line, "%s%s", word, text);
}

/* A bridge that does not exist yet has no index. */
static void put_device(struct line *line, int index)
{
	const struct ip_device *devices = line->move->devices;
	char name[4 * NAME_SIZE], other[NAME_SIZE];
	size_t which = devices[MOVE_NIC].index == index ? MOVE_NIC : MOVE_HOST;

	if (devices[which].index == index)
		name_format(devices[which].name, name, sizeof(name));
	else if (link_name(line->move->ctx, index, other) == 0)
		name_format(other, name, sizeof(name));
	else
		return;
	put(line, " dev %s", name);
}

static void put_gateway(struct line *line, uint8_t family, uint8_t of_route,
			const void *gateway)
{
	bool is_other = family == AF_INET6 && of_route == AF_INET;

	put_ip(line, is_other ? " via inet6 " : " via ", family, gateway);
}

static void put_hops(struct line *line, const struct ip_message *route)
{
	struct attr_span hops = route->hops;
	struct ip_hop hop;

	while (ip_hop_take(&hops, route->family, &hop)) {
		put(line, " nexthop");
		put_gateway(line, hop.gateway_family, route->family,
			    hop.gateway);
		put_device(line, hop.index);
		put(line, " weight %u%s", hop.weight,
		    hop.is_onlink ? " onlink" : "");
	}
}

static const char *ip_of(const struct ip_message *message)
{
	return message->family == AF_INET6 ? "ip -6" : "ip";
}

static void put_address(struct line *line, const struct ip_message *message,
			const char *verb)
{
	put(line, "ip address %s ", verb);
	put_ip(line, "", message->family,
	       message->local ? message->local : message->address);
	if (message->local && memcmp(message->local, message->address,
				     message->family == AF_INET6 ? 16 : 4) != 0)
		put_ip(line, " peer ", message->family, message->address);
	put(line, "/%u", message->prefix);
	put_device(line, message->index);
}

static void put_neighbour(struct line *line, const struct ip_message *message,
			  const char *verb)
{
	char mac[VBR_MAC_TEXT_SIZE];

	put(line, "ip neighbour %s ", verb);
	put_ip(line, message->flags & NTF_PROXY ? "proxy " : "",
	       message->family, message->address);
	if (message->mac && strcmp(verb, "del") != 0) {
		mac_format(message->mac, mac);
		put(line, " lladdr %s nud %s", mac,
		    message->state == NUD_PERMANENT ? "permanent"
						    : "reachable");
	}
	put_device(line, message->index);
}

static void put_nexthop(struct line *line, const struct ip_message *message,
			const char *verb)
{
	const struct nexthop_grp *members = message->group;
	size_t count = message->group_len / sizeof(*members);

	put(line, "ip nexthop %s id %u", verb, message->nexthop);
	for (size_t i = 0; i < count; i++)
		put(line, "%s%u", i ? "/" : " group ", members[i].id);
	put_gateway(line, message->family, message->family, message->gateway);
	if (!message->group)
		put_device(line, message->index);
}

static void put_route(struct line *line, const struct ip_message *message,
		      const char *verb)
{
	put(line, "%s route %s ", ip_of(message), verb);
	if (message->address) {
		put_ip(line, "", message->family, message->address);
		put(line, "/%u", message->prefix);
	} else {
		put(line, "default");
	}
	if (message->nexthop)
		put(line, " nhid %u", message->nexthop);
	if (message->table != RT_TABLE_MAIN)
		put(line, " table %u", message->table);
	if (message->metric)
		put(line, " metric %u", message->metric);
	put_ip(line, " src ", message->family, message->local);
	/* The hops come last. */
	if (!message->hops.len && !message->nexthop) {
		put_gateway(line, message->gateway_family, message->family,
			    message->gateway);
		put_device(line, message->index);
		if (message->flags & RTNH_F_ONLINK)
			put(line, " onlink");
	}
	if (!message->nexthop)
		put_hops(line, message);
}

static void put_rule(struct line *line, const struct ip_message *message,
		     const char *verb)
{
	static const char words[2][4] = { "iif", "oif" };
	char name[4 * NAME_SIZE];

	put(line, "%s rule %s pref %u", ip_of(message), verb, message->metric);
	for (size_t i = 0; i < 2; i++) {
		if (!message->names[i])
			continue;
		name_format(message->names[i], name, sizeof(name));
		put(line, " %s %s", words[i], name);
	}
	put(line, " table %u", message->table);
}

static const struct {
	uint16_t type;
	char verb[8], other_verb[8];
	void (*put)(struct line *line, const struct ip_message *message,
		    const char *verb);
} verbs[] = {
	{ RTM_NEWADDR, "add", "del", put_address },
	{ RTM_NEWNEIGH, "replace", "del", put_neighbour },
	{ RTM_NEWNEXTHOP, "replace", "del", put_nexthop },
	{ RTM_NEWROUTE, "replace", "del", put_route },
	{ RTM_NEWRULE, "add", "del", put_rule },
};

/* The types of a deletion follow those of an addition. */
static void show_message(const struct move *move, struct nlmsghdr *msg)
{
	struct line line = { .move = move };
	bool is_deletion = msg->nlmsg_type % 4 == RTM_DELLINK % 4;
	struct ip_message message;

	msg->nlmsg_type -= is_deletion;
	if (ip_message_parse(msg, &message) < 0)
		return;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		const char *verb = is_deletion ? verbs[i].other_verb
					       : verbs[i].verb;

		if (verbs[i].type != msg->nlmsg_type)
			continue;
		if (msg->nlmsg_flags & NLM_F_APPEND)
			verb = "append";
		verbs[i].put(&line, &message, verb);
	}
	note(move, VBR_MOVE_STEP, line.text);
}

static int show_changes(const struct move *move)
{
	struct ip_state *plan;
	int rc = ip_change_plan(move->before, move->after, 0, &plan);

	if (rc < 0)
		return context_fail(move->ctx, rc, NULL);
	for (size_t i = 0; i < plan->count; i++)
		show_message(move, plan->rows[i].msg);
	ip_state_free(plan);
	return 0;
}

static void show(const struct move *move, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void show(const struct move *move, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	note(move, VBR_MOVE_STEP, text);
}

static void show_host(const struct move *move, const char *bridge)
{
	char host[4 * NAME_SIZE];

	name_format(move->devices[MOVE_HOST].name, host, sizeof(host));
	if (move->is_member_new)
		show(move, "brctl addvlan %s %s %u", bridge, bridge, move->vid);
	if (move->is_host_new)
		show(move, "ip link add link %s name %s type vlan id %u",
		     bridge, host, move->vid);
	if (!move->is_host_up)
		show(move, "brctl link %s up", host);
}

int show_adopt(struct move *move)
{
	char bridge[4 * NAME_SIZE], nic[4 * NAME_SIZE], mac[VBR_MAC_TEXT_SIZE];

	name_format(move->bridge.name, bridge, sizeof(bridge));
	name_format(move->devices[MOVE_NIC].name, nic, sizeof(nic));
	mac_format(move->mac, mac);
	if (move->is_new) {
		show(move, "brctl addbr %s", bridge);
		show(move, "brctl setfd %s 0", bridge);
		if (move->vid)
			show(move, "brctl set %s vlan_filtering=on", bridge);
		show(move, "brctl link %s up address %s", bridge, mac);
	} else if (!move->is_bridge_up) {
		show(move, "brctl link %s up", bridge);
	}
	if (move->vid)
		show_host(move, bridge);
	show(move, "brctl addif %s %s", bridge, nic);
	if (move->vid)
		show(move, "brctl addvlan %s %s %u%s", bridge, nic, move->vid,
		     move->options->flags & VBR_MOVE_TAGGED ? ""
							    : " pvid untagged");
	return show_changes(move);
}

int show_release(struct move *move)
{
	char bridge[4 * NAME_SIZE], nic[4 * NAME_SIZE];
	int rc = show_changes(move);

	if (rc < 0)
		return rc;
	name_format(move->bridge.name, bridge, sizeof(bridge));
	name_format(move->devices[MOVE_NIC].name, nic, sizeof(nic));
	show(move, "brctl delif %s %s", bridge, nic);
	if (move->deletes_bridge) {
		show(move, "brctl link %s down", bridge);
		show(move, "brctl delbr %s", bridge);
	}
	return 0;
}
