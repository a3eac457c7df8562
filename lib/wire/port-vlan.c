/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 The vbridge authors */

/* Parses and builds attributes for VLANs of ports. A range is encoded as its
 * first and last id. */

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
	if (mnl_attr_get_payload_len(attr) != sizeof(*ret_info))
		return -EBADMSG;
	memcpy(ret_info, mnl_attr_get_payload(attr), sizeof(*ret_info));
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

/* 1: there is one, 0: none is left; -EBADMSG. */
static int next_tunnel(struct attr_span *vlans, struct tunnel_info *ret_info)
{
	const struct nlattr *tunnel =
		attr_take_of(vlans, IFLA_BRIDGE_VLAN_TUNNEL_INFO);
	struct tunnel_info info = { .vid = UINT16_MAX };
	const struct nlattr *attr;

	if (!tunnel)
		return 0;
	mnl_attr_for_each_nested(attr, tunnel) {
		unsigned int type = mnl_attr_get_type(attr);
		size_t len = mnl_attr_get_payload_len(attr);

		if (type == IFLA_BRIDGE_VLAN_TUNNEL_ID && len == 4)
			info.id = mnl_attr_get_u32(attr);
		else if (type == IFLA_BRIDGE_VLAN_TUNNEL_VID && len == 2)
			info.vid = mnl_attr_get_u16(attr);
		else if (type == IFLA_BRIDGE_VLAN_TUNNEL_FLAGS && len == 2)
			info.flags = mnl_attr_get_u16(attr);
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

/* The ids of an entry. Port VLANs have flags too, bridge VLANs do not. */
static int read_ids(struct attr_span entry, enum vbr_scope scope,
		    struct vbr_port_vlan *vlan)
{
	struct bridge_vlan_info info;
	const struct nlattr *attr;
	bool has_last = false;
	uint16_t last = 0;

	vlan->first = UINT16_MAX;
	while ((attr = attr_take(&entry))) {
		unsigned int type = mnl_attr_get_type(attr);

		if (scope == VBR_SCOPE_PORT_VLAN &&
		    type == BRIDGE_VLANDB_ENTRY_INFO) {
			if (read_info(attr, &info) < 0)
				return -EBADMSG;
			vlan->first = info.vid;
			vlan->flags = info.flags & (uint16_t)~RANGE;
			continue;
		}
		/* These two have the same number in both scopes. */
		if (type != BRIDGE_VLANDB_ENTRY_RANGE &&
		    (scope == VBR_SCOPE_PORT_VLAN ||
		     type != VB_BRIDGE_VLANDB_GOPTS_ID))
			continue;
		if (mnl_attr_get_payload_len(attr) != sizeof(uint16_t))
			return -EBADMSG;
		if (type == VB_BRIDGE_VLANDB_GOPTS_ID) {
			vlan->first = mnl_attr_get_u16(attr);
		} else {
			last = mnl_attr_get_u16(attr);
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

		/* Linux 5.7 to 5.14 ignore BRIDGE_VLANDB_DUMPF_GLOBAL. */
		if (scope == VBR_SCOPE_BRIDGE_VLAN &&
		    mnl_attr_get_type(attr) == BRIDGE_VLANDB_ENTRY)
			return -EOPNOTSUPP;
		if (mnl_attr_get_type(attr) != wanted)
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
	if (mnl_nlmsg_get_payload_len(msg) < sizeof(*head))
		return -EBADMSG;
	head = mnl_nlmsg_get_payload(msg);
	if ((int)head->ifindex <= 0)
		return -EBADMSG;
	*ret_device = (int)head->ifindex;
	*ret_entries = message_attrs(msg, sizeof(*head));
	return 0;
}

struct attr_span port_vlan_msts(struct attr_span vlans)
{
	const struct nlattr *attr = attr_take_of(&vlans, VB_IFLA_BRIDGE_MST);

	return attr ? attr_nested(attr) : (struct attr_span){ 0 };
}

int port_vlan_take_mst(struct attr_span *trees, struct vbr_mst *ret_mst)
{
	const struct nlattr *tree = attr_take_of(trees,
						 VB_IFLA_BRIDGE_MST_ENTRY);
	bool has_msti = false, has_state = false;
	struct vbr_mst mst = { 0 };
	const struct nlattr *attr;

	if (!tree)
		return 0;
	mnl_attr_for_each_nested(attr, tree) {
		if (mnl_attr_get_type(attr) == VB_IFLA_BRIDGE_MST_ENTRY_MSTI &&
		    mnl_attr_get_payload_len(attr) == sizeof(uint16_t)) {
			mst.msti = mnl_attr_get_u16(attr);
			has_msti = true;
		} else if (mnl_attr_get_type(attr) ==
				   VB_IFLA_BRIDGE_MST_ENTRY_STATE &&
			   mnl_attr_get_payload_len(attr) == sizeof(uint8_t)) {
			mst.state = mnl_attr_get_u8(attr);
			has_state = true;
		}
	}
	if (!has_msti || !has_state)
		return -EBADMSG;
	*ret_mst = mst;
	return 1;
}

/* --- reads ---------------------------------------------------------------- */

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
		link = message_begin(msg, RTM_GETLINK,
				     NLM_F_REQUEST | NLM_F_DUMP, sizeof(*link));
		link->ifi_family = AF_BRIDGE;
		mnl_attr_put_u32_check(msg, size, IFLA_EXT_MASK, words[read]);
		return;
	}
	vlan = message_begin(msg, RTM_GETVLAN, NLM_F_REQUEST | NLM_F_DUMP,
			     sizeof(*vlan));
	vlan->family = AF_BRIDGE;
	vlan->ifindex = (uint32_t)device;
	if (words[read])
		mnl_attr_put_u32_check(msg, size, BRIDGE_VLANDB_DUMP_FLAGS,
				       words[read]);
}

/* --- changes -------------------------------------------------------------- */

static bool put_info(struct nlmsghdr *msg, size_t size, uint16_t type,
		     unsigned int flags, int vid)
{
	const struct bridge_vlan_info info = {
		.flags = (uint16_t)flags,
		.vid = (uint16_t)vid,
	};

	return mnl_attr_put_check(msg, size, type, sizeof(info), &info);
}

/* Starts a change of a link's VLANs. NULL: no room. */
static struct nlattr *start_vlans(struct nlmsghdr *msg, size_t size,
				  uint16_t type,
				  const struct port_vlan_change *change)
{
	struct ifinfomsg *link;
	struct nlattr *spec;

	link = message_begin(msg, type, NLM_F_REQUEST | NLM_F_ACK,
			     sizeof(*link));
	link->ifi_family = AF_BRIDGE;
	link->ifi_index = change->device;
	spec = mnl_attr_nest_start_check(msg, size, IFLA_AF_SPEC);
	if (spec && change->is_bridge &&
	    !mnl_attr_put_u16_check(msg, size, IFLA_BRIDGE_FLAGS,
				    BRIDGE_FLAGS_SELF))
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
	mnl_attr_nest_end(msg, spec);
	return true;
}

static bool put_tunnel(struct nlmsghdr *msg, size_t size, uint32_t id, int vid,
		       unsigned int range)
{
	struct nlattr *info = mnl_attr_nest_start_check(
		msg, size, IFLA_BRIDGE_VLAN_TUNNEL_INFO);

	if (!info ||
	    !mnl_attr_put_u32_check(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_ID,
				    id) ||
	    !mnl_attr_put_u16_check(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_VID,
				    (uint16_t)vid) ||
	    !mnl_attr_put_u16_check(msg, size, IFLA_BRIDGE_VLAN_TUNNEL_FLAGS,
				    (uint16_t)range))
		return false;
	mnl_attr_nest_end(msg, info);
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
	mnl_attr_nest_end(msg, spec);
	return true;
}

/* The ids that the options of an entry are for. */
static bool put_ids(struct nlmsghdr *msg, size_t size, enum vbr_scope scope,
		    int first, int last)
{
	bool fits;

	if (scope == VBR_SCOPE_PORT_VLAN)
		fits = put_info(msg, size, BRIDGE_VLANDB_ENTRY_INFO,
				BRIDGE_VLAN_INFO_ONLY_OPTS, first);
	else
		fits = mnl_attr_put_u16_check(msg, size,
					      VB_BRIDGE_VLANDB_GOPTS_ID,
					      (uint16_t)first);
	return fits &&
	       (first == last ||
		mnl_attr_put_u16_check(msg, size, BRIDGE_VLANDB_ENTRY_RANGE,
				       (uint16_t)last));
}

static int put_entry(struct nlmsghdr *msg, size_t size, enum vbr_scope scope,
		     int first, int last, const struct option_value *values,
		     size_t count, size_t *ret_bad)
{
	struct nlattr *entry = mnl_attr_nest_start_check(
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
	mnl_attr_nest_end(msg, entry);
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

	head = message_begin(msg, RTM_NEWVLAN, NLM_F_REQUEST | NLM_F_ACK,
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
