/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * A rule about MAC addresses that systemd makes of the id of the machine and the
 * name of the bridge: udev, with MACAddressPolicy=persistent, and networkd. The
 * same calculation tells whether a bridge has one.
 */

#include "config.h"

#include "check/machine.h"

#include <string.h>

#include "base/mac.h"
#include "base/siphash.h"
#include "check/findings.h"
#include "check/view.h"
#include "core/context.h"

#define ID_FILE "/etc/machine-id"
#define ID_SIZE 16

/* HASH_KEY of systemd's src/shared/netif-util.c, and of
 * src/network/netdev/netdev.c. */
static const uint8_t keys[][SIPHASH_KEY_SIZE] = {
	{ 0xd3, 0x1e, 0x48, 0xfa, 0x90, 0xfe, 0x4b, 0x4c, 0x9d, 0xaf, 0xd5,
	  0xd7, 0xa1, 0xb1, 0x2e, 0x8a },
	{ 0x52, 0xe1, 0x45, 0xbd, 0x00, 0x6f, 0x29, 0x96, 0x21, 0xc6, 0x30,
	  0x6d, 0x83, 0x71, 0x04, 0x48 },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static bool parse_id(const char *text, uint8_t ret_id[ID_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < ID_SIZE; i++) {
		const char *high = text[2 * i] ? strchr(digits, text[2 * i])
					       : NULL;
		const char *low = high && text[2 * i + 1]
					  ? strchr(digits, text[2 * i + 1])
					  : NULL;

		if (!low)
			return false;
		ret_id[i] = (uint8_t)((high - digits) << 4 | (low - digits));
	}
	return true;
}

static bool read_id(const struct check *check, uint8_t ret_id[ID_SIZE])
{
	const struct vbr_ctx *ctx = check->ctx;
	char text[64];

	return ctx->transport->read_file(ctx->transport_data, ID_FILE, text,
					 sizeof(text)) == 0 &&
	       parse_id(text, ret_id);
}

static void make_mac(const uint8_t *key, const uint8_t id[ID_SIZE],
		     const char *name, uint8_t ret_mac[MAC_LEN])
{
	uint8_t bytes[ID_SIZE + NAME_SIZE];
	size_t len = strlen(name);
	uint64_t hash;

	memcpy(bytes, id, ID_SIZE);
	memcpy(bytes + ID_SIZE, name, len);
	hash = siphash24(key, bytes, ID_SIZE + len);
	for (size_t i = 0; i < MAC_LEN; i++)
		ret_mac[i] = (uint8_t)(hash >> 8 * i);
	ret_mac[0] = (ret_mac[0] & 0xfe) | 0x02;
}

static bool is_made(const struct topology_link *link, const uint8_t id[ID_SIZE])
{
	uint8_t mac[MAC_LEN];

	for (size_t i = 0; i < KEYS; i++) {
		make_mac(keys[i], id, link->name, mac);
		if (memcmp(mac, link->mac, MAC_LEN) == 0)
			return true;
	}
	return false;
}

static const struct port_view *find_uplink(const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++)
		if (!is_guest_port(&bridge->ports[i]) &&
		    bridge->ports[i].link->has_mac)
			return &bridge->ports[i];
	return NULL;
}

/* If no port leads to the network, no other host sees the address. */
void rule_machine_mac(struct check *check, const struct bridge_view *bridge)
{
	const struct port_view *uplink = find_uplink(bridge);
	char mac[VBR_MAC_TEXT_SIZE];
	uint8_t id[ID_SIZE];

	if (!uplink || !bridge->link->has_mac ||
	    !has_address(check, bridge->link) || !read_id(check, id) ||
	    !is_made(bridge->link, id))
		return;
	mac_format(bridge->link->mac, mac);
	finding_begin(check, VBR_SEVERITY_REMARK, bridge, NULL);
	finding_what(check,
		     _("bridge \"%s\" has the MAC address %s, which systemd "
		       "made of the machine id"),
		     bridge->name, mac);
	finding_why(check, _("a DHCP server does not recognize the network "
			     "card, and cloned machines have the same "
			     "address"));
	mac_format(uplink->link->mac, mac);
	finding_fix(check, "brctl", "link", bridge->link->name, "address", mac,
		    NULL);
}
