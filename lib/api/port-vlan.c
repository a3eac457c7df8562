/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/*
 * Reads the VLANs of ports and bridges. Every kernel reports the VLANs in the
 * links of AF_BRIDGE. Options and counters (Linux 5.6) are in a separate dump,
 * which does not name the bridge of a device.
 */

#include "config.h"

#include "api/port-vlan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/context.h"
#include "core/ioctl.h"
#include "core/link.h"
#include "core/option-value.h"
#include "core/talk.h"
#include "wire/message.h"

struct vbr_port_vlans {
	struct port_vlan_list list;
};

/* The bridge of a device; sorted by device. */
struct owner {
	int device, bridge;
};

struct reading {
	struct port_vlan_list *list;
	enum vbr_scope scope;
	int bridge;    /* 0: any */
	int device;    /* 0: any */
	int last;      /* the last VLAN of that device; -1: none */
	bool had_none; /* a message about that device had no VLAN */
	int failed;    /* why its dump was left */
	struct owner *owners;
	size_t owner_count, owner_room;
	size_t ids; /* number of VLANs of the owners */
};

/* A port, or the bridge itself, which the dump lists as its own master. */
static bool is_member(const struct link_info *link)
{
	return link->is_port || (link->master && link->master == link->index);
}

/* --- AF_BRIDGE ------------------------------------------------------------ */

static int take_vlans(struct reading *reading, const struct link_info *link)
{
	struct attr_span vlans = link->vlans;
	struct vbr_port_vlan vlan;
	int rc;

	while ((rc = port_vlan_take(&vlans, &vlan)) > 0) {
		vlan.device = link->index;
		vlan.bridge = link->master;
		rc = port_vlan_list_append(reading->list, &vlan);
		if (rc < 0)
			return rc;
	}
	return rc;
}

/* Only changes of one device need the tunnel ids. */
static int take_tunnels(struct reading *reading, struct attr_span vlans)
{
	struct port_vlan_tunnel tunnel;
	int rc;

	while ((rc = port_vlan_take_tunnel(&vlans, &tunnel)) > 0) {
		rc = port_vlan_list_append_tunnel(reading->list, &tunnel);
		if (rc < 0)
			return rc;
	}
	return rc;
}

static int on_link(void *data, const struct nlmsghdr *msg)
{
	struct reading *reading = data;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_member(&link) ||
	    (reading->bridge && reading->bridge != link.master) ||
	    (reading->device && reading->device != link.index))
		return 0;
	rc = take_vlans(reading, &link);
	return rc == 0 && reading->device ? take_tunnels(reading, link.vlans)
					  : rc;
}

static void restart(void *data)
{
	struct reading *reading = data;

	port_vlan_list_empty(reading->list);
	reading->last = -1;
	reading->had_none = false;
}

static int read_plain(struct vbr_ctx *ctx, struct reading *reading)
{
	const struct talk_handler handler = { on_link, restart, reading };
	struct request req;

	port_vlan_request(&req.head, sizeof(req.bytes), PORT_VLAN_PLAIN, 0);
	return talk(ctx, &req.head, &handler);
}

/* --- RTM_GETVLAN ---------------------------------------------------------- */

static int count_ids(struct attr_span vlans, size_t *count)
{
	struct vbr_port_vlan vlan;
	int rc;

	while ((rc = port_vlan_take(&vlans, &vlan)) > 0)
		*count += vlan.last - vlan.first + 1u;
	return rc;
}

static int on_owner(void *data, const struct nlmsghdr *msg)
{
	struct reading *reading = data;
	struct owner *owners;
	struct link_info link;
	int rc = link_parse(msg, &link);

	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	if (!is_member(&link))
		return 0;
	if (!reading->bridge || reading->bridge == link.master)
		rc = count_ids(link.vlans, &reading->ids);
	if (rc < 0)
		return rc;
	owners = array_grow(reading->owners, sizeof(*owners),
			    reading->owner_count, &reading->owner_room);
	if (!owners)
		return -ENOMEM;
	reading->owners = owners;
	owners[reading->owner_count++] = (struct owner){ link.index,
							 link.master };
	return 0;
}

static void forget_owners(void *data)
{
	struct reading *reading = data;

	reading->owner_count = 0;
	reading->ids = 0;
}

static int by_device(const void *a, const void *b)
{
	const struct owner *left = a, *right = b;

	return (left->device > right->device) - (left->device < right->device);
}

/* Asks for VLANs: without them, the dump lacks the bridges themselves. */
static int read_owners(struct vbr_ctx *ctx, struct reading *reading)
{
	const struct talk_handler handler = { on_owner, forget_owners,
					      reading };
	struct request req;
	int rc;

	port_vlan_request(&req.head, sizeof(req.bytes), PORT_VLAN_PLAIN, 0);
	rc = talk(ctx, &req.head, &handler);
	if (rc == 0 && reading->owner_count)
		qsort(reading->owners, reading->owner_count,
		      sizeof(*reading->owners), by_device);
	return rc;
}

/* The bridge of a device, or 0 if the device is not wanted. */
static int bridge_of(const struct reading *reading, int device)
{
	const struct owner key = { device, 0 }, *owner = NULL;

	if (reading->device)
		return reading->device == device ? reading->bridge : 0;
	if (reading->owner_count)
		owner = bsearch(&key, reading->owners, reading->owner_count,
				sizeof(key), by_device);
	if (!owner || (reading->bridge && reading->bridge != owner->bridge))
		return 0;
	return owner->bridge;
}

/* Linux 5.6 to 5.16, before fixes of February 2022, never end the dump of one
 * device, but start again. */
static bool is_repeated(struct reading *reading,
			const struct vbr_port_vlan *vlan)
{
	if (!reading->device)
		return false;
	if (vlan->first <= reading->last)
		return true;
	reading->last = vlan->last;
	return false;
}

/* The same for a device without VLANs. */
static bool is_empty_again(struct reading *reading, struct attr_span entries)
{
	bool had_none = reading->had_none;

	reading->had_none = reading->device && entries.len == 0;
	return had_none && reading->had_none;
}

static int on_entries(void *data, const struct nlmsghdr *msg)
{
	struct reading *reading = data;
	struct vbr_port_vlan vlan;
	struct attr_span entries;
	int device, bridge, rc;

	rc = port_vlan_parse(msg, &device, &entries);
	if (rc < 0)
		return rc == -ENOMSG ? 0 : rc;
	bridge = bridge_of(reading, device);
	if (!bridge)
		return 0;
	if (is_empty_again(reading, entries))
		return TALK_ENOUGH;
	while ((rc = port_vlan_take_entry(&entries, reading->scope, &vlan)) >
	       0) {
		if (is_repeated(reading, &vlan))
			return TALK_ENOUGH;
		vlan.device = device;
		vlan.bridge = bridge;
		rc = port_vlan_list_append(reading->list, &vlan);
		if (rc < 0)
			break;
	}
	if (rc == 0 || !reading->device)
		return rc;
	reading->failed = rc;
	return TALK_ENOUGH;
}

static int read_entries(struct vbr_ctx *ctx, struct reading *reading,
			enum port_vlan_read read)
{
	const struct talk_handler handler = { on_entries, restart, reading };
	/* A dump that does not end can only be left by closing the socket; see
	 * is_repeated(). */
	const int device = ctx->socket.is_external ? 0 : reading->device;
	struct request req;
	int rc;

	reading->last = -1;
	reading->had_none = false;
	reading->failed = 0;
	port_vlan_request(&req.head, sizeof(req.bytes), read, device);
	rc = talk(ctx, &req.head, &handler);
	return rc == 0 && reading->failed
		       ? context_fail(ctx, reading->failed, NULL)
		       : rc;
}

/* Reads also what the kernel leaves out; see port_vlan_list_may_lack(). */
static int read_whole(struct vbr_ctx *ctx, struct reading *reading)
{
	reading->list->hides_counters = true;
	port_vlan_list_empty(reading->list);
	return read_entries(ctx, reading, PORT_VLAN_STATISTICS);
}

static int read_device(struct vbr_ctx *ctx, int device, enum vbr_scope scope,
		       bool is_cheap, struct port_vlan_list *ret_list)
{
	struct reading reading = {
		.list = ret_list,
		.scope = scope,
		.device = device,
		.bridge = device, /* unknown and unused, but not 0 */
	};
	int rc;

	*ret_list = (struct port_vlan_list){ 0 };
	rc = read_entries(ctx, &reading,
			  scope == VBR_SCOPE_BRIDGE_VLAN ? PORT_VLAN_GLOBAL
							 : PORT_VLAN_OPTIONS);
	if (rc == -EOPNOTSUPP && scope == VBR_SCOPE_PORT_VLAN && !is_cheap) {
		reading.bridge = 0;
		rc = read_plain(ctx, &reading);
	} else if (rc == 0 && scope == VBR_SCOPE_PORT_VLAN &&
		   port_vlan_list_may_lack(ret_list)) {
		rc = read_whole(ctx, &reading);
	}
	if (rc < 0)
		port_vlan_list_clear(ret_list);
	return rc;
}

int port_vlan_read_device(struct vbr_ctx *ctx, int device, enum vbr_scope scope,
			  struct port_vlan_list *ret_list)
{
	return read_device(ctx, device, scope, false, ret_list);
}

int port_vlan_read_cheaply(struct vbr_ctx *ctx, int device,
			   struct port_vlan_list *ret_list)
{
	return read_device(ctx, device, VBR_SCOPE_PORT_VLAN, true, ret_list);
}

/* --- snapshots ------------------------------------------------------------ */

static int compare(int left, int right)
{
	return (left > right) - (left < right);
}

/* By bridge; the bridge itself before its ports. */
static int by_place(const void *a, const void *b)
{
	const struct vbr_port_vlan *left = a, *right = b;
	int order = compare(left->bridge, right->bridge);

	if (order == 0)
		order = compare(left->device != left->bridge,
				right->device != right->bridge);
	if (order == 0)
		order = compare(left->device, right->device);
	return order ? order : compare(left->first, right->first);
}

/* Mostly sorted already, except for bridges made after their ports. */
static void sort(struct port_vlan_list *list)
{
	for (size_t i = 1; i < list->count; i++)
		if (by_place(&list->rows[i - 1], &list->rows[i]) > 0) {
			qsort(list->rows, list->count, sizeof(*list->rows),
			      by_place);
			return;
		}
}

static int read_scope(struct vbr_ctx *ctx, struct reading *reading,
		      unsigned int detail)
{
	int rc;

	if (reading->scope == VBR_SCOPE_PORT_VLAN && !detail)
		return read_plain(ctx, reading);
	rc = read_owners(ctx, reading);
	if (rc < 0)
		return rc;
	if (reading->scope == VBR_SCOPE_BRIDGE_VLAN)
		return read_entries(ctx, reading, PORT_VLAN_GLOBAL);
	rc = read_entries(ctx, reading,
			  detail & VBR_PORT_VLAN_STATISTICS
				  ? PORT_VLAN_STATISTICS
				  : PORT_VLAN_OPTIONS);
	if (rc == 0 &&
	    port_vlan_list_count_vids(reading->list) < reading->ids &&
	    !(detail & VBR_PORT_VLAN_STATISTICS))
		rc = read_whole(ctx, reading);
	/* Linux before 5.6 has no options or counters. */
	return rc == -EOPNOTSUPP ? read_plain(ctx, reading) : rc;
}

static int list(struct vbr_ctx *ctx, const char *bridge, enum vbr_scope scope,
		unsigned int detail, struct vbr_port_vlans **ret_vlans)
{
	struct vbr_port_vlans *vlans = calloc(1, sizeof(*vlans));
	struct reading reading = { .scope = scope };
	struct link_info link;
	int rc = 0;

	if (!vlans)
		return context_fail(ctx, -ENOMEM, NULL);
	reading.list = &vlans->list;
	if (bridge)
		rc = ioctl_index(ctx, bridge, &reading.bridge);
	if (rc == 0)
		rc = read_scope(ctx, &reading, detail);
	free(reading.owners);
	/* No VLANs: are there none, or is it not a bridge? */
	if (rc == 0 && bridge && vlans->list.count == 0)
		rc = link_find_bridge(ctx, bridge, &link);
	if (rc < 0) {
		vbr_port_vlans_free(vlans);
		return rc;
	}
	sort(&vlans->list);
	*ret_vlans = vlans;
	return 0;
}

int vbr_port_vlan_list(struct vbr_ctx *ctx, const char *bridge,
		       unsigned int detail, struct vbr_port_vlans **ret_vlans)
{
	if (bridge)
		context_begin(ctx, N_("cannot list the VLANs of bridge \"%s\""),
			      bridge);
	else
		context_begin(ctx, N_("cannot list the VLANs of ports"));
	return list(ctx, bridge, VBR_SCOPE_PORT_VLAN, detail, ret_vlans);
}

int vbr_bridge_vlan_list(struct vbr_ctx *ctx, const char *bridge,
			 struct vbr_port_vlans **ret_vlans)
{
	context_begin(ctx, N_("cannot list the options of VLANs"));
	return list(ctx, bridge, VBR_SCOPE_BRIDGE_VLAN, 0, ret_vlans);
}

size_t vbr_port_vlans_count(const struct vbr_port_vlans *vlans)
{
	return vlans->list.count;
}

size_t port_vlans_of(const struct vbr_port_vlans *vlans, int bridge, int member)
{
	const struct vbr_port_vlan key = { .bridge = bridge, .device = member };

	return array_find(&key, vlans->list.rows, vlans->list.count,
			  sizeof(*vlans->list.rows), by_place);
}

const struct vbr_port_vlan *
vbr_port_vlans_at(const struct vbr_port_vlans *vlans, size_t i)
{
	return i < vlans->list.count ? &vlans->list.rows[i] : NULL;
}

void vbr_port_vlans_free(struct vbr_port_vlans *vlans)
{
	if (vlans)
		port_vlan_list_clear(&vlans->list);
	free(vlans);
}

int vbr_port_vlan_index(const struct vbr_port_vlan *vlan)
{
	return vlan->device;
}

int vbr_port_vlan_bridge_index(const struct vbr_port_vlan *vlan)
{
	return vlan->bridge;
}

unsigned int vbr_port_vlan_first(const struct vbr_port_vlan *vlan)
{
	return vlan->first;
}

unsigned int vbr_port_vlan_last(const struct vbr_port_vlan *vlan)
{
	return vlan->last;
}

unsigned int vbr_port_vlan_flags(const struct vbr_port_vlan *vlan)
{
	return vlan->flags & (VBR_PORT_VLAN_PVID | VBR_PORT_VLAN_UNTAGGED);
}

int vbr_port_vlan_value(const struct vbr_port_vlan *vlan, const char *option,
			uint64_t *ret_value)
{
	return option_value(vlan->options, vlan->scope, option, ret_value);
}

int vbr_port_vlan_text(struct vbr_ctx *ctx, const struct vbr_port_vlan *vlan,
		       const char *option, char *ret_text, size_t size)
{
	return option_value_text(ctx, vlan->options, vlan->scope, option,
				 ret_text, size);
}
