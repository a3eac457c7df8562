/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* VLANs of ports: taken off messages, and put into them. Rows of ids travel
 * as their first and their last. */

#include "config.h"

#include "wire/port-vlan.h"

#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/vids.h"
#include "wire/kernel.h"

static int read_info(const struct nlattr *attr,
		     struct bridge_vlan_info *ret_info)
{
	if (attr_len(attr) != sizeof(*ret_info))
		return -EBADMSG;
	memcpy(ret_info, attr_data(attr), sizeof(*ret_info));
	return ret_info->vid > VID_MAX ? -EBADMSG : 0;
}

#define RANGE (BRIDGE_VLAN_INFO_RANGE_BEGIN | BRIDGE_VLAN_INFO_RANGE_END)

int port_vlan_take(struct attr_span *vlans, struct vbr_port_vlan *ret_vlan)
{
	const struct nlattr *attr = attr_take_of(vlans, IFLA_BRIDGE_VLAN_INFO);
	struct bridge_vlan_info first, last;

	if (!attr)
		return 0;
	if (read_info(attr, &first) < 0)
		return -EBADMSG;
	last = first;
	if (first.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN) {
		attr = attr_take_of(vlans, IFLA_BRIDGE_VLAN_INFO);
		if (!attr || read_info(attr, &last) < 0 ||
		    !(last.flags & BRIDGE_VLAN_INFO_RANGE_END) ||
		    last.vid < first.vid)
			return -EBADMSG;
	}
	*ret_vlan = (struct vbr_port_vlan){
		.first = first.vid,
		.last = last.vid,
		.flags = first.flags & (uint16_t)~RANGE,
		.scope = VBR_SCOPE_PORT_VLAN,
	};
	return 1;
}

struct tunnel_info {
	uint32_t id;
	uint16_t vid, flags;
};

/* 0: none is left. */
static int next_tunnel(struct attr_span *vlans, struct tunnel_info *ret_info)
{
	const struct nlattr *attr = attr_take_of(vlans,
						 IFLA_BRIDGE_VLAN_TUNNEL_INFO);
	struct tunnel_info info = { .vid = UINT16_MAX };
	struct attr_span span;

	if (!attr)
		return 0;
	span = attr_nested(attr);
	while ((attr = attr_take(&span))) {
		unsigned int type = attr_type(attr);
		size_t len = attr_len(attr);

		if (type == IFLA_BRIDGE_VLAN_TUNNEL_ID && len == 4)
			info.id = attr_u32(attr);
		else if (type == IFLA_BRIDGE_VLAN_TUNNEL_VID && len == 2)
			info.vid = attr_u16(attr);
		else if (type == IFLA_BRIDGE_VLAN_TUNNEL_FLAGS && len == 2)
			info.flags = attr_u16(attr);
	}
	*ret_info = info;
	return info.vid > VID_MAX ? -EBADMSG : 1;
}

int port_vlan_take_tunnel(struct attr_span *vlans,
			  struct port_vlan_tunnel *ret_tunnel)
{
	struct tunnel_info first, last;
	int rc = next_tunnel(vlans, &first);

	if (rc <= 0)
		return rc;
	last = first;
	if (first.flags & BRIDGE_VLAN_INFO_RANGE_BEGIN &&
	    (next_tunnel(vlans, &last) <= 0 || last.vid < first.vid))
		return -EBADMSG;
	*ret_tunnel = (struct port_vlan_tunnel){ first.vid, last.vid,
						 first.id };
	return 1;
}

/* The ids of an entry: those of a port's VLAN with flags, those of a bridge's
 * without. */
static int read_ids(struct attr_span entry, enum vbr_scope scope,
		    struct vbr_port_vlan *vlan)
{
	struct bridge_vlan_info info;
	const struct nlattr *attr;
	bool has_last = false;
	uint16_t last = 0;

	vlan->first = UINT16_MAX;
	while ((attr = attr_take(&entry))) {
		unsigned int type = attr_type(attr);

		if (scope == VBR_SCOPE_PORT_VLAN &&
		    type == BRIDGE_VLANDB_ENTRY_INFO) {
			if (read_info(attr, &info) < 0)
				return -EBADMSG;
			vlan->first = info.vid;
			vlan->flags = info.flags & (uint16_t)~RANGE;
			continue;
		}
		/* The numbers that both scopes have for it. */
		if (type != BRIDGE_VLANDB_ENTRY_RANGE &&
		    (scope == VBR_SCOPE_PORT_VLAN ||
		     type != VB_BRIDGE_VLANDB_GOPTS_ID))
			continue;
		if (attr_len(attr) != sizeof(uint16_t))
			return -EBADMSG;
		if (type == VB_BRIDGE_VLANDB_GOPTS_ID) {
			vlan->first = attr_u16(attr);
		} else {
			last = attr_u16(attr);
			has_last = true;
		}
	}
	vlan->last = has_last ? last : vlan->first;
	if (vlan->last > VID_MAX || vlan->last < vlan->first)
		return -EBADMSG;
	return 0;
}

_Static_assert((int)BRIDGE_VLANDB_ENTRY_RANGE ==
			       (int)VB_BRIDGE_VLANDB_GOPTS_RANGE &&
		       (int)BRIDGE_VLANDB_ENTRY_INFO ==
			       (int)VB_BRIDGE_VLANDB_GOPTS_ID,
	       "one number for both scopes");

int port_vlan_take_entry(struct attr_span *entries, enum vbr_scope scope,
			 struct vbr_port_vlan *ret_vlan)
{
	const unsigned int wanted = scope == VBR_SCOPE_PORT_VLAN
					    ? BRIDGE_VLANDB_ENTRY
					    : VB_BRIDGE_VLANDB_GLOBAL_OPTIONS;
	const struct nlattr *attr;

	while ((attr = attr_take(entries))) {
		struct vbr_port_vlan vlan = { .scope = (uint8_t)scope };

		/* Linux 5.7 to 5.14 pass over what they are asked for. */
		if (scope == VBR_SCOPE_BRIDGE_VLAN &&
		    attr_type(attr) == BRIDGE_VLANDB_ENTRY)
			return -EOPNOTSUPP;
		if (attr_type(attr) != wanted)
			continue;
		vlan.options = attr_nested(attr);
		if (read_ids(vlan.options, scope, &vlan) < 0)
			return -EBADMSG;
		*ret_vlan = vlan;
		return 1;
	}
	return 0;
}

int port_vlan_parse(const struct nlmsghdr *msg, int *ret_device,
		    struct attr_span *ret_entries)
{
	const struct br_vlan_msg *head;

	if (msg->nlmsg_type != RTM_NEWVLAN)
		return -ENOMSG;
	head = msg_header(msg, sizeof(*head));
	if (!head || (int)head->ifindex <= 0)
		return -EBADMSG;
	*ret_device = (int)head->ifindex;
	*ret_entries = msg_attrs(msg, sizeof(*head));
	return 0;
}

struct attr_span port_vlan_msts(struct attr_span vlans)
{
	const struct nlattr *attr = attr_take_of(&vlans, VB_IFLA_BRIDGE_MST);

	return attr ? attr_nested(attr) : (struct attr_span){ 0 };
}

int port_vlan_take_mst(struct attr_span *trees, struct vbr_mst *ret_mst)
{
	const struct nlattr *attr = attr_take_of(trees,
						 VB_IFLA_BRIDGE_MST_ENTRY);
	bool has_msti = false, has_state = false;
	struct vbr_mst mst = { 0 };
	struct attr_span span;

	if (!attr)
		return 0;
	span = attr_nested(attr);
	while ((attr = attr_take(&span))) {
		if (attr_type(attr) == VB_IFLA_BRIDGE_MST_ENTRY_MSTI &&
		    attr_len(attr) == sizeof(uint16_t)) {
			mst.msti = attr_u16(attr);
			has_msti = true;
		} else if (attr_type(attr) == VB_IFLA_BRIDGE_MST_ENTRY_STATE &&
			   attr_len(attr) == sizeof(uint8_t)) {
			mst.state = *(const uint8_t *)attr_data(attr);
			has_state = true;
		}
	}
	if (!has_msti || !has_state)
		return -EBADMSG;
	*ret_mst = mst;
	return 1;
}

/* --- reads ---------------------------------------------------------------- */

static void put_u32(struct nlmsghdr *msg, size_t size, unsigned int type,
		    uint32_t value)
{
	attr_put(msg, size, type, &value, sizeof(value));
}

void port_vlan_request(struct nlmsghdr *msg, size_t size,
		       enum port_vlan_read read, int device)
{
	static const uint32_t words[] = {
		[PORT_VLAN_PLAIN] = RTEXT_FILTER_BRVLAN_COMPRESSED |
				    RTEXT_FILTER_SKIP_STATS,
		[PORT_VLAN_OPTIONS] = 0,
		[PORT_VLAN_STATISTICS] = BRIDGE_VLANDB_DUMPF_STATS,
		[PORT_VLAN_GLOBAL] = VB_BRIDGE_VLANDB_DUMPF_GLOBAL,
		[PORT_VLAN_MSTS] = VB_RTEXT_FILTER_MST |
				   RTEXT_FILTER_SKIP_STATS,
	};
	struct br_vlan_msg *vlan;
	struct ifinfomsg *link;

	if (read == PORT_VLAN_PLAIN || read == PORT_VLAN_MSTS) {
		link = msg_start(msg, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP,
				 sizeof(*link));
		link->ifi_family = AF_BRIDGE;
		put_u32(msg, size, IFLA_EXT_MASK, words[read]);
		return;
	}
	vlan = msg_start(msg, RTM_GETVLAN, NLM_F_REQUEST | NLM_F_DUMP,
			 sizeof(*vlan));
	vlan->family = AF_BRIDGE;
	vlan->ifindex = (uint32_t)device;
	if (words[read])
		put_u32(msg, size, BRIDGE_VLANDB_DUMP_FLAGS, words[read]);
}

/* --- changes -------------------------------------------------------------- */

static bool put_info(struct nlmsghdr *msg, size_t size, unsigned int type,
		     unsigned int flags, int vid)
{
	const struct bridge_vlan_info info = {
		.flags = (uint16_t)flags,
		.vid = (uint16_t)vid,
	};

	return attr_put(msg, size, type, &info, sizeof(info));
}

/* Begins a change of a link's VLANs; NULL: no room. */
static struct nlattr *start_vlans(struct nlmsghdr *msg, size_t size,
				  uint16_t type,
				  const struct port_vlan_change *change)
{
	const uint16_t self = BRIDGE_FLAGS_SELF;
	struct ifinfomsg *link;
	struct nlattr *spec;

	link = msg_start(msg, type, NLM_F_REQUEST | NLM_F_ACK, sizeof(*link));
	link->ifi_family = AF_BRIDGE;
	link->ifi_index = change->device;
	spec = attr_nest(msg, size, IFLA_AF_SPEC);
	if (spec && change->is_bridge &&
	    !attr_put(msg, size, IFLA_BRIDGE_FLAGS, &self, sizeof(self)))
		return NULL;
	return spec;
}

bool port_vlan_put_vlans(struct nlmsghdr *msg, size_t size, uint16_t type,
			 const struct port_vlan_change *change)
{
	struct nlattr *spec = start_vlans(msg, size, type, change);
	unsigned int flags = change->flags;
	int first, last = -1;

	if (!spec)
		return false;
	while ((first = vids_next_run(change->vids, last, &last)) >= 0) {
		bool fits;

		if (first == last)
			fits = put_info(msg, size, IFLA_BRIDGE_VLAN_INFO, flags,
					first);
		else
			fits = put_info(msg, size, IFLA_BRIDGE_VLAN_INFO,
					flags | BRIDGE_VLAN_INFO_RANGE_BEGIN,
					first) &&
			       put_info(msg, size, IFLA_BRIDGE_VLAN_INFO,
					flags | BRIDGE_VLAN_INFO_RANGE_END,
					last);
		if (!fits)
			return false;
	}
	attr_nest_end(msg, spec);
	return true;
}

static bool put_tunnel(struct nlmsghdr *msg, size_t size, uint32_t id, int vid,
		       unsigned int range)
{
	const uint16_t vid16 = (uint16_t)vid, flags = (uint16_t)range;
	struct nlattr *info = attr_nest(msg, size,
					IFLA_BRIDGE_VLAN_TUNNEL_INFO);

	if (!info ||
	    !attr_put(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_ID, &id, sizeof(id)) ||
	    !attr_put(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_VID, &vid16,
		      sizeof(vid16)) ||
	    !attr_put(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_FLAGS, &flags,
		      sizeof(flags)))
		return false;
	attr_nest_end(msg, info);
	return true;
}

bool port_vlan_put_tunnels(struct nlmsghdr *msg, size_t size, uint16_t type,
			   const struct port_vlan_change *change,
			   uint32_t tunnel)
{
	struct nlattr *spec = start_vlans(msg, size, type, change);
	int first, last = -1;

	if (!spec)
		return false;
	while ((first = vids_next_run(change->vids, last, &last)) >= 0) {
		uint32_t count = (uint32_t)(last - first);
		bool is_row = count > 0;

		if (!put_tunnel(msg, size, tunnel, first,
				is_row ? BRIDGE_VLAN_INFO_RANGE_BEGIN : 0))
			return false;
		if (is_row && !put_tunnel(msg, size, tunnel + count, last,
					  BRIDGE_VLAN_INFO_RANGE_END))
			return false;
		tunnel += count + 1;
	}
	attr_nest_end(msg, spec);
	return true;
}

/* The ids that an entry's options are for. */
static bool put_ids(struct nlmsghdr *msg, size_t size, enum vbr_scope scope,
		    int first, int last)
{
	const uint16_t first16 = (uint16_t)first, last16 = (uint16_t)last;
	bool fits;

	if (scope == VBR_SCOPE_PORT_VLAN)
		fits = put_info(msg, size, BRIDGE_VLANDB_ENTRY_INFO,
				BRIDGE_VLAN_INFO_ONLY_OPTS, first);
	else
		fits = attr_put(msg, size, VB_BRIDGE_VLANDB_GOPTS_ID, &first16,
				sizeof(first16));
	return fits &&
	       (first == last || attr_put(msg, size, BRIDGE_VLANDB_ENTRY_RANGE,
					  &last16, sizeof(last16)));
}

static int put_entry(struct nlmsghdr *msg, size_t size, enum vbr_scope scope,
		     int first, int last, const struct option_value *values,
		     size_t count, size_t *ret_bad)
{
	struct nlattr *entry = attr_nest(
		msg, size,
		scope == VBR_SCOPE_PORT_VLAN ? BRIDGE_VLANDB_ENTRY
					     : VB_BRIDGE_VLANDB_GLOBAL_OPTIONS);

	if (!entry || !put_ids(msg, size, scope, first, last))
		return -EMSGSIZE;
	for (size_t i = 0; i < count; i++) {
		int rc = option_put(msg, size, entry, values[i].option,
				    values[i].value);

		*ret_bad = i;
		if (rc < 0)
			return rc;
	}
	attr_nest_end(msg, entry);
	return 0;
}

int port_vlan_put_options(struct nlmsghdr *msg, size_t size,
			  enum vbr_scope scope,
			  const struct port_vlan_change *change,
			  const struct option_value *values, size_t count,
			  size_t *ret_bad)
{
	struct br_vlan_msg *head;
	int first, last = -1;

	head = msg_start(msg, RTM_NEWVLAN, NLM_F_REQUEST | NLM_F_ACK,
			 sizeof(*head));
	head->family = AF_BRIDGE;
	head->ifindex = (uint32_t)change->device;
	while ((first = vids_next_run(change->vids, last, &last)) >= 0) {
		int rc = put_entry(msg, size, scope, first, last, values, count,
				   ret_bad);

		if (rc < 0)
			return rc;
	}
	return 0;
}
