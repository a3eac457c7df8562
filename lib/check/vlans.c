/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Rules about VLANs of ports, and VLAN devices. */

#include "config.h"

#include "check/vlans.h"

#include <stdio.h>

#include "check/findings.h"
#include "check/view.h"

/* --- members -------------------------------------------------------------- */

/* A port, or the bridge itself, and its rows in the list of VLANs. */
struct member {
	const struct port_view *port; /* NULL: the bridge itself */
	const struct topology_link *link;
	const char *name; /* in sentences */
	size_t first, count;
};

/* The bridge itself is the last one. */
static bool member_at(const struct check *check,
		      const struct bridge_view *bridge, size_t i,
		      struct member *ret_member)
{
	const struct port_view *port = i < bridge->count ? &bridge->ports[i]
							 : NULL;

	if (i > bridge->count)
		return false;
	ret_member->port = port;
	ret_member->link = port ? port->link : bridge->link;
	ret_member->name = port ? port->name : bridge->name;
	ret_member->count = topology_vlans(check->topology, bridge->link->index,
					   ret_member->link->index,
					   &ret_member->first);
	return true;
}

static struct member self_of(const struct check *check,
			     const struct bridge_view *bridge)
{
	struct member self;

	member_at(check, bridge, bridge->count, &self);
	return self;
}

static const struct vbr_port_vlan *row_at(const struct check *check,
					  const struct member *member, size_t i)
{
	return i < member->count
		       ? vbr_port_vlans_at(check->topology->port_vlans,
					   member->first + i)
		       : NULL;
}

static bool has_flag(const struct vbr_port_vlan *row,
		     enum vbr_port_vlan_flag flag)
{
	return vbr_port_vlan_flags(row) & (unsigned int)flag;
}

/* The first VLAN with the flag; 0: there is none. */
static unsigned int find_flag(const struct check *check,
			      const struct member *member,
			      enum vbr_port_vlan_flag flag)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = row_at(check, member, i)); i++)
		if (has_flag(row, flag))
			return vbr_port_vlan_first(row);
	return 0;
}

/* 0: it has none. */
static unsigned int find_pvid(const struct check *check,
			      const struct member *member)
{
	return find_flag(check, member, VBR_PORT_VLAN_PVID);
}

/* The row with the VLAN, or NULL. */
static const struct vbr_port_vlan *find_vlan(const struct check *check,
					     const struct member *member,
					     unsigned int vlan)
{
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = row_at(check, member, i)); i++)
		if (vlan >= vbr_port_vlan_first(row) &&
		    vlan <= vbr_port_vlan_last(row))
			return row;
	return NULL;
}

static bool is_filtering(const struct bridge_view *bridge)
{
	return bridge_number(bridge, "vlan_filtering", 0);
}

static unsigned int default_pvid(const struct bridge_view *bridge)
{
	return (unsigned int)bridge_number(bridge, "default_pvid", 0);
}

/* --- the host ------------------------------------------------------------- */

static bool is_other_protocol(const struct bridge_view *bridge,
			      const struct topology_link *device)
{
	return device->vlan_protocol !=
	       bridge_number(bridge, "vlan_protocol", VBR_VLAN_8021Q);
}

void rule_host_not_in_vlan(struct check *check,
			   const struct bridge_view *bridge)
{
	struct member self = self_of(check, bridge);
	char room[NUMBER_SIZE];
	size_t count;
	const struct topology_link *const *devices =
		topology_children(check->topology, bridge->link->index, &count);

	for (size_t i = 0; is_filtering(bridge) && i < count; i++) {
		const struct topology_link *device = devices[i];

		if (!device->vlan || !device->is_up ||
		    is_other_protocol(bridge, device) ||
		    find_vlan(check, &self, device->vlan))
			continue;
		finding_begin(check, VBR_SEVERITY_ERROR, bridge, NULL);
		finding_vlan(check, device->vlan);
		finding_what(
			check,
			_("bridge \"%s\": VLAN device \"%s\" is on it, but "
			  "the bridge itself is not in VLAN %u"),
			bridge->name, check_name(check, device->name),
			device->vlan);
		finding_why(
			check,
			_("the bridge drops all frames that this device sends, and delivers none to it"));
		finding_fix(check, "brctl", "addvlan", bridge->link->name,
			    bridge->link->name, number_word(room, device->vlan),
			    NULL);
	}
}

/* The PVID of the first port that has one; 0: there is none. */
static unsigned int find_port_pvid(const struct check *check,
				   const struct bridge_view *bridge)
{
	unsigned int pvid = 0;
	struct member port;

	for (size_t i = 0; pvid == 0 && i < bridge->count; i++)
		if (member_at(check, bridge, i, &port))
			pvid = find_pvid(check, &port);
	return pvid;
}

static bool has_port_in(const struct check *check,
			const struct bridge_view *bridge, unsigned int vlan)
{
	struct member port;

	for (size_t i = 0; i < bridge->count; i++)
		if (member_at(check, bridge, i, &port) &&
		    find_vlan(check, &port, vlan))
			return true;
	return false;
}

static void fix_pvid(struct check *check, const struct bridge_view *bridge,
		     unsigned int old)
{
	unsigned int pvid = find_port_pvid(check, bridge);
	const char *name = bridge->link->name;
	char room[NUMBER_SIZE];

	if (!pvid)
		return;
	finding_fix(check, "brctl", "addvlan", name, name,
		    number_word(room, pvid), "pvid", "untagged", NULL);
	if (old)
		finding_fix(check, "brctl", "delvlan", name, name,
			    number_word(room, old), NULL);
}

void rule_host_locked_out(struct check *check, const struct bridge_view *bridge)
{
	struct member self = self_of(check, bridge);
	unsigned int pvid = find_pvid(check, &self);

	if (!is_filtering(bridge) || bridge->count == 0 ||
	    !has_address(check, bridge->link) ||
	    (pvid && has_port_in(check, bridge, pvid)))
		return;
	finding_begin(check, VBR_SEVERITY_ERROR, bridge, NULL);
	finding_vlan(check, pvid);
	if (pvid)
		finding_what(check,
			     _("bridge \"%s\" has an address, but its PVID is "
			       "%u, and no port is in this VLAN"),
			     bridge->name, pvid);
	else
		finding_what(check,
			     _("bridge \"%s\" has an address, but no PVID"),
			     bridge->name);
	finding_why(check, _("nobody reaches the host at this address"));
	fix_pvid(check, bridge, pvid);
}

/* --- untagged frames ------------------------------------------------------ */

void rule_vlan_leak(struct check *check, const struct bridge_view *bridge)
{
	unsigned int initial = default_pvid(bridge);
	char room[NUMBER_SIZE];
	struct member member;

	if (!is_filtering(bridge) || !initial)
		return;
	for (size_t i = 0; member_at(check, bridge, i, &member); i++) {
		unsigned int pvid = find_pvid(check, &member);
		const struct vbr_port_vlan *row = find_vlan(check, &member,
							    initial);

		if (!pvid || pvid == initial || !row ||
		    !has_flag(row, VBR_PORT_VLAN_UNTAGGED))
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, member.port);
		finding_vlan(check, initial);
		finding_what(check,
			     _("bridge \"%s\": \"%s\" has PVID %u, and still "
			       "sends VLAN %u untagged, too"),
			     bridge->name, member.name, pvid, initial);
		finding_why(check, _("frames of this VLAN leak out, and the "
				     "answers come into another VLAN"));
		finding_fix(check, "brctl", "delvlan", bridge->link->name,
			    member.link->name, number_word(room, initial),
			    NULL);
	}
}

/* In the form in which commands accept them: "10" or "10-20". */
#define RANGE_SIZE (2 * NUMBER_SIZE)

static const char *range_word(char room[RANGE_SIZE],
			      const struct vbr_port_vlan *row)
{
	unsigned int first = vbr_port_vlan_first(row);
	unsigned int last = vbr_port_vlan_last(row);

	if (first == last)
		snprintf(room, RANGE_SIZE, "%u", first);
	else
		snprintf(room, RANGE_SIZE, "%u-%u", first, last);
	return room;
}

/* The rule above is about the default PVID. */
static bool is_extra(const struct bridge_view *bridge,
		     const struct vbr_port_vlan *row, unsigned int pvid)
{
	return has_flag(row, VBR_PORT_VLAN_UNTAGGED) &&
	       vbr_port_vlan_first(row) != pvid &&
	       vbr_port_vlan_first(row) != default_pvid(bridge);
}

static void report_untagged(struct check *check,
			    const struct bridge_view *bridge,
			    const struct member *member, unsigned int pvid,
			    unsigned int vlan)
{
	const struct vbr_port_vlan *row;
	char room[RANGE_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, member->port);
	finding_vlan(check, vlan);
	finding_what(check,
		     _("bridge \"%s\": \"%s\" has PVID %u, and sends VLAN %u "
		       "untagged, too"),
		     bridge->name, member->name, pvid, vlan);
	finding_why(check,
		    _("frames of this VLAN leak out, and the answers come "
		      "into another VLAN"));
	for (size_t i = 0; (row = row_at(check, member, i)); i++)
		if (is_extra(bridge, row, pvid))
			finding_fix(check, "brctl", "addvlan",
				    bridge->link->name, member->link->name,
				    range_word(room, row), NULL);
}

void rule_many_untagged(struct check *check, const struct bridge_view *bridge)
{
	const struct vbr_port_vlan *row;
	struct member member;

	if (!is_filtering(bridge))
		return;
	for (size_t i = 0; member_at(check, bridge, i, &member); i++) {
		unsigned int pvid = find_pvid(check, &member);

		for (size_t k = 0; pvid && (row = row_at(check, &member, k));
		     k++) {
			if (!is_extra(bridge, row, pvid))
				continue;
			report_untagged(check, bridge, &member, pvid,
					vbr_port_vlan_first(row));
			break;
		}
	}
}

/* A port with tagged VLANs only needs none. */
void rule_no_pvid(struct check *check, const struct bridge_view *bridge)
{
	char room[NUMBER_SIZE];
	struct member member;

	for (size_t i = 0; is_filtering(bridge) && i < bridge->count; i++) {
		unsigned int vlan;

		member_at(check, bridge, i, &member);
		vlan = find_flag(check, &member, VBR_PORT_VLAN_UNTAGGED);
		if (!vlan || find_pvid(check, &member))
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, member.port);
		finding_vlan(check, vlan);
		finding_what(check,
			     _("bridge \"%s\": port \"%s\" sends VLAN %u "
			       "untagged, but has no PVID"),
			     bridge->name, member.name, vlan);
		finding_why(check, _("untagged frames that come in are "
				     "dropped"));
		finding_fix(check, "brctl", "addvlan", bridge->link->name,
			    member.link->name, number_word(room, vlan), "pvid",
			    "untagged", NULL);
	}
}

/* --- the whole bridge ----------------------------------------------------- */

/* A VLAN that somebody gave to a member; 0: there is none. */
static unsigned int find_given(const struct check *check,
			       const struct bridge_view *bridge,
			       const struct member *member)
{
	unsigned int initial = default_pvid(bridge);
	const struct vbr_port_vlan *row;

	for (size_t i = 0; (row = row_at(check, member, i)); i++) {
		if (vbr_port_vlan_first(row) != initial)
			return vbr_port_vlan_first(row);
		if (vbr_port_vlan_last(row) != initial)
			return initial + 1;
	}
	return 0;
}

void rule_unfiltered(struct check *check, const struct bridge_view *bridge)
{
	struct member member;

	if (is_filtering(bridge))
		return;
	for (size_t i = 0; member_at(check, bridge, i, &member); i++) {
		unsigned int vlan = find_given(check, bridge, &member);

		if (!vlan)
			continue;
		finding_begin(check, VBR_SEVERITY_WARNING, bridge, NULL);
		finding_vlan(check, vlan);
		finding_what(check,
			     _("bridge \"%s\" does not filter VLANs, although "
			       "\"%s\" is in VLAN %u"),
			     bridge->name, member.name, vlan);
		finding_why(check, _("frames pass to all ports, whatever their "
				     "VLAN is"));
		finding_fix(check, "brctl", "set", bridge->link->name,
			    "vlan_filtering=on", NULL);
		return;
	}
}

static bool is_left_alone(const struct check *check,
			  const struct bridge_view *bridge,
			  unsigned int initial)
{
	struct member port;

	for (size_t i = 0; i < bridge->count; i++) {
		member_at(check, bridge, i, &port);
		if (!find_pvid(check, &port))
			return false;
	}
	return bridge->count && !has_port_in(check, bridge, initial);
}

void rule_late_ports(struct check *check, const struct bridge_view *bridge)
{
	unsigned int initial = default_pvid(bridge);
	const char *name = bridge->link->name;

	if (!is_filtering(bridge) || !initial ||
	    !is_left_alone(check, bridge, initial))
		return;
	finding_begin(check, VBR_SEVERITY_REMARK, bridge, NULL);
	finding_vlan(check, initial);
	finding_what(check,
		     _("bridge \"%s\" puts new ports into VLAN %u, in which it "
		       "has no port"),
		     bridge->name, initial);
	finding_why(check,
		    _("a port that joins later reaches nobody, or others "
		      "that were forgotten"));
	finding_fix(check, "brctl", "set", name, "default_pvid=0", NULL);
}

/* --- VLAN devices --------------------------------------------------------- */

/* Whether anybody uses the device: another one, or the host. */
static bool is_used(const struct check *check,
		    const struct topology_link *device)
{
	size_t count;

	topology_children(check->topology, device->index, &count);
	return count || device->master || has_address(check, device) ||
	       has_default_route(check, device);
}

static void report_device(struct check *check, const struct bridge_view *bridge,
			  const struct port_view *port,
			  const struct topology_link *device)
{
	char room[NUMBER_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, port);
	finding_vlan(check, device->vlan);
	finding_what(check,
		     _("bridge \"%s\": VLAN device \"%s\" takes the frames of "
		       "VLAN %u from port \"%s\""),
		     bridge->name, check_name(check, device->name),
		     device->vlan, port->name);
	finding_why(check, _("what comes in with this tag does not reach the "
			     "bridge, although it can send with it"));
	if (is_used(check, device))
		finding_fix(check, "brctl", "delvlan", bridge->link->name,
			    port->link->name, number_word(room, device->vlan),
			    NULL);
	else
		finding_fix(check, "vconfig", "rem", device->name, NULL);
}

/*
 * Without filtering, a device that is in use is intended, for example eth0.5 as
 * a port of a second bridge. The state of the device does not matter.
 */
void rule_vlan_device(struct check *check, const struct bridge_view *bridge)
{
	bool filters = is_filtering(bridge);

	for (size_t i = 0; i < bridge->count; i++) {
		size_t count;
		const struct topology_link *const *devices = topology_children(
			check->topology, bridge->ports[i].link->index, &count);
		struct member port;

		member_at(check, bridge, i, &port);
		for (size_t k = 0; k < count; k++) {
			const struct topology_link *device = devices[k];
			bool is_wanted =
				filters ? find_vlan(check, &port,
						    device->vlan) &&
						  !is_other_protocol(bridge,
								     device)
					: !is_used(check, device);

			if (device->vlan && is_wanted)
				report_device(check, bridge, &bridge->ports[i],
					      device);
		}
	}
}

/*
 * An earlier VLAN device on the same NIC that is also a port with the same
 * PVID.
 */
static bool find_twin(const struct check *check,
		      const struct bridge_view *bridge, size_t at,
		      unsigned int pvid, struct member *ret_twin)
{
	const struct topology_link *link = bridge->ports[at].link;

	for (size_t i = 0; i < at; i++) {
		const struct topology_link *other = bridge->ports[i].link;

		if (!other->vlan || other->parent != link->parent)
			continue;
		member_at(check, bridge, i, ret_twin);
		if (find_pvid(check, ret_twin) == pvid)
			return true;
	}
	return false;
}

static void report_twins(struct check *check, const struct bridge_view *bridge,
			 const struct member *twin, const struct member *member,
			 unsigned int pvid)
{
	const struct member *wrong = member->link->vlan == pvid ? twin : member;
	const char *name = wrong->link->name;
	char room[NUMBER_SIZE];

	finding_begin(check, VBR_SEVERITY_WARNING, bridge, wrong->port);
	finding_vlan(check, pvid);
	finding_what(check,
		     _("bridge \"%s\": ports \"%s\" and \"%s\" are on the same "
		       "device, and both have PVID %u"),
		     bridge->name, twin->name, member->name, pvid);
	finding_why(check, _("the bridge makes one network of two VLANs, which "
			     "may be a loop"));
	finding_fix(check, "brctl", "addvlan", bridge->link->name, name,
		    number_word(room, wrong->link->vlan), "pvid", "untagged",
		    NULL);
	finding_fix(check, "brctl", "delvlan", bridge->link->name, name,
		    number_word(room, pvid), NULL);
}

void rule_nic_twice(struct check *check, const struct bridge_view *bridge)
{
	struct member member, twin;

	for (size_t i = 1; is_filtering(bridge) && i < bridge->count; i++) {
		unsigned int pvid;

		if (!bridge->ports[i].link->vlan ||
		    !bridge->ports[i].link->parent)
			continue;
		member_at(check, bridge, i, &member);
		pvid = find_pvid(check, &member);
		if (pvid && find_twin(check, bridge, i, pvid, &twin))
			report_twins(check, bridge, &twin, &member, pvid);
	}
}
