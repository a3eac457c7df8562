/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Formats events as text. */

#include "unit.h"

#include "unit/event-log.h"

#include <stdio.h>
#include <string.h>

#include "vbridge.h"

static void tell_filter(const struct vbr_port_vlan *filter, char *ret_text,
			size_t size)
{
	snprintf(ret_text, size, "vlan %d %u-%u %u",
		 vbr_port_vlan_index(filter), vbr_port_vlan_first(filter),
		 vbr_port_vlan_last(filter), vbr_port_vlan_flags(filter));
}

static void emit_fdb(const struct vbr_fdb_entry *entry, char *ret_text,
		     size_t size)
{
	char mac[VBR_MAC_TEXT_SIZE];

	vbr_format_mac(vbr_fdb_entry_mac(entry), mac);
	snprintf(ret_text, size, "mac %d %s %u",
		 vbr_fdb_entry_port_index(entry), mac,
		 vbr_fdb_entry_vlan(entry));
}

static void tell_group(const struct vbr_mdb_entry *entry, char *ret_text,
		       size_t size)
{
	char group[VBR_ADDRESS_TEXT_SIZE];

	vbr_mdb_entry_group(entry, group);
	snprintf(ret_text, size, "group %d %s", vbr_mdb_entry_index(entry),
		 group);
}

static void tell(const struct vbr_event *event, char *ret_text, size_t size)
{
	const struct vbr_bridge *bridge = vbr_event_bridge(event);
	const struct vbr_port *port = vbr_event_port(event);
	const struct vbr_vlan *vlan = vbr_event_vlan(event);

	switch (vbr_event_kind(event)) {
	case VBR_EVENT_BRIDGE:
		snprintf(ret_text, size, "bridge %s %s",
			 vbr_bridge_name(bridge),
			 vbr_bridge_is_up(bridge) ? "up" : "down");
		break;
	case VBR_EVENT_PORT:
		snprintf(ret_text, size, "port %s %d", vbr_port_name(port),
			 vbr_port_bridge_index(port));
		break;
	case VBR_EVENT_VLAN:
		snprintf(ret_text, size, "device %s %d", vbr_vlan_name(vlan),
			 vbr_vlan_parent_index(vlan));
		break;
	case VBR_EVENT_FDB:
		emit_fdb(vbr_event_fdb_entry(event), ret_text, size);
		break;
	case VBR_EVENT_PORT_VLAN:
		tell_filter(vbr_event_port_vlan(event), ret_text, size);
		break;
	case VBR_EVENT_MDB:
		tell_group(vbr_event_mdb_entry(event), ret_text, size);
		break;
	case VBR_EVENT_ROUTER:
		snprintf(ret_text, size, "router %d",
			 vbr_mdb_router_index(vbr_event_mdb_router(event)));
		break;
	}
}

/* Exactly one accessor returns something, whatever the event is about. */
static unsigned int answers(const struct vbr_event *event)
{
	return (vbr_event_bridge(event) != NULL) +
	       (vbr_event_port(event) != NULL) +
	       (vbr_event_vlan(event) != NULL) +
	       (vbr_event_fdb_entry(event) != NULL) +
	       (vbr_event_port_vlan(event) != NULL) +
	       (vbr_event_mdb_entry(event) != NULL) +
	       (vbr_event_mdb_router(event) != NULL);
}

int event_log_add(const struct vbr_event *event, void *data)
{
	struct event_log *event_log = data;
	size_t len = strlen(event_log->text);
	char text[128];

	assert_int_equal(answers(event), 1);
	tell(event, text, sizeof(text));
	snprintf(event_log->text + len, sizeof(event_log->text) - len, "%s%s; ",
		 vbr_event_is_gone(event) ? "gone " : "", text);
	if (++event_log->count != event_log->fail_at)
		return 0;
	return event_log->error ? event_log->error : 42;
}
