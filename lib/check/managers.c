/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* A rule about ports that another program configures, as their addresses and the
 * state files of these programs tell. */

#include "config.h"

#include "check/managers.h"

#include <stdio.h>
#include <string.h>

#include "check/findings.h"
#include "check/view.h"
#include "core/context.h"

/* --- DHCP ----------------------------------------------------------------- */

/* Addresses of IPv6 expire also without DHCP. */
static const struct ip_address *find_lease(const struct check *check,
					   const struct port_view *port)
{
	size_t count;
	const struct ip_address *addresses =
		topology_addresses(check->topology, port->link->index, &count);

	for (size_t i = 0; i < count; i++)
		if (addresses[i].expires &&
		    addresses[i].address.family == ADDRESS_IPV4)
			return &addresses[i];
	return NULL;
}

static void report_lease(struct check *check, const struct bridge_view *bridge,
			 const struct port_view *port,
			 const struct ip_address *lease)
{
	char room[PREFIX_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_what(check,
		     _("bridge \"%s\": port \"%s\" has the address %s by DHCP"),
		     bridge->name, port->name, address_word(room, lease));
	finding_why(check, _("its DHCP client sets the address again; stop it, "
			     "and let it use the bridge"));
}

/* --- systemd-networkd and NetworkManager ---------------------------------- */

static bool has_word(const struct check *check, const char *folder,
		     const struct port_view *port, const char *word)
{
	const struct vbr_ctx *ctx = check->ctx;
	char path[64], text[2048];

	snprintf(path, sizeof(path), "%s/%d", folder, port->link->index);
	return ctx->transport->read_file(ctx->transport_data, path, text,
					 sizeof(text)) == 0 &&
	       strstr(text, word);
}

/* The files may be of another namespace, where the device with this number is
 * another one; but even there, no device has two managers. */
static bool has_both(const struct check *check, const struct port_view *port)
{
	return has_word(check, "/run/NetworkManager/devices", port,
			"managed=true") &&
	       has_word(check, "/run/systemd/netif/links", port,
			"ADMIN_STATE=config");
}

static void report_both(struct check *check, const struct bridge_view *bridge,
			const struct port_view *port)
{
	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_what(
		check,
		_("bridge \"%s\": systemd-networkd and NetworkManager both "
		  "configure port \"%s\""),
		bridge->name, port->name);
	finding_why(check, _("each undoes what the other does, now or later"));
	finding_fix(check, "nmcli", "device", "set", port->link->name,
		    "managed", "no", NULL);
}

void rule_two_managers(struct check *check, const struct bridge_view *bridge)
{
	for (size_t i = 0; i < bridge->count; i++) {
		const struct port_view *port = &bridge->ports[i];
		const struct ip_address *lease = find_lease(check, port);

		if (lease)
			report_lease(check, bridge, port, lease);
		if (!is_guest_port(port) && has_both(check, port))
			report_both(check, bridge, port);
	}
}
