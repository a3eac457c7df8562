/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses input that may be broken; only documented errors are allowed. */

#include "unit.h"

#include "unit/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "vbridge.h"
#include "wire/fdb.h"
#include "wire/port-vlan.h"
#include "wire/link.h"
#include "wire/mdb.h"
#include "wire/message.h"
#include "wire/option.h"
#include "wire/reply.h"
#include "wire/option-text.h"

/* Reads each byte of the result, so that ASan finds bytes outside of the
 * message. */
static unsigned int touch(const void *bytes, size_t len)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += ((const unsigned char *)bytes)[i];
	return sum;
}

static void read_options(struct attr_span span, enum vbr_scope scope)
{
	const struct option_table *table = option_table(scope);
	char text[VBR_OPTION_TEXT_SIZE];
	uint64_t value;

	touch(span.bytes, span.len);
	for (size_t i = 0; i < table->count; i++) {
		const struct vbr_option *row = &table->rows[i];
		int rc = option_get(span, row, &value);

		check(rc == 0 || rc == -ENODATA || rc == -EBADMSG ||
			      rc == -EOVERFLOW,
		      "%s gives %d", row->name, rc);
		check((rc == 0 || rc == -EOVERFLOW) ==
			      (option_text(span, row, text, sizeof(text)) >= 0),
		      "%s", row->name);
	}
}

static void parse_link(const struct nlmsghdr *msg)
{
	struct link_info info;
	int rc = link_parse(msg, &info);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	check(info.index > 0 && info.master >= 0, "index %d", info.index);
	check(strnlen(info.name, NAME_SIZE) < NAME_SIZE && info.name[0],
	      "the name has no end");
	check(!info.is_port || info.master, "a port without a master");
	read_options(info.options, VBR_SCOPE_BRIDGE);
	read_options(info.port_options, VBR_SCOPE_PORT);
}

static void parse_entry(const struct nlmsghdr *msg)
{
	struct vbr_fdb_entry entry;
	int rc = fdb_parse(msg, &entry);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc == 0)
		check(entry.port > 0 &&
			      vbr_fdb_entry_state(&entry) <= VBR_FDB_EXPIRED,
		      "port %d", entry.port);
}

static void is_row(const struct vbr_port_vlan *row, int rc)
{
	check(rc == 1 || rc == 0 || rc == -EBADMSG || rc == -EOPNOTSUPP, "%d",
	      rc);
	if (rc != 1)
		return;
	check(row->first <= row->last && row->last <= 4094, "%u-%u", row->first,
	      row->last);
	read_options(row->options, (enum vbr_scope)row->scope);
}

/* VLANs and MST states in messages of AF_BRIDGE. */
static void parse_vlans(const struct nlmsghdr *msg)
{
	struct attr_span vlans, trees, tunnels;
	struct port_vlan_tunnel tunnel;
	struct vbr_port_vlan row = { 0 };
	struct link_info info;
	struct vbr_mst mst;
	int rc;

	if (link_parse(msg, &info) < 0)
		return;
	vlans = tunnels = info.vlans;
	trees = port_vlan_msts(info.vlans);
	do {
		rc = port_vlan_take(&vlans, &row);
		is_row(&row, rc);
	} while (rc == 1);
	do {
		rc = port_vlan_take_tunnel(&tunnels, &tunnel);
		check(rc == 1 || rc == 0 || rc == -EBADMSG, "%d", rc);
		check(rc != 1 || (tunnel.first <= tunnel.last &&
				  tunnel.last <= 4094),
		      "%u-%u", tunnel.first, tunnel.last);
	} while (rc == 1);
	do {
		rc = port_vlan_take_mst(&trees, &mst);
		check(rc == 1 || rc == 0 || rc == -EBADMSG, "%d", rc);
	} while (rc == 1);
}

static void parse_entries(const struct nlmsghdr *msg)
{
	struct attr_span all, entries;
	int device, rc = port_vlan_parse(msg, &device, &all);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	check(device > 0, "index %d", device);
	for (int scope = VBR_SCOPE_PORT_VLAN; scope < SCOPES; scope++) {
		struct vbr_port_vlan row = { 0 };

		entries = all;
		do {
			rc = port_vlan_take_entry(&entries,
						  (enum vbr_scope)scope, &row);
			is_row(&row, rc);
		} while (rc == 1);
	}
}

static void parse_groups(const struct nlmsghdr *msg)
{
	struct mdb_message message;
	struct vbr_mdb_router router;
	struct vbr_mdb_entry entry;
	struct address source;
	uint32_t timer;
	int rc = mdb_parse(msg, &message);

	check(rc == 0 || rc == -ENOMSG || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	while ((rc = mdb_take_entry(&message, &entry)) == 1) {
		check(entry.port > 0, "port %d", entry.port);
		while (mdb_take_source(&entry.sources, entry.group.family,
				       &source, &timer))
			check(source.family == entry.group.family, "%d",
			      source.family);
	}
	check(rc == 0 || rc == -EBADMSG, "%d", rc);
	while ((rc = mdb_take_router(&message, &router)) == 1)
		check(router.port > 0, "port %d", router.port);
	check(rc == 0 || rc == -EBADMSG, "%d", rc);
}

static void parse_verdict(const struct nlmsghdr *msg)
{
	struct reply_error error;
	int rc = reply_parse_error(msg, &error);

	check(rc == 0 || rc == -EBADMSG, "%d", rc);
	if (rc < 0)
		return;
	check(error.error <= 0, "%d", error.error);
	touch(error.text, error.text_len);
}

static int touch_event(const struct vbr_event *event, void *data)
{
	const struct vbr_bridge *bridge = vbr_event_bridge(event);
	const struct vbr_port *port = vbr_event_port(event);
	const struct vbr_vlan *vlan = vbr_event_vlan(event);
	struct vbr_bridge *kept;
	uint64_t value;

	(void)data;
	if (bridge) {
		assert_int_equal(vbr_bridge_dup(bridge, &kept), 0);
		assert_string_equal(vbr_bridge_name(kept),
				    vbr_bridge_name(bridge));
		assert_int_equal(vbr_bridge_value(kept, "max_age", &value),
				 vbr_bridge_value(bridge, "max_age", &value));
		vbr_bridge_free(kept);
	}
	if (port)
		vbr_port_value(port, "path_cost", &value);
	if (vlan)
		vbr_vlan_value(vlan, "id", &value);
	return 0;
}

static void tell_events(const void *bytes, size_t len)
{
	int rc = vbr_event_read(bytes, len,
				VBR_WATCH_LINKS | VBR_WATCH_FDB |
					VBR_WATCH_VLANS | VBR_WATCH_GROUPS,
				touch_event, NULL);

	check(rc == 0 || rc == -EBADMSG, "%d", rc);
}

void parse_all(const void *bytes, size_t len)
{
	void *copy = malloc(len ? len : 1);
	const struct nlmsghdr *msg;
	int left = (int)len;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	for (msg = copy; message_ok(msg, left);
	     msg = mnl_nlmsg_next(msg, &left)) {
		parse_link(msg);
		parse_entry(msg);
		parse_vlans(msg);
		parse_entries(msg);
		parse_groups(msg);
		parse_verdict(msg);
	}
	tell_events(copy, len);
	free(copy);
}
